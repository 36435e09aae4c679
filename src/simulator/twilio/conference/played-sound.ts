import { sleep } from '../../../lib/clock.ts'
import { HearthlineError } from '../../../lib/errors.ts'
import { untilAborted } from '../../../lib/until-aborted.ts'
import type { Leg } from '../leg.ts'
import { parseTwiml, type TwimlElement } from '../twiml.ts'
import { PLAYED_MS, PROMPT_VERBS } from '../verbs/say.ts'
import { resolveAddress, toMethod } from '../verbs/verb.ts'
import type { WebhookAnswer } from '../webhook-client.ts'
import type { Sound } from './participant.ts'

/**
 * Plays what an address gives to a leg, as the carrier does beside a conference: a document of `<Say>`, `<Play>`,
 * `<Pause>` and `<Redirect>` (empty: from the beginning again), or an audio file. Silence follows. False when the
 * address failed. Rejects with the signal's reason when something else is to be heard.
 */
export async function playSound(leg: Leg, sound: Sound, signal: AbortSignal): Promise<boolean> {
  let next: Sound | undefined = sound
  while (next) {
    const answer: WebhookAnswer = await untilAborted(leg.fetchInstructions(next.address, next.method, {}), signal)
    if (!answer.ok) {
      leg.emit({ type: 'warning', code: answer.errorCode, message: `${answer.url} failed: ${answer.detail}` })
      return false
    }
    const verbs = readVerbs(answer.body)
    next = verbs ? await playVerbs(verbs, leg, answer.url, signal) : await playFile(leg, answer.url, signal)
  }
  return true
}

/** Undefined: no document but an audio file. */
function readVerbs(body: string): readonly TwimlElement[] | undefined {
  try {
    return parseTwiml(body).verbs
  } catch (error) {
    if (error instanceof HearthlineError) return undefined
    throw error
  }
}

async function playVerbs(
  verbs: readonly TwimlElement[],
  leg: Leg,
  baseUrl: string,
  signal: AbortSignal,
): Promise<Sound | undefined> {
  for (const verb of verbs) {
    if (verb.name === 'Redirect') {
      return { address: resolveAddress({ baseUrl }, verb.text), method: toMethod(verb.attributes.method) }
    }
    const play = PROMPT_VERBS[verb.name]
    if (play) await play(verb, { leg, baseUrl, signal })
    else leg.emit({ type: 'warning', code: 12200, message: `<${verb.name}> is not played beside a conference` })
  }
  return undefined
}

async function playFile(leg: Leg, content: string, signal: AbortSignal): Promise<undefined> {
  leg.emit({ type: 'told', by: 'Play', content, lengthMs: PLAYED_MS })
  await sleep(leg.carrier.clock, PLAYED_MS, signal)
}
