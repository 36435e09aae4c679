import { sleep } from '../../../lib/clock.ts'
import { resolveAddress, secondsToMs, type VerbRunner } from './verb.ts'

/** About 170 words a minute. */
const SPOKEN_MS_PER_CHARACTER = 60

/** The carrier emulator does not fetch what `<Play>` names; this is how long it is taken to last. */
export const PLAYED_MS = 2000

/** Reads text to the caller: reported as an event and given the time it would take, without a voice. */
export const say: VerbRunner = async (element, { leg, signal }) => {
  const lengthMs = speakingMs(element.text) * Number(element.attributes.loop ?? 1)
  leg.emit({ type: 'told', by: 'Say', content: element.text, lengthMs })
  await sleep(leg.carrier.clock, lengthMs, signal)
  return 'next verb'
}

/** How long it takes to say something. */
export function speakingMs(words: string): number {
  return words.length * SPOKEN_MS_PER_CHARACTER
}

export const play: VerbRunner = async (element, context) => {
  const { leg, signal } = context
  const content = element.text === '' ? (element.attributes.digits ?? '') : resolveAddress(context, element.text)
  leg.emit({ type: 'told', by: 'Play', content, lengthMs: PLAYED_MS })
  await sleep(leg.carrier.clock, PLAYED_MS, signal)
  return 'next verb'
}

export const pause: VerbRunner = async (element, { leg, signal }) => {
  await sleep(leg.carrier.clock, secondsToMs(element.attributes.length, 1000), signal)
  return 'next verb'
}

/** What may stand where something is only to be heard: within `<Gather>`, and beside a conference. */
export const PROMPT_VERBS: Readonly<Record<string, VerbRunner>> = { Pause: pause, Play: play, Say: say }
