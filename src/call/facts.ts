import type { AnswerOutcome, EngineFailure, Usage } from '../engines/engine.ts'
import type { Finding } from '../pipeline/stage.ts'
import type { PlacedCall } from './outbound/placed-call.ts'
import type { ScreeningEvidence, ScreeningVerdict } from './screener.ts'
import type { LegOutcome, TransferOutcome } from './transfer/officer-lines.ts'

/**
 * What happened in a call, as it happened. The ledger of these facts *is* the call: transcript, model context after
 * a reconnect, recording alignment, latency, cost and crash recovery are all read from it.
 *
 * Facts are only ever added. Readers skip types they do not know, so an older process can read a newer call.
 */
export type CallFact =
  | {
      readonly type: 'call.rang'
      /** E.164, or undefined when withheld. */
      readonly from: string | undefined
      readonly to: string
      readonly agent: string
      readonly engine: string
      readonly model: string
      readonly language: string
    }
  /** We called them. */
  | { readonly type: 'call.placed'; readonly placed: PlacedCall }
  /** What picked up a call of ours is an answering machine. */
  | { readonly type: 'machine.noticed' }
  /** What was thought of the ring before it was answered, and why. */
  | {
      readonly type: 'call.screened'
      readonly verdict: ScreeningVerdict
      readonly suspicion: number
      readonly evidence: readonly ScreeningEvidence[]
    }
  /** The caller was asked to show that they are a person, and what they did last. */
  | { readonly type: 'call.challenged'; readonly passed: boolean; readonly by: 'key' | 'speech' | 'nothing' }
  /** The call was kept from the voice engine: what a call that is served costs on average, in US dollars. */
  | { readonly type: 'cost.avoided'; readonly usd: number }
  | { readonly type: 'line.opened'; readonly streamId: string }
  | { readonly type: 'line.quiet'; readonly quietMs: number }
  | { readonly type: 'line.ended'; readonly cause: 'hung up' | 'dropped' }
  | {
      readonly type: 'engine.opened'
      readonly because: EngineOpening
      readonly tookMs: number
      readonly attempts: number
      /** Its engine and model, and whether that is the one that served the call before; calls of old do not say. */
      readonly engine?: string
      readonly model?: string
      readonly rung?: EngineRung
    }
  | { readonly type: 'engine.lost'; readonly failure: EngineFailure; readonly code: string; readonly engine?: string }
  /**
   * What became of a call whose engine was lost or could not be had. `gapMs`: what the caller waited, from the loss or
   * the end of what was still to be heard, until an answer was heard again or the hand-over was announced.
   */
  | {
      readonly type: 'rescue.ended'
      readonly rung: RescueRung
      readonly gapMs: number
      readonly attempts: number
      readonly lostEngine: string
      readonly engine?: string
    }
  | { readonly type: 'engine.complained'; readonly code: string; readonly engine?: string }
  | { readonly type: 'limit.reported'; readonly name: string; readonly remaining: number; readonly resetMs: number }
  | { readonly type: 'caller.started-speaking' }
  /** Speech ended `endpointingMs` before this was noticed: the silence the engine waits for. */
  | { readonly type: 'caller.stopped-speaking'; readonly turnId: string; readonly endpointingMs: number }
  | { readonly type: 'caller.said'; readonly turnId: string; readonly text: string }
  | { readonly type: 'caller.pressed'; readonly digit: string }
  | { readonly type: 'answer.started'; readonly answerId: string }
  /** The first words of an answer, or its first request of a tool, came from the engine. */
  | { readonly type: 'answer.worded'; readonly answerId: string }
  | {
      readonly type: 'answer.ended'
      readonly answerId: string
      readonly outcome: AnswerOutcome
      readonly detail?: string
    }
  /** The first audio of an utterance went to the line. A phrase is fixed wording of ours, with all its text. */
  | {
      readonly type: 'agent.speaking'
      readonly utteranceId: string
      /** Audio still to be heard before it. */
      readonly queuedMs: number
      readonly phrase?: string
      readonly text?: string
    }
  /** The words of an utterance that are known so far, heard or not. */
  | { readonly type: 'agent.words'; readonly utteranceId: string; readonly text: string }
  /** How far the caller has heard an utterance, about once a second: what a crash leaves behind. */
  | { readonly type: 'agent.heard'; readonly utteranceId: string; readonly heardMs: number }
  /** An utterance is over: what was heard of it, by marks. */
  | {
      readonly type: 'agent.spoke'
      readonly utteranceId: string
      readonly text: string
      readonly heardText: string
      readonly givenMs: number
      readonly heardMs: number
      readonly interrupted: boolean
    }
  | { readonly type: 'barge-in'; readonly utteranceIds: readonly string[] }
  /** No words followed a barge-in: the sentence went on under a new id, where any of its audio was left. */
  | { readonly type: 'barge-in.false-alarm'; readonly utteranceId: string; readonly continuedAs?: string }
  /** What was recognised of the caller was our own voice, come back over their line. */
  | { readonly type: 'echo.ignored'; readonly turnId: string }
  /** The engine was about to say what it may not; it was stopped, and a fixed phrase said in its place. */
  | { readonly type: 'speech.barred'; readonly utteranceId: string; readonly rule: string }
  /** What is heard is no person who talks to us: a question is put, and the call ends when nobody answers it. */
  | { readonly type: 'nobody-there.suspected'; readonly because: NobodyBecause }
  | {
      readonly type: 'tool.requested'
      readonly requestId: string
      readonly name: string
      readonly argumentsJson: string
    }
  | {
      readonly type: 'tool.ended'
      readonly requestId: string
      readonly name: string
      readonly outcome: ToolEnd
      readonly reply: Record<string, unknown>
      readonly tookMs: number
    }
  | { readonly type: 'finding.made'; readonly stage: string; readonly finding: Finding }
  | { readonly type: 'usage.counted'; readonly usage: Usage }
  | { readonly type: 'silence.broken'; readonly step: 'first prompt' | 'second prompt' | 'goodbye' }
  /** Nothing was audible for this long while it was our turn (RELIABILITY I5). */
  | { readonly type: 'dead-air'; readonly gapMs: number; readonly because: string }
  | { readonly type: 'loop.broken'; readonly kind: 'tool calls' | 'empty answers' | 'same sentence' }
  | { readonly type: 'length.warned' }
  | { readonly type: 'recording.started'; readonly file: string; readonly offsetMs: number }
  | { readonly type: 'recording.deleted'; readonly because: string }
  | { readonly type: 'recording.failed'; readonly because: string }
  /** A stretch of the recording is silent in both channels, since a card number was said in it; ms since the ring. */
  | { readonly type: 'recording.muted'; readonly fromMs: number; readonly untilMs: number }
  /** The caller is to be brought to an officer; the best first, with why each of them. */
  | {
      readonly type: 'transfer.started'
      readonly transferId: string
      readonly because: string
      readonly officers: readonly { readonly officerId: string; readonly because: readonly string[] }[]
    }
  | {
      readonly type: 'transfer.rang'
      readonly transferId: string
      readonly legId: string
      readonly officerId: string
    }
  | {
      readonly type: 'transfer.leg-ended'
      readonly transferId: string
      readonly legId: string
      readonly officerId: string
      readonly outcome: LegOutcome
    }
  | {
      readonly type: 'transfer.ended'
      readonly transferId: string
      readonly outcome: TransferOutcome
      readonly officerId?: string
    }
  /** `conference`: where the person waits, if that is an officer who was asked. */
  | {
      readonly type: 'call.handed-over'
      readonly to: 'person' | 'message' | 'resume'
      readonly because: string
      readonly conference?: { readonly name: string; readonly legId: string; readonly announced?: string }
    }
  /** The process that held the call is gone; another took it up from the ledger. */
  | { readonly type: 'call.recovered'; readonly gapMs: number }
  /** Written before the line is closed on purpose, so that a resume knows the call is over. */
  | { readonly type: 'call.ending'; readonly reason: EndReason }
  | { readonly type: 'call.ended'; readonly reason: EndReason }

