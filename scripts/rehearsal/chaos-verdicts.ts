import type { ChaosCall } from './chaos-plan.ts'
import { type Evidence, eventsIn, factsIn } from './evidence.ts'
import { silencesAfterCaller } from './silences.ts'

/** How one call fared whose engine failed. */
export interface ChaosOutcome {
  readonly call: ChaosCall
  /** What must not be, in words; empty for a call that was carried through. */
  readonly faults: readonly string[]
  /** The gaps of its rescues, by the rung that ended them. Empty when the failure met nothing. */
  readonly rescues: readonly { readonly rung: string; readonly gapMs: number }[]
  readonly endReason: string
}

/** RELIABILITY I5. */
const LONGEST_SILENCE_MS = 2_000

/** Ways for a call to end that leave nobody behind. */
const SERVED: readonly string[] = [
  'agent ended',
  'caller hung up',
  'handed to a person',
  'message left',
  'caller silent',
]

export function judgeChaos(call: ChaosCall, evidence: Evidence): ChaosOutcome {
  const endReason = evidence.stored?.outcome?.endReason ?? 'no record'
  return {
    call,
    faults: [
      ...dropped(evidence, endReason),
      ...silences(evidence),
      ...repeatedEffects(evidence),
      ...gapsInRecord(evidence),
    ],
    rescues: factsIn(evidence, 'rescue.ended').map(({ fact: { rung, gapMs } }) => ({ rung, gapMs })),
    endReason,
  }
}

function dropped({ broken, call }: Evidence, endReason: string): string[] {
  const faults = SERVED.includes(endReason) ? [] : [`dropped: ended because ${endReason}`]
  const bridged = call.events.some((event) => event.type === 'dialled' && event.bridged)
  // Whoever was handed over to a person talks to them and not through the script.
  if (broken && !bridged) faults.push(`the talk broke off: ${broken}`)
  return faults
}

function silences(evidence: Evidence): string[] {
  const waits = silencesAfterCaller(evidence).filter((ms) => ms > LONGEST_SILENCE_MS)
  const gaps = factsIn(evidence, 'dead-air').filter(({ fact }) => fact.gapMs > LONGEST_SILENCE_MS)
  return [
    ...waits.map((ms) => `silence of ${Math.round(ms)} ms after the caller spoke`),
    ...gaps.map(({ fact }) => `silence of ${Math.round(fact.gapMs)} ms on our turn (${fact.because})`),
  ]
}

function repeatedEffects({ messages }: Evidence): string[] {
  const texts = messages.map(({ name, text }) => `${name}: ${text}`)
  return texts.length > new Set(texts).size || texts.length > 1 ? [`a message was noted ${texts.length} times`] : []
}

function gapsInRecord(evidence: Evidence): string[] {
  const ends = factsIn(evidence, 'call.ended').length
  const spoke = factsIn(evidence, 'agent.spoke').length
  const faults = []
  if (ends !== 1) faults.push(`the record has ${ends} ends`)
  if (spoke === 0) faults.push('the record has no word of ours')
  if (!evidence.recording) faults.push('there is no recording')
  if (eventsIn(evidence, 'call.ended').length !== 1) faults.push('the carrier saw no end')
  return faults
}
