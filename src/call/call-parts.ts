import type { Log } from '../lib/log.ts'
import type { PhoneLine } from '../telephony/line.ts'
import type { Action } from '../tools/tool.ts'
import { CallRecording } from './call-recording.ts'
import type { CallServices } from './call-services.ts'
import type { CallState } from './call-state.ts'
import type { NewCall, StoredCall } from './call-store.ts'
import { KnownCaller, pictureOf } from './caller-picture.ts'
import { CallerWishes } from './caller-wishes.ts'
import { Conduct } from './conduct.ts'
import { Conversation } from './conversation.ts'
import type { CallerTurn } from './floor.ts'
import { HandOvers } from './hand-overs.ts'
import { createFactHider } from './hidden-facts.ts'
import { CallLedger } from './ledger.ts'
import { type LineEnd, LineEvents } from './line-events.ts'
import { NoContact } from './no-contact.ts'
import { OutboundWishes, type OutboundWishesOptions } from './outbound/outbound-wishes.ts'
import type { PhraseKey } from './phrases.ts'
import { TalkLimits } from './talk-limits.ts'
import { TransferDesk } from './transfer/transfer-desk.ts'
import { WayOut } from './way-out.ts'

/** What one call is made of. Whoever has it disposes the conversation and closes the recording. */
export interface CallParts {
  readonly ledger: CallLedger
  readonly recording: CallRecording
  readonly conversation: Conversation
  readonly limits: TalkLimits
  readonly wishes: CallerWishes
  readonly desk: TransferDesk
  readonly handOvers: HandOvers
  readonly wayOut: WayOut
  readonly lineEvents: LineEvents
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

type OwnEnd = 'caller silent' | 'nobody there' | 'too long' | 'voicemail left' | 'opted out' | 'interrupted'

/** What the parts of a call ask of its session, which alone decides about the call as a whole. */
export interface CallRequests {
  /** Where the call is. The session alone holds it; `become` replaces it whole. */
  readonly state: () => CallState
  readonly become: (next: CallState) => void
  readonly act: (action: Action) => void
  readonly onCallerTurn: (turn: CallerTurn) => void
  readonly onLineEnded: (line: PhoneLine, cause: LineEnd) => void
  readonly end: (reason: OwnEnd, lastWords?: PhraseKey) => void
  /** Caller and officer are together. */
  readonly onBridged: () => void
}

/** Builds the parts of one call and makes them known to each other. */
export function createCallParts(
  { services, call, stored, log, signal }: CallPartsOptions,
  { state, become, act, onCallerTurn, onLineEnded, end, onBridged }: CallRequests,
): CallParts {
  const { clock, settings, openRecorder, rescue, extensions } = services
  const ledger = createLedger({ services, call, stored, log })
  const served = settings.languages
  const language = call.outbound?.language ?? settings.language
  const caller = new KnownCaller(pictureOf(ledger.entries, { language, served }), served)
  const takenUp = stored !== undefined
  const isLive = () => state().phase === 'live'
  const isStopped = () => outbound?.stopped === true
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
      if (because === 'robocall') handOvers.connect({ to: 'message' }, 'nobody but a recording spoke')
      else end('nobody there', 'silence-goodbye')
    },
    onWords: (text) => (outbound ?? noContact).onWords(text),
    onMachineDone: (left) => end(left ? 'voicemail left' : 'nobody there'),
  })
  const limits = new TalkLimits({ settings, conversation, ledger, onHold: () => desk.active, end })
  const wishes = new CallerWishes({
    ...{ conversation, recording, rescue, extensions, isLive },
    desk: () => desk,
    isStopped,
    connect: (to, because) => handOvers.connect(to, because),
  })
  const desk = new TransferDesk({
    ...{ services, call, caller, conversation, ledger, log, signal, onBridged },
    isLive: () => isLive() && !isStopped(),
    onOfficer: (to, because) => void handOvers.begin(to, because, 'officer-here'),
    onNobodyIn: (wish) => handOvers.nobodyIn(wish),
    onNobodyFree: (wish) => handOvers.nobodyFree(wish),
  })
  // Whoever is on the way to an officer already is not left alone there.
  const onStopped = () => isLive() && desk.end('called off')
  const outbound = createOutboundWishes({ services, call, log }, { conversation, end, onStopped })
  const { callId, from: number } = call
  const noContact = new NoContact({ callId, number, desk: services.contacts, conversation, ledger, isLive, log })
  const conduct = new Conduct({ caller, conversation, recording, wishes, log })
  const wayOut = new WayOut({ conversation, ledger, clock, log, signal })
  const letGo = outbound && (() => outbound.letGo())
  const handOvers = new HandOvers({ state, become, conversation, wishes, desk, wayOut, rescue, letGo, clock, log })
  const lineEvents = new LineEvents({
    ...{ conversation, recording, ledger, wishes, outbound, onCallerTurn, onLineEnded },
    nowMs: () => clock.monotonicMs(),
  })
  return { ledger, recording, conversation, limits, wishes, desk, handOvers, wayOut, lineEvents }
}

function createOutboundWishes(
  { services, call, log }: Pick<CallPartsOptions, 'services' | 'call' | 'log'>,
  parts: Pick<OutboundWishesOptions, 'conversation' | 'end' | 'onStopped'>,
): OutboundWishes | undefined {
  const { outbound: placed, callId } = call
  const { outbound: desk } = services
  return placed && desk && new OutboundWishes({ placed, callId, desk, ...parts, log })
}

function createLedger({ services, call, stored, log }: Omit<CallPartsOptions, 'signal'>): CallLedger {
  const { clock, store, onFact, privateWords } = services
  const hide = createFactHider(privateWords())
  // What was asked before the process died still says what four digits are.
  for (const entry of stored?.entries ?? []) hide(entry)
  return new CallLedger({ call, store, clock, log, onFact, hide, ...(stored ? { stored: stored.entries } : {}) })
}
