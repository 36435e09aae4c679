import type { Clock } from '../../lib/clock.ts'
import type { ModelRule } from '../model/model-script.ts'
import type { RememberedTalk } from '../model/remembered-talk.ts'
import type { Reply, ScriptedModel } from '../model/scripted-model.ts'
import type { SoundFormat } from '../openai/audio-format.ts'
import type { Pace } from '../openai/response-run.ts'
import type { Faults } from '../service/faults.ts'
import type { Speech } from '../speech/speech.ts'
import { AnswerRun } from './answer-run.ts'
import { Playback } from './playback.ts'
import { ConversationError, errorTypeOf, type ServerEvent } from './protocol.ts'
import { SpokenAnswer } from './spoken-answer.ts'
import type { ToolCalls } from './tool-calls.ts'

export interface AnsweringOptions {
  readonly clock: Clock
  readonly talk: RememberedTalk
  readonly scripted: ScriptedModel
  readonly speech: Speech
  readonly faults: Faults
  readonly tools: ToolCalls
  readonly toolNames: readonly string[]
  readonly format: SoundFormat
  /** From the end of a turn to the first output, where the rule does not say. */
  readonly thinkMs: number
  readonly pace: Pace
  readonly nextEventId: () => number
  readonly send: (event: ServerEvent, audioMs?: number) => void
  readonly onFailed: (error: unknown) => void
}

/** The agent's side of a conversation: one answer at a time, and what of the answers before is still playing. */
export class Answering implements Disposable {
  readonly #options: AnsweringOptions
  readonly #playback: Playback
  #instructions = ''
  #run: AnswerRun | undefined
  /** Answers of which the client may still have something to play. */
  #spoken: SpokenAnswer[] = []
  #answers = 0
  #directions: string[] = []

  constructor(options: AnsweringOptions) {
    this.#options = options
    this.#playback = new Playback(options.clock)
  }

  /** Thinking, speaking, waiting for a tool, or still to be heard. */
  get busy(): boolean {
    return this.#run !== undefined || this.#options.tools.waiting || this.#playback.playing
  }

  /** Begins with a first message, or in silence when it is empty. */
  begin(instructions: string, firstMessage: string): void {
    this.#instructions = instructions
    if (firstMessage !== '') this.#start({ say: firstMessage, calls: [], rule: FIRST_MESSAGE }, undefined)
  }

  /** Asks something of the next answer, and of no other. */
  direct(direction: string): void {
    this.#directions.push(direction)
  }

  /** Answers what was heard and told so far; while a tool is waited for, its result leads on. */
  answer(): void {
    const { faults, scripted, talk, tools } = this.#options
    if (tools.waiting) return
    this.#stopRun()
    this.#answers += 1
    const due = this.#answers
    const instructions = [this.#instructions, ...this.#directions].join('\n')
    this.#directions = []
    const reply = scripted.answer(talk.situation({ instructions, toolNames: this.#toolsIn(instructions) }))
    const fault = faults.all('failed response').find(({ response = due }) => response === due)
    this.#start(reply, reply.rule.fail?.code ?? fault?.code)
  }

  /** The caller speaks: what is thought is dropped, and what is playing is cut where the client must be by now. */
  interrupt(): void {
    const { clock, faults, nextEventId, send } = this.#options
    const speaking = this.#run?.answer
    this.#stopRun()
    if (!speaking && !this.#playback.playing) return
    // Numbered before the interruption, as chunks are that were on their way already.
    const late = speaking ? chunks(speaking, faults.find('late deltas')?.count ?? 0) : []
    const atMs = clock.monotonicMs()
    send({ type: 'interruption', interruption_event: { event_id: nextEventId() } })
    for (const answer of this.#spoken) this.#correct(answer, atMs)
    this.#spoken = []
    this.#playback.stop()
    for (const { event } of late) send(event)
  }

  [Symbol.dispose](): void {
    this.#stopRun()
  }

  /** A real model keeps to a prompt that says which of the page's tools are for this call. */
  #toolsIn(instructions: string): readonly string[] {
    const section = /^#+ Tools of this call\n(?<text>[^#]*)/im.exec(instructions)?.groups?.text
    return this.#options.toolNames.filter((name) => section === undefined || section.includes(name))
  }

  #correct(answer: SpokenAnswer, atMs: number): void {
    const heard = answer.heardBy(atMs)
    if (heard === answer.text) return
    answer.entry.words = heard
    this.#options.send({
      type: 'agent_response_correction',
      agent_response_correction_event: {
        original_agent_response: answer.text,
        corrected_agent_response: heard,
        event_id: answer.eventId,
      },
    })
  }

  #start(reply: Reply, failure: string | undefined): void {
    const { clock, faults, onFailed, pace, send, speech, thinkMs } = this.#options
    const { say, rule } = reply
    const task = {
      audio: say === undefined ? undefined : speech.speak(say, 'agent'),
      thinkMs: (rule.thinkMs ?? thinkMs) + (faults.find('slow first audio')?.ms ?? 0),
      everyMs: pace.deltaMs / pace.speedUp,
      stallMs: rule.stallMs,
      cutShort: rule.cutShort ?? false,
    }
    this.#run = new AnswerRun(task, {
      clock,
      onThought: () => failure === undefined || this.#fail(failure),
      onSpeech: (audio) => this.#speak(say ?? '', audio),
      onChunk: (answer) => {
        const chunk = answer.next()
        if (chunk) send(chunk.event, chunk.audioMs)
        return chunk !== undefined
      },
      onEnd: () => this.#onEnd(reply),
      onFailed,
    })
  }

  #speak(text: string, audio: Buffer): SpokenAnswer {
    const { format, nextEventId, pace, send, talk } = this.#options
    const entry = talk.remember({ by: 'agent', words: text })
    const [eventId, playback] = [nextEventId(), this.#playback]
    const answer = new SpokenAnswer({ eventId, entry, audio, format, chunkMs: pace.deltaMs, playback, nextEventId })
    this.#spoken = [...(playback.playing ? this.#spoken : []), answer]
    send({ type: 'agent_response', agent_response_event: { agent_response: text, event_id: eventId } })
    return answer
  }

  #onEnd({ calls }: Reply): void {
    const { faults, tools } = this.#options
    this.#run = undefined
    const duplicate = faults.find('duplicate call')?.as
    for (const { name, arguments: argumentsJson } of calls) {
      const id = tools.ask(name, argumentsJson)
      if (duplicate) tools.ask(name, argumentsJson, duplicate === 'same id' ? id : undefined)
    }
  }

  #fail(code: string): false {
    const message = `The emulated service was told to fail with ${code}.`
    this.#options.onFailed(new ConversationError(errorTypeOf(code), message))
    return false
  }

  #stopRun(): void {
    this.#run?.[Symbol.dispose]()
    this.#run = undefined
  }
}

const FIRST_MESSAGE: ModelRule = { when: {} }

function chunks(answer: SpokenAnswer, count: number) {
  return Array.from({ length: count }, () => answer.next()).filter((chunk) => chunk !== undefined)
}
