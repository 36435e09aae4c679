import type { EncodedAudio } from '../../audio/encoded-audio.ts'

/**
 * Takes the base64 of an `audio` event out of the bytes of a message, as a view, and gives the rest as JSON text with an
 * empty string in its place: the rest carries the alignment, which has to be parsed. Undefined when the message has no
 * audio, or has it in an unexpected shape: then all of it goes to JSON.parse.
 */
export function cutOutAudio(message: Buffer): { audio: EncodedAudio; rest: string } | undefined {
  const key = message.indexOf(KEY)
  if (key < 0) return undefined
  const opening = message.indexOf(QUOTE, key + KEY.length)
  // Between the key and its value there are a colon and spaces, and nothing else; null has no quotes.
  if (opening < 0 || message.toString('latin1', key + KEY.length, opening).trim() !== ':') return undefined
  const closing = message.indexOf(QUOTE, opening + 1)
  if (closing < 0) return undefined
  const audio = message.subarray(opening + 1, closing)
  // An escaped slash is the same text to JSON and not to us.
  if (audio.includes(BACKSLASH)) return undefined
  return { audio, rest: message.toString('utf8', 0, opening + 1) + message.toString('utf8', closing) }
}

/** Cannot stand inside a string: its quotes would be escaped there. */
const KEY = Buffer.from('"audio_base_64"')
const QUOTE = '"'.charCodeAt(0)
const BACKSLASH = '\\'.charCodeAt(0)
