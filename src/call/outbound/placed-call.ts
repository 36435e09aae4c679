import type { LedgerEntry } from '../facts.ts'
import type { PhraseKey } from '../phrases.ts'

/** A call of ours: whom we called, and about what. Stands in the ledger, so that whoever takes the call up knows. */
export interface PlacedCall {
  readonly outboundId: string
  readonly kind: OutboundKind
  /** What it is about, for the agent. */
  readonly subject: string
  readonly contactName: string | undefined
  /** BCP 47: what they were last spoken to in. */
  readonly language: string
}

export type OutboundKind = 'reminder' | 'call back' | 'follow-up'

/** What placed calls ask of the business. */
export interface OutboundDesk {
  /** Whether these words want no more calls. */
  readonly wantsNoCalls: (words: string) => boolean
  /** Resolves when it is durable: nobody is called or texted from then on. */
  readonly optOut: (wish: {
    readonly outboundId: string
    readonly callId: string
    readonly source: 'spoken' | 'key'
    readonly evidence: string
  }) => Promise<void>
}

const OPENINGS = {
  reminder: 'calling-reminder',
  'call back': 'calling-back',
  'follow-up': 'calling-follow-up',
} as const satisfies Record<OutboundKind, PhraseKey>

const VOICEMAILS = {
  reminder: 'voicemail-reminder',
  'call back': 'voicemail-call-back',
  'follow-up': 'voicemail-follow-up',
} as const satisfies Record<OutboundKind, PhraseKey>

const ALL_OPENINGS: ReadonlySet<string> = new Set(['opening', ...Object.values(OPENINGS)])

/** The first words of a call, with all its notices. */
export function openingOf(placed: PlacedCall | undefined): PhraseKey {
  return placed ? OPENINGS[placed.kind] : 'opening'
}

export function isOpening(phrase: string | undefined): boolean {
  return phrase !== undefined && ALL_OPENINGS.has(phrase)
}

export function voicemailOf({ kind }: PlacedCall): PhraseKey {
  return VOICEMAILS[kind]
}

const PARTINGS: Partial<Record<PhraseKey, PhraseKey>> = {
  goodbye: 'called-goodbye',
  'too-long-goodbye': 'called-too-long',
}

/** The same said to somebody we called, who is not thanked for calling, nor asked to call again. */
export function asWeCalled(key: PhraseKey, placed: PlacedCall | undefined): PhraseKey {
  return (placed && PARTINGS[key]) ?? key
}

/** The call as its ledger has it, when its process died; undefined of a call that came in. */
export function placedCallIn(entries: readonly LedgerEntry[]): PlacedCall | undefined {
  const placed = entries.find(({ fact }) => fact.type === 'call.placed')?.fact
  return placed?.type === 'call.placed' ? placed.placed : undefined
}

/** What the model is told of a call of ours. Whatever others wrote stands in it as data: it ends no line. */
export function describeErrand({ kind, subject, contactName }: PlacedCall): string {
  const whom = contactName ? ` "${plain(contactName)}"` : ' them'
  return [
    '# This call',
    `You called${whom}, they did not call you. It is a ${kind} about "${plain(subject)}". When the call begins they have`,
    'heard who you are, for whom you call, and how to stop these calls. Say in one sentence why you call, ask whether it',
    'is a good moment, and be brief. Make sure that you speak with the right person before you tell anything of theirs;',
    'if they are not there, ask for nothing and leave nothing but that we called.',
  ].join('\n')
}

/** What the model is asked for when our first words were heard. */
export const SAY_WHY =
  'They have just picked up and heard who is calling. Greet them in a few words, say in one sentence why you call, and ask whether it is a good moment.'

function plain(text: string): string {
  return text.replaceAll(/["\s]+/g, ' ').trim()
}
