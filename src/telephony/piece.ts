import {
  audioFrom,
  BYTES_PER_MS,
  decodeAudio,
  durationMs,
  type EncodedAudio,
  encodeAudio,
} from '../audio/encoded-audio.ts'

/** A stretch of one utterance, as it is given to the carrier in one message. */
export interface Piece {
  readonly utteranceId: string
  readonly audio: EncodedAudio
  readonly durationMs: number
}

export function createPiece(utteranceId: string, audio: EncodedAudio): Piece {
  return { utteranceId, audio, durationMs: durationMs(audio) }
}

export function totalMs(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.durationMs, 0)
}

/** Divides a run of pieces after `ms`; the piece in which it falls is cut in two. No sample is lost. */
export function divide(pieces: readonly Piece[], ms: number): { before: Piece[]; after: Piece[] } {
  const before: Piece[] = []
  const after: Piece[] = []
  let leftMs = ms
  for (const piece of pieces) {
    if (leftMs <= 0) after.push(piece)
    else if (leftMs >= piece.durationMs) before.push(piece)
    else {
      before.push(createPiece(piece.utteranceId, audioUntil(piece.audio, leftMs)))
      after.push(createPiece(piece.utteranceId, audioFrom(piece.audio, leftMs)))
    }
    leftMs -= piece.durationMs
  }
  return { before, after }
}

function audioUntil(audio: EncodedAudio, untilMs: number): EncodedAudio {
  return encodeAudio(decodeAudio(audio).subarray(0, Math.round(untilMs * BYTES_PER_MS)))
}