/**
 * `sound`: a voice, or music, or noise that holds the floor, without a word. `announcement`: a recording speaks.
 * `robocall`: one that sells something.
 */
export type NobodyBecause = 'sound' | 'announcement' | 'robocall'

export type EngineOpening = 'ring' | 'reconnect' | 'rotation' | 'resume'

export type EngineRung = 'same engine' | 'other engine'

/** What saved a call, from the best to the last (RELIABILITY F1). */
export type RescueRung = EngineRung | 'person' | 'message'

export type ToolEnd = 'replied' | 'repeated' | 'refused' | 'timed out' | 'failed' | 'cancelled'

/** Why a call ended: a closed list, the first reason stands. */
export type EndReason =
  | 'caller hung up'
  | 'agent ended'
  | 'caller silent'
  | 'nobody there'
  | 'too long'
  | 'handed to a person'
  | 'message left'
  /** Our message is on the answering machine of whom we called. */
  | 'voicemail left'
  /** Whom we called wants no more calls. */
  | 'opted out'
  | 'never connected'
  /** Turned away, or sent to leave a message, because of what the ring looked like. */
  | 'screened out'
  | 'line lost'
  | 'shut down'
  | 'interrupted'

/** One fact in its place: `atMs` counts from the ring and is monotonic within a process. */
export interface LedgerEntry {
  readonly seq: number
  readonly atMs: number
  readonly fact: CallFact
}
