import type { Answering } from './answering.ts'
import type { TalkEvent } from './engine-link.ts'
import type { CallFact } from './facts.ts'
import type { CallerEvent, Floor } from './floor.ts'
import type { Hearing } from './hearing.ts'
import type { Speaking } from './speaking.ts'
import type { ToolRunner } from './tool-runner.ts'
import type { ToolTurn } from './tool-turn.ts'
import type { WaitBridge } from './wait-bridge.ts'

export interface TalkEventsOptions {
  readonly speaking: Speaking
  readonly hearing: Hearing
  readonly answering: Answering
  readonly floor: Floor
  readonly bridge: WaitBridge
  readonly tools: ToolRunner
  readonly toolTurn: ToolTurn
  /** Has the stages hear all that was said so far. */
  readonly catchUp: () => void
  readonly note: (fact: CallFact) => void
  /** Monotonic. */
  readonly nowMs: () => number
  /** Whether the model is to say nothing more. */
  readonly isOver: () => boolean
}

/** What the engine tells of the talk, and whom of the talk's parts it concerns. */
export class TalkEvents {
  readonly #options: TalkEventsOptions

  constructor(options: TalkEventsOptions) {
    this.#options = options
  }

  /** Hot path, for the sound of the agent. */
  on(event: TalkEvent): void {
    switch (event.type) {
      case 'agent.audio':
      case 'agent.words':
      case 'agent.timing':
      case 'agent.utterance-complete':
        this.#options.speaking.onAgent(event)
        break
      case 'caller.started-speaking':
      case 'caller.stopped-speaking':
      case 'caller.words':
        this.#onCaller(event)
        break
      case 'answer.started':
      case 'answer.worded':
      case 'answer.ended':
        this.#onAnswer(event)
        break
      case 'tool.requested':
        this.#onToolRequested(event)
        break
      case 'engine.lost':
        this.#onEngineLost()
        break
      default:
        event satisfies never
    }
  }

  #onCaller(event: CallerEvent): void {
    const { tools, speaking, hearing, nowMs } = this.#options
    if (event.type === 'caller.stopped-speaking') {
      tools.newTurn()
      speaking.callerHadTurn()
    }
    hearing.onCaller(event, nowMs())
  }

  #onAnswer(event: Extract<TalkEvent, { type: `answer.${string}` }>): void {
    const { answering, floor, bridge, note, nowMs } = this.#options
    switch (event.type) {
      case 'answer.started':
        note(event)
        answering.started(event.answerId)
        floor.answerStarted()
        break
      case 'answer.worded':
        answering.worded()
        bridge.worded(nowMs())
        break
      case 'answer.ended':
        note(event)
        answering.ended(event.answerId, event.outcome)
        break
      default:
        event satisfies never
    }
  }

  #onToolRequested(request: Extract<TalkEvent, { type: 'tool.requested' }>): void {
    const { answering, bridge, toolTurn, catchUp, isOver } = this.#options
    // A tool goes by what is known of the caller.
    catchUp()
    // Nobody waits for it any more; and a model that goes on with every result would call the next.
    if (isOver()) return
    answering.worded()
    bridge.toolAsked()
    // Never rejects.
    void toolTurn.take(request)
  }

  #onEngineLost(): void {
    const { hearing, floor, answering, catchUp } = this.#options
    // The next session is briefed by what is known of the caller, and told of it only once.
    catchUp()
    const { callerHasFloor } = hearing
    // The end of what they are saying, and its words, would have come from the session that is gone.
    floor.reset()
    answering.lost(callerHasFloor)
  }
}
