import type { EncodedAudio } from '../../audio/encoded-audio.ts'

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
  if (message.includes(BACKSLASH)) return undefined
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

const BACKSLASH = '\\'.charCodeAt(0)
const QUOTE = '"'.charCodeAt(0)
const COLON = ':'.charCodeAt(0)
const COMMA = ','.charCodeAt(0)
const OPENING_BRACE = '{'.charCodeAt(0)
const CLOSING_BRACE = '}'.charCodeAt(0)
const SPACES = new Set([...' \t\r\n'].map((character) => character.charCodeAt(0)))
const NUMBER_PARTS = new Set([...'0123456789+-.eE'].map((character) => character.charCodeAt(0)))

/** Told where the text of a string field lies, without its quotes; false stops the reading. */
type OnString = (key: string, from: number, to: number) => boolean

/** Whether the message is one flat object of strings and numbers, read to its end. Expects a message without escapes. */
function readFlatObject(message: Buffer, onString: OnString): boolean {
  let at = skip(message, 0, SPACES)
  if (message[at] !== OPENING_BRACE) return false
  do {
    at = readField(message, skip(message, at + 1, SPACES), onString)
    if (at < 0) return false
    at = skip(message, at, SPACES)
  } while (message[at] === COMMA)
  return message[at] === CLOSING_BRACE && skip(message, at + 1, SPACES) === message.length
}

/** The index behind the field that begins at `at`, or -1 when there is none of the expected shape. */
function readField(message: Buffer, at: number, onString: OnString): number {
  const keyEnd = stringEnd(message, at)
  if (keyEnd < 0) return -1
  const colon = skip(message, keyEnd + 1, SPACES)
  if (message[colon] !== COLON) return -1
  const from = skip(message, colon + 1, SPACES)
  if (message[from] !== QUOTE) {
    const to = skip(message, from, NUMBER_PARTS)
    return to > from ? to : -1
  }
  const to = stringEnd(message, from)
  if (to < 0 || !onString(message.toString('latin1', at + 1, keyEnd), from + 1, to)) return -1
  return to + 1
}

/** The index of the quote that closes the string opening at `at`, or -1. */
function stringEnd(message: Buffer, at: number): number {
  return message[at] === QUOTE ? message.indexOf(QUOTE, at + 1) : -1
}

function skip(message: Buffer, from: number, bytes: ReadonlySet<number>): number {
  let at = from
  for (let byte = message[at]; byte !== undefined && bytes.has(byte); byte = message[at]) at += 1
  return at
}
