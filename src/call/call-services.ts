import type { Usage, WatchedEngine } from '../engines/engine.ts'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import type { LoopShare } from '../lib/loop-share.ts'
import type { SpeechRule } from '../pipeline/speech-rule.ts'
import type { StageFactory } from '../pipeline/stage.ts'
import type { Rescue } from '../telephony/line.ts'
import type { Tool } from '../tools/tool.ts'
import type { AnswerWatchOptions } from './answer-watch.ts'
import type { OpenRecorder } from './call-recording.ts'
import type { CallStore, NewCall } from './call-store.ts'
import type { CallerPicture } from './caller-picture.ts'
import type { CallFact, EndReason, LedgerEntry } from './facts.ts'
import type { PrivateWords } from './hidden-facts.ts'
import type { ContactDesk } from './no-contact.ts'
import type { GreetingListener } from './outbound/pickup.ts'
import type { OutboundDesk } from './outbound/placed-call.ts'
import type { PhraseBook } from './phrases.ts'
import type { SilenceLadderOptions } from './silence-ladder.ts'
import type { OfficerLines } from './transfer/officer-lines.ts'
import type { TurnTakingOptions } from './turn-taking.ts'

/** Which engines there are for a call; `engines/engine-pool.ts` provides it. */
export interface EngineChoice {
  /**
   * The engines a call may use now: its own first, then those that may take over, in order. Those that are not in order
   * are left out; when none is left, the call is served without us. The same order for one call each time.
   */
  choose(call: Pick<NewCall, 'callId' | 'from' | 'to'>): readonly WatchedEngine[]
}

/** What every call of this process shares: built once in `app.ts` and passed in. */
export interface CallServices {
  readonly engines: EngineChoice
  readonly tools: readonly Tool[]
  readonly stages: readonly StageFactory[]
  /** What the stages of all calls together may take of a turn of the event loop. */
  readonly listeningShare: LoopShare
  /** What the agent may not say. */
  readonly speechRule: () => SpeechRule
  /** Whether words are a recording's: a mailbox, a queue, a robocall. A caller may say such a sentence, too. */
  readonly soundsRecorded: (words: string) => boolean
  /** Who picks up a call of ours: for one call each. */
  readonly greetingListener: () => GreetingListener
  /** Undefined: we place no calls. */
  readonly outbound: OutboundDesk | undefined
  readonly contacts: ContactDesk
  /** For one call each. */
  readonly privateWords: () => PrivateWords
  readonly phrases: PhraseBook
  /** Whom callers can be connected with; undefined: there are no officers. */
  readonly officerLines: OfficerLines | undefined
  readonly store: CallStore
  readonly clock: Clock
  readonly log: Log
  /** Undefined when calls are not recorded at all. */
  readonly openRecorder: OpenRecorder | undefined
  /** How the agent is to behave, made for this moment (office hours, date) and caller. */
  readonly instructions: (picture: CallerPicture) => string
  /** Who takes a call that leaves our voice now: a person in office hours, a recorded message otherwise. */
  readonly rescue: () => Rescue
  /** Telephones of the company that callers are sent to when they ask: E.164 by the id the model is given (S8). */
  readonly extensions: ReadonlyMap<string, string>
  readonly price: (usages: readonly Usage[], talkedMs: number) => { readonly usd: number; readonly version: string }
  /** Sees every fact of every call as it is added: metrics. */
  readonly onFact: (fact: CallFact) => void
  /** Sees how long each stage took with each utterance, in ms: metrics. */
  readonly onStage: (stage: string, tookMs: number) => void
  /** Sees every call whose record this process has saved, with its whole ledger: metrics. */
  readonly onEnded: (reason: EndReason, entries: readonly LedgerEntry[]) => void
  readonly settings: CallSettings
}

/** All times in ms. */
export interface CallSettings {
  readonly agent: string
  /** BCP 47 tag of the language a call begins in, and of all the caller may speak. */
  readonly language: string
  readonly languages: readonly string[]
  readonly turnTaking: TurnTakingOptions
  readonly silence: SilenceLadderOptions
  readonly answers: AnswerWatchOptions
  /** Sound on the caller's side without a word of theirs: after so long they are asked whether they are there. */
  readonly nobodySpeaksMs: number
  /** Hard end of a call, and when the caller is told that it nears (RELIABILITY F22). */
  readonly maxLengthMs: number
  readonly warnAtMs: number
  /** An engine session is replaced at the next turn boundary when it gets this old (F5). */
  readonly rotateEngineAfterMs: number
  /** How long a call is kept when its line dropped and the carrier has not come back (F6). */
  readonly keepLostLineMs: number
}
