import { type ChaosCall, GOODBYE } from './chaos-plan.ts'
import { type Evidence, eventsIn, factsIn } from './evidence.ts'
import { type OurSilence, ourSilences } from './our-silences.ts'

/** How one call fared whose engine failed. */
export interface ChaosOutcome {
  readonly call: ChaosCall
  /** What must not be, in words; empty for a call that was carried through. */
  readonly faults: readonly string[]
  /** The gaps of its rescues, by the rung that ended them. Empty when the failure met nothing. */
  readonly rescues: readonly { readonly rung: string; readonly gapMs: number }[]
  /** The longest the caller heard nothing on our turn, by the carrier's account. */
  readonly longestSilenceMs: number
  readonly endReason: string
  /** The call was over before the failure. */
  readonly cameTooLate: boolean
}

/** RELIABILITY I5. */
const LONGEST_SILENCE_MS = 2_000
/** The ledger looks every 100 ms, and knows the end of the caller's words from an ear of its own. */
const LEDGER_OFF_MS = 400
/** What the carrier played and what the record says was heard may differ by the last of each utterance. */
const HEARD_OFF_MS = 400

/** Ways for a call to end that leave nobody behind: with a person, with a message, or after the caller's goodbye. */
const HANDED_OVER: readonly string[] = ['handed to a person', 'message left']
const SAID_GOODBYE: readonly string[] = ['agent ended', 'caller hung up']

export function judgeChaos(call: ChaosCall, evidence: Evidence): ChaosOutcome {
  const endReason = evidence.stored?.outcome?.endReason ?? 'no record'
  const silences = ourSilences(evidence)
  return {
    ...{ call, endReason },
    faults: [
      ...dropped(evidence, endReason),
      ...tooLong(evidence, silences),
      ...repeatedEffects(evidence),
      ...gapsInRecord(evidence),
      ...gapsInTranscript(call, evidence),
    ],
    rescues: factsIn(evidence, 'rescue.ended').map(({ fact: { rung, gapMs } }) => ({ rung, gapMs })),
    longestSilenceMs: Math.max(0, ...silences.map(lengthOf)),
    cameTooLate: call.afterMs > (eventsIn(evidence, 'call.ended')[0]?.atMs ?? 0),
  }
}

function dropped(evidence: Evidence, endReason: string): string[] {
  const { broken, steps } = evidence
  const served = HANDED_OVER.includes(endReason) || SAID_GOODBYE.includes(endReason)
  const faults = served ? [] : [`dropped: ended because ${endReason}`]
  // Whoever was handed over talks to a person or to the carrier, and not through the script.
  const saidAll = HANDED_OVER.includes(endReason) || steps.some(({ name }) => name === GOODBYE)
  if (broken && !saidAll) faults.push(`the talk broke off: ${broken}`)
  const bridged = eventsIn(evidence, 'dialled').some((event) => event.bridged)
  // A caller who has said goodbye may hang up before the person is on the line.
  const wentByThemselves = eventsIn(evidence, 'call.ended').some((event) => event.by === 'caller')
  if (endReason === 'handed to a person' && !bridged && !wentByThemselves)
    faults.push('handed to a person who was never reached')
  const told = eventsIn(evidence, 'told').length > 0
  if (endReason === 'message left' && !told) faults.push('left to themselves instead of being asked for a message')
  return faults
}

/** What the carrier heard, and whether the ledger tells the same. */
function tooLong(evidence: Evidence, silences: readonly OurSilence[]): string[] {
  const known = factsIn(evidence, 'dead-air').map(({ atMs, fact }) => ({ ...fact, fromMs: atMs - fact.gapMs, atMs }))
  const faults = silences
    .filter((silence) => lengthOf(silence) > LONGEST_SILENCE_MS)
    .map((silence) => `silence of ${describe(silence)}`)
  for (const silence of silences) {
    if (lengthOf(silence) <= LONGEST_SILENCE_MS + LEDGER_OFF_MS) continue
    if (!known.some(({ fromMs, atMs }) => fromMs < silence.untilMs && atMs > silence.fromMs)) {
      faults.push(`the ledger knows nothing of the silence at ${at(silence.fromMs)}`)
    }
  }
  for (const { gapMs, fromMs, atMs, because } of known) {
    const real = silences.some(({ fromMs: from, untilMs }) => from < atMs && untilMs > fromMs)
    if (!real) faults.push(`the ledger tells of a silence of ${gapMs} ms at ${at(fromMs)} that was none (${because})`)
  }
  return faults
}

function repeatedEffects(evidence: Evidence): string[] {
  // What the carrier records when no engine is left is another message of the same caller.
  const noted = evidence.messages.filter(({ text }) => !text.startsWith('A recorded message'))
  const ends = factsIn(evidence, 'tool.ended').filter(
    ({ fact }) => fact.name === 'end_call' && fact.outcome === 'replied',
  )
  const faults = noted.length > 1 ? [`a message was noted ${noted.length} times`] : []
  if (ends.length > 1) faults.push(`the call was ended ${ends.length} times`)
  return faults
}

function gapsInRecord(evidence: Evidence): string[] {
  const { stored, recording, call } = evidence
  const faults = []
  const ends = factsIn(evidence, 'call.ended').length
  if (ends !== 1) faults.push(`the record has ${ends} ends`)
  if (!stored?.outcome?.priceVersion) faults.push('the record has no cost')
  if (!recording) faults.push('there is no recording')
  if (eventsIn(evidence, 'call.ended').length !== 1) faults.push('the carrier saw no end')
  const spoke = factsIn(evidence, 'agent.spoke')
  const closed = new Set(spoke.map(({ fact }) => fact.utteranceId))
  const open = factsIn(evidence, 'agent.speaking').filter(({ fact }) => !closed.has(fact.utteranceId))
  if (open.length > 0) faults.push(`${open.length} utterances were never closed`)
  const recordedMs = spoke.reduce((sum, { fact }) => sum + fact.heardMs, 0)
  const heardMs = (call?.heardSpans() ?? []).reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)
  if (Math.abs(recordedMs - heardMs) > HEARD_OFF_MS) {
    faults.push(`the record says ${Math.round(recordedMs)} ms of ours were heard; they were ${Math.round(heardMs)} ms`)
  }
  return faults
}

/** What was said to the end before the call left us stands in the record once, in order. */
function gapsInTranscript({ lines }: ChaosCall, evidence: Evidence): string[] {
  const said = factsIn(evidence, 'caller.said').map(({ fact }) => fact.text.toLowerCase())
  const left = factsIn(evidence, 'call.handed-over')[0]?.atMs ?? Number.POSITIVE_INFINITY
  const done = new Map(evidence.steps.map(({ name, endedAtMs }) => [name, endedAtMs]))
  const faults: string[] = []
  let after = -1
  for (const line of lines) {
    // Their last words may still be on their way when somebody else takes the call.
    if ((done.get(line) ?? Number.POSITIVE_INFINITY) > left - 3_000) continue
    const places = said.flatMap((text, place) => (text.includes(line.toLowerCase()) ? [place] : []))
    if (places.length !== 1) faults.push(`"${line}" stands in the record ${places.length} times`)
    if (places[0] !== undefined && places[0] < after) faults.push(`"${line}" stands in the record too early`)
    after = places[0] ?? after
  }
  return faults
}

function lengthOf({ fromMs, untilMs }: OurSilence): number {
  return untilMs - fromMs
}

function describe(silence: OurSilence): string {
  return `${Math.round(lengthOf(silence))} ms at ${at(silence.fromMs)}, after ${silence.after}`
}

function at(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
