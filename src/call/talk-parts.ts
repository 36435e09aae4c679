import type { Log } from '../lib/log.ts'
import type { Finding } from '../pipeline/stage.ts'
import type { Action } from '../tools/tool.ts'
import { AgentSpeech } from './agent-speech.ts'
import { Answering } from './answering.ts'
import { briefingOf } from './briefing.ts'
import type { CallServices } from './call-services.ts'
import type { NewCall } from './call-store.ts'
import { EngineLink, type TalkEvent } from './engine-link.ts'
import { type CallerTurn, Floor } from './floor.ts'
import type { CallLedger } from './ledger.ts'
import type { LoopKind } from './loop-breaker.ts'
import { PersonWatch } from './person-watch.ts'
import type { PhraseKey } from './phrases.ts'
import { StageRunner } from './stage-runner.ts'
import { ToolRunner } from './tool-runner.ts'
import { ToolTurn } from './tool-turn.ts'
import { WaitBridge } from './wait-bridge.ts'

export interface ConversationOptions {
  readonly services: CallServices
  readonly call: NewCall
  readonly ledger: CallLedger
  readonly log: Log
  /** Aborts when the call ends. */
  readonly signal: AbortSignal
  /** Actions are performed by the session, which owns the line. */
  readonly act: (action: Action) => void
  readonly onFinding: (finding: Finding) => void
  readonly onCallerTurn: (turn: CallerTurn) => void
  /** What is on the line is no person: the call has to end. */
  readonly onNobodyThere: () => void
}

/** What a conversation is made of. Whoever has it disposes the link and waits for the tools to settle. */
export interface TalkParts {
  readonly link: EngineLink
  readonly speech: AgentSpeech
  readonly answering: Answering
  readonly floor: Floor
  readonly tools: ToolRunner
  readonly toolTurn: ToolTurn
  readonly stages: StageRunner
  readonly bridge: WaitBridge
  readonly person: PersonWatch
}

/** What the parts of a conversation ask of it. */
export interface TalkRequests {
  readonly onEngine: (event: TalkEvent) => void
  /** The model has lost the thread. */
  readonly onLoop: (kind: LoopKind) => void
  readonly say: (key: PhraseKey) => void
  /** Whether the model is to say nothing more. */
  readonly isOver: () => boolean
  /** The call ends as soon as what is being said was heard. */
  readonly isEnding: () => boolean
}

/** Builds the parts of one conversation and makes them known to each other. */
export function createTalkParts(
  { services, call, ledger, log, signal, act, onCallerTurn }: ConversationOptions,
  { onEngine, onLoop, say, isOver, isEnding }: TalkRequests,
): TalkParts {
  const { clock, settings } = services
  const note = ledger.append.bind(ledger)
  const speech = new AgentSpeech(note)
  const stages = new StageRunner(services.stages, note, log)
  const context = () => ({ callId: call.callId, callerNumber: call.from, language: settings.language })
  const flush = () => ledger.flush()
  const tools = new ToolRunner({ tools: services.tools, context, clock, log, signal, note, flush })
  const link = new EngineLink({
    engines: () => services.engines.choose(call),
    clock,
    signal,
    note,
    unheardMs: () => speech.unheardMs,
    brief: () => briefingOf(services, { call, entries: ledger.entries, underway: speech.underway() }),
    onEvent: onEngine,
    onGivenUp: (error) => act({ type: 'hand over', reason: `engine ${error.failure}: ${error.code}` }),
  })
  const mayAnswer = () => !isOver() && speech.hasLine && !floor.callerHasIt
  const answering = new Answering({ link, speech, mayAnswer, isEnding, onLoop, note })
  const toolTurn = new ToolTurn({ runner: tools, link, answering, signal, act, onLoop })
  const floor = new Floor({
    turnTaking: settings.turnTaking,
    speech,
    answering,
    link,
    note,
    onCallerTurn,
    onReleased: onEngine,
  })
  const giveUp = () => act({ type: 'hand over', reason: 'the engine gave no answer in time' })
  const bridge = new WaitBridge({
    answers: settings.answers,
    link,
    speech,
    answering,
    floor,
    tools,
    note,
    say,
    giveUp,
  })
  return { link, speech, answering, floor, tools, toolTurn, stages, bridge, person: new PersonWatch(settings) }
}
