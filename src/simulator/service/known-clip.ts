import { BYTES_PER_MS, FRAME_MS, SILENCE } from '../../audio/encoded-audio.ts'
import type { SpokenWord } from './understanding.ts'

export const FRAME_BYTES = FRAME_MS * BYTES_PER_MS

const SILENT_FRAME = Buffer.alloc(FRAME_BYTES, SILENCE)
/** Mu-law has two zeros. */
const OTHER_SILENCE = 0x7f

/** A clip whose words are known: its frames that are not silent, with the words spread evenly over them. */
export interface KnownClip {
  readonly words: readonly SpokenWord[]
  readonly frameCount: number
  /** Where in the clip each frame occurs, ascending; `keyOf` names a frame. */
  readonly places: ReadonlyMap<string, readonly number[]>
}

/**
 * @param mulaw as its frames are sent: from the first byte on, the last one filled up with silence.
 * @param language ISO 639-1.
 */
export function createKnownClip(words: string, mulaw: Buffer, language: string): KnownClip {
  const places = new Map<string, number[]>()
  let frameCount = 0
  for (let at = 0; at < mulaw.length; at += FRAME_BYTES) {
    const piece = mulaw.subarray(at, at + FRAME_BYTES)
    const frame = piece.length === FRAME_BYTES ? piece : Buffer.concat([piece, SILENT_FRAME], FRAME_BYTES)
    if (isSilent(frame)) continue
    const known = places.get(keyOf(frame))
    if (known) known.push(frameCount)
    else places.set(keyOf(frame), [frameCount])
    frameCount += 1
  }
  const texts = words.split(/\s+/).filter((word) => word !== '')
  return { words: texts.map((text) => ({ text, language })), frameCount, places }
}

/** The frame at which a word ends. */
export function endOfWord({ words, frameCount }: KnownClip, word: number): number {
  return Math.ceil(((word + 1) * frameCount) / words.length) - 1
}

/** Its bytes as text: equal frames have equal keys. */
export function keyOf(frame: Buffer): string {
  return frame.toString('latin1')
}

export function isSilent(frame: Buffer): boolean {
  return frame.equals(SILENT_FRAME) || frame.every((byte) => byte === SILENCE || byte === OTHER_SILENCE)
}
