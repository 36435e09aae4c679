/**
 * Mu-law, 8 kHz, mono: the telephone's own sound. 8 bytes are 1 ms, 160 bytes are the 20 ms of one frame.
 *
 * On the hot path audio stays what it was on the wire: base64, held as ASCII bytes. Nothing between the carrier
 * and an engine decodes it; its length in ms can be read off its length in characters.
 */
export type EncodedAudio = Buffer

/** Mu-law samples per millisecond, and so bytes per millisecond. */
export const BYTES_PER_MS = 8

export const FRAME_MS = 20

/** The mu-law byte of silence. */
export const SILENCE = 0xff

const PADDING = '='.charCodeAt(0)

/** How many bytes of mu-law the base64 holds. */
export function byteLength(audio: EncodedAudio): number {
  const { length } = audio
  if (length === 0) return 0
  const padding = audio[length - 1] !== PADDING ? 0 : audio[length - 2] !== PADDING ? 1 : 2
  return Math.floor((length * 3) / 4) - padding
}

/** How long the audio lasts, in ms (a fraction where it is no whole number of 8 bytes). */
export function durationMs(audio: EncodedAudio): number {
  return byteLength(audio) / BYTES_PER_MS
}

export function encodeAudio(mulaw: Uint8Array): EncodedAudio {
  return Buffer.from(Buffer.from(mulaw.buffer, mulaw.byteOffset, mulaw.byteLength).toString('base64'), 'latin1')
}

export function decodeAudio(audio: EncodedAudio): Buffer {
  return Buffer.from(audio.toString('latin1'), 'base64')
}

/** Decodes into `target` at `offset` and returns how many bytes were written; what does not fit is left out. */
export function decodeAudioInto(audio: EncodedAudio, target: Buffer, offset: number): number {
  return target.write(audio.toString('latin1'), offset, 'base64')
}

/** `ms` of silence. */
export function encodedSilence(ms: number): EncodedAudio {
  return encodeAudio(Buffer.alloc(Math.round(ms * BYTES_PER_MS), SILENCE))
}

/**
 * Cuts into pieces of at most `maxMs`, in order, without decoding: 4 characters are 3 bytes, so every cut falls
 * on a multiple of 3 bytes and each piece stands alone as base64.
 */
export function splitAudio(audio: EncodedAudio, maxMs: number): EncodedAudio[] {
  const charsPerPiece = Math.max(1, Math.floor((maxMs * BYTES_PER_MS) / 3)) * 4
  if (audio.length <= charsPerPiece) return audio.length === 0 ? [] : [audio]
  const pieces: EncodedAudio[] = []
  for (let from = 0; from < audio.length; from += charsPerPiece) pieces.push(audio.subarray(from, from + charsPerPiece))
  return pieces
}

/** The audio from `fromMs` on: what a caller has yet to hear when they heard the first `fromMs`. */
export function audioFrom(audio: EncodedAudio, fromMs: number): EncodedAudio {
  if (fromMs <= 0) return audio
  return encodeAudio(decodeAudio(audio).subarray(Math.round(fromMs * BYTES_PER_MS)))
}
