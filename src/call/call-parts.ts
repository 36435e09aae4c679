import type { Log } from '../lib/log.ts'
import type { HandOver } from '../telephony/line.ts'
import type { Action } from '../tools/tool.ts'
import { CallRecording } from './call-recording.ts'
import type { CallServices } from './call-services.ts'
import type { NewCall, StoredCall } from './call-store.ts'
import { KnownCaller, pictureOf } from './caller-picture.ts'
import { CallerWishes } from './caller-wishes.ts'
import { Conduct } from './conduct.ts'
import { Conversation } from './conversation.ts'
import type { CallerTurn } from './floor.ts'
import { createFactHider } from './hidden-facts.ts'
import { CallLedger } from './ledger.ts'
import type { PhraseKey } from './phrases.ts'
import { TalkLimits } from './talk-limits.ts'
import { WayOut } from './way-out.ts'

/** What one call is made of. Whoever has it disposes the conversation and closes the recording. */
export interface CallParts {
  readonly ledger: CallLedger
  readonly recording: CallRecording
  readonly conversation: Conversation
  readonly limits: TalkLimits
  readonly wishes: CallerWishes
  readonly wayOut: WayOut
}

export interface CallPartsOptions {
  readonly services: CallServices
  readonly call: NewCall
  /** The ledger of a call whose process died. */
  readonly stored: StoredCall | undefined
  readonly log: Log
  /** Aborts when the call ends. */
  readonly signal: AbortSignal
}

/** What the parts of a call ask of its session, which alone decides about the call as a whole. */
export interface CallRequests {
  readonly act: (action: Action) => void
  readonly onCallerTurn: (turn: CallerTurn) => void
  readonly end: (reason: 'caller silent' | 'nobody there' | 'too long', lastWords: PhraseKey) => void
  readonly connect: (to: HandOver, because: string) => void
  /** Whether there is somebody to talk to. */
  readonly isLive: () => boolean
}

/** Builds the parts of one call and makes them known to each other. */
export function createCallParts(
  { services, call, stored, log, signal }: CallPartsOptions,
  { act, onCallerTurn, end, connect, isLive }: CallRequests,
): CallParts {
  const { clock, settings, openRecorder, rescue } = services
  const ledger = createLedger({ services, call, stored, log })
  const served = settings.languages
  const caller = new KnownCaller(pictureOf(ledger.entries, { language: settings.language, served }), served)
  const takenUp = stored !== undefined
  const recording = new CallRecording({ callId: call.callId, ledger, open: openRecorder, takenUp, log })
  const conversation = new Conversation({
    services,
    call,
    ledger,
    caller,
    log,
    signal,
    act,
    onFindings: (findings, said) => conduct.onFindings(findings, said),
    onCallerTurn,
    onNobodyThere: (because) => {
      conversation.leave()
      // A person we took for a recording can still say what they want.
      if (because === 'robocall') connect({ to: 'message' }, 'nobody but a recording spoke')
      else end('nobody there', 'silence-goodbye')
    },
  })
  const limits = new TalkLimits({ settings, conversation, ledger, end })
  const wishes = new CallerWishes({ conversation, recording, rescue, connect, isLive })
  const conduct = new Conduct({ caller, conversation, recording, wishes, log })
  const wayOut = new WayOut({ conversation, ledger, clock, log, signal })
  return { ledger, recording, conversation, limits, wishes, wayOut }
}

function createLedger({ services, call, stored, log }: Omit<CallPartsOptions, 'signal'>): CallLedger {
  const { clock, store, onFact, privateWords } = services
  const hide = createFactHider(privateWords())
  // What was asked before the process died still says what four digits are.
  for (const entry of stored?.entries ?? []) hide(entry)
  return new CallLedger({ call, store, clock, log, onFact, hide, ...(stored ? { stored: stored.entries } : {}) })
}
