import type { EncodedAudio } from '../../audio/encoded-audio.ts'
import { readFlatObject } from '../wire/flat-object.ts'

/** A piece of the model's speech. Its audio is a view into the received message: nothing was copied or decoded. */
export interface AudioDelta {
  readonly type: typeof AUDIO_DELTA_TYPE
  readonly responseId: string
  readonly itemId: string
  readonly audio: EncodedAudio
}

export const AUDIO_DELTA_TYPE = 'response.output_audio.delta'

/**
 * Reads an audio delta straight from the bytes of a message, or gives undefined when the message is anything else or
 * has any shape but the expected one (a flat object of strings and numbers without escapes): JSON.parse decides then.
 * These messages are nearly all the bytes a provider sends, and parsing them would copy each of those bytes twice.
 */
export function sliceAudioDelta(message: Buffer): AudioDelta | undefined {
  let responseId: string | undefined
  let itemId: string | undefined
  let audio: EncodedAudio | undefined
  let isDelta = false

  const wellFormed = readFlatObject(message, (key, from, to) => {
    if (key === 'type') isDelta = message.toString('latin1', from, to) === AUDIO_DELTA_TYPE
    else if (key === 'response_id') responseId = message.toString('utf8', from, to)
    else if (key === 'item_id') itemId = message.toString('utf8', from, to)
    else if (key === 'delta') audio = message.subarray(from, to)
    // Another type ends the reading: the rest of such a message is none of our business.
    return key !== 'type' || isDelta
  })

  if (!wellFormed || !isDelta || responseId === undefined || itemId === undefined || !audio) return undefined
  return { type: AUDIO_DELTA_TYPE, responseId, itemId, audio }
}
