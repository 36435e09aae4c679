import type { Log } from '../lib/log.ts'
import type { Finding, Said } from '../pipeline/stage.ts'
import type { Action } from '../tools/tool.ts'
import { AgentSpeech, type Cut } from './agent-speech.ts'
import { Answering } from './answering.ts'
import { briefingOf } from './briefing.ts'
import type { CallServices } from './call-services.ts'
import type { NewCall } from './call-store.ts'
import { speakTheir } from './caller-briefing.ts'
import { findingsOf, type KnownCaller } from './caller-picture.ts'
import { CallerSound } from './caller-sound.ts'
import { EngineLink, type TalkEvent } from './engine-link.ts'
import type { NobodyBecause } from './facts.ts'
import { type CallerTurn, Floor } from './floor.ts'
import { Hearing } from './hearing.ts'
import type { AgentEvent } from './held-speech.ts'
import type { CallLedger } from './ledger.ts'
import { Listening } from './listening.ts'
import type { LoopKind } from './loop-breaker.ts'
import { Pickup } from './outbound/pickup.ts'
import { PersonWatch } from './person-watch.ts'
import type { PhraseKey } from './phrases.ts'
import { Speaking } from './speaking.ts'
import { SpeechGuard } from './speech-guard.ts'
import { StageRunner } from './stage-runner.ts'
import { TalkEvents } from './talk-events.ts'
import { toolContextOf } from './tool-context.ts'
import { ToolRunner } from './tool-runner.ts'
import { ToolTurn } from './tool-turn.ts'
import { wasGreeted } from './transcript.ts'
import { WaitBridge } from './wait-bridge.ts'

export interface ConversationOptions {
  readonly services: CallServices
  readonly call: NewCall
  readonly ledger: CallLedger
  /** Grows as the call goes; whoever acts on findings teaches it. */
  readonly caller: KnownCaller
  readonly log: Log
  /** Aborts when the call ends. */
  readonly signal: AbortSignal
  /** Actions are performed by the session, which owns the line. */
  readonly act: (action: Action) => void
  /** All that was found in one utterance, which may be nothing. */
  readonly onFindings: (findings: readonly Finding[], said: Said) => void
  readonly onCallerTurn: (turn: CallerTurn) => void
  /** What is on the line is no person: the call has to end. */
  readonly onNobodyThere: (because: NobodyBecause) => void
  /** Words of theirs, as they are understood. */
  readonly onWords: (text: string) => void
  /** A machine picked up a call of ours, and nothing is left to do there; `left`: our message is on it. */
  readonly onMachineDone: (left: boolean) => void
}

/** What a conversation is made of. Whoever has it disposes the link and waits for the tools to settle. */
export interface TalkParts {
  readonly link: EngineLink
  readonly speech: AgentSpeech
  readonly answering: Answering
  readonly floor: Floor
  readonly tools: ToolRunner
  readonly speaking: Speaking
  readonly bridge: WaitBridge
  readonly hearing: Hearing
  readonly stages: StageRunner
  /** Of a call we placed, until its first words were heard. */
  readonly pickup: Pickup | undefined
}

/** What the parts of a conversation ask of it. */
export interface TalkRequests {
  /** The model has lost the thread. */
  readonly onLoop: (kind: LoopKind) => void
  readonly say: (key: PhraseKey, options?: { interruptible?: boolean }) => void
  /** Silences us and calls off what the engine is saying. */
  readonly hush: () => readonly Cut[]
  /** Whether the model is to say nothing more. */
  readonly isOver: () => boolean
  /** The call ends as soon as what is being said was heard. */
  readonly isEnding: () => boolean
}

/** Builds the parts of one conversation and makes them known to each other. */
export function createTalkParts(options: ConversationOptions, requests: TalkRequests): TalkParts {
  const { services, call, ledger, caller, signal, act, onCallerTurn, onNobodyThere, onWords } = options
  const { onLoop, say, hush, isOver, isEnding } = requests
  const { clock, settings } = services
  const note = ledger.append.bind(ledger)
  const speech = new AgentSpeech(note, (text, ms) => listening.agent(text, ms))
  const sound = new CallerSound()
  const stages = createStages(options)
  const listening = new Listening({ stages, speech, sound, nowMs: () => ledger.nowMs })
  const tools = createTools(options)
  const link = createLink(options, speech, (event) => events.on(event))
  const person = new PersonWatch({ ...settings, soundsRecorded: services.soundsRecorded, before: ledger.entries })
  const isFresh = call.outbound !== undefined && !wasGreeted(ledger.entries)
  const pickup = isFresh ? new Pickup(services.greetingListener()) : undefined
  /** What listens is no person, as far as we know. */
  const isUnanswered = () => person.suspectsRobocall || pickup?.withholds === true
  const mayAnswer = () => !isOver() && speech.hasLine && !floor.callerHasIt && !isUnanswered()
  const speakTheirs = () => speakTheir(caller.picture.language)
  const answering = new Answering({ link, speech, mayAnswer, isEnding, onLoop, note, speakTheirs })
  const toolTurn = new ToolTurn({ runner: tools, link, answering, signal, act, onLoop })
  const onReleased = (event: AgentEvent) => speaking.onAgent(event)
  const { turnTaking, answers } = settings
  const floor = new Floor({ turnTaking, speech, answering, link, note, onCallerTurn, onReleased })
  const giveUp = () => act({ type: 'hand over', reason: 'the engine gave no answer in time' })
  const bridge = new WaitBridge({ answers, link, speech, answering, floor, tools, note, say, giveUp })
  const guard = new SpeechGuard(services.speechRule)
  const isUnheard = () => isOver() || isUnanswered()
  const speaking = new Speaking({ speech, guard, answering, bridge, floor, note, hush, say, isUnheard })
  const hearing = new Hearing({ floor, listening, person, sound, pickup, note, say, onNobodyThere, onWords })
  const nowMs = () => clock.monotonicMs()
  const events = new TalkEvents({
    speaking,
    hearing,
    answering,
    floor,
    bridge,
    tools,
    toolTurn,
    catchUp: () => stages.catchUp(),
    note,
    nowMs,
    isOver,
  })
  return { link, speech, answering, floor, tools, hearing, stages, speaking, bridge, pickup }
}

function createStages({ services, call, ledger, log, onFindings }: ConversationOptions): StageRunner {
  return new StageRunner(services.stages, {
    before: findingsOf(ledger.entries),
    suspicion: call.screening?.suspicion ?? 0,
    share: services.listeningShare,
    onHeard: onFindings,
    note: ledger.append.bind(ledger),
    log,
    watch: services,
  })
}

function createTools({ services, call, ledger, caller, log, signal }: ConversationOptions): ToolRunner {
  const { tools, clock } = services
  const context = () => toolContextOf(call, ledger.entries, caller.picture.language)
  const note = ledger.append.bind(ledger)
  return new ToolRunner({ tools, context, clock, log, signal, note, flush: () => ledger.flush() })
}

function createLink(
  { services, call, ledger, caller, signal, act }: ConversationOptions,
  speech: AgentSpeech,
  onEvent: (event: TalkEvent) => void,
): EngineLink {
  return new EngineLink({
    engines: () => services.engines.choose(call),
    clock: services.clock,
    signal,
    note: ledger.append.bind(ledger),
    unheardMs: () => speech.unheardMs,
    brief: () => briefingOf(services, { call, caller, entries: ledger.entries, underway: speech.underway() }),
    onEvent,
    onGivenUp: (error) => act({ type: 'hand over', reason: `engine ${error.failure}: ${error.code}` }),
  })
}
