/**
 * Every 20 ms of audio that the bench sends carries a tag in its first samples, so that what comes out at the far end
 * says which call it belongs to, what number it had and when it was sent. The tag survives re-wrapping, cutting into
 * other pieces and joining, as long as the samples stay what they were.
 */
export interface Tag {
  readonly call: number
  /** Counts from 0 per call and direction. */
  readonly sequence: number
  /** When it was sent, in microseconds of the bench's clock. */
  readonly sentUs: number
}

/** 20 ms of mu-law. */
export const BLOCK_BYTES = 160
export const TAG_BYTES = 16

/** Never part of the filling, so it is found wherever it stands. */
const MAGIC = Buffer.from('HTag')
const FILLING = 0xd5

/** A block to be tagged again and again. */
export function createBlock(): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES, FILLING)
  MAGIC.copy(block)
  return block
}

/** Writes the tag of the block that begins at `at`; `MAGIC` stands there already. */
export function writeTag(block: Buffer, at: number, { call, sequence, sentUs }: Tag): void {
  block.writeUInt32LE(call, at + 4)
  block.writeUInt32LE(sequence, at + 8)
  block.writeUInt32LE(sentUs, at + 12)
}

/** Finds tags in a stream of samples, also where a cut goes through one. */
export class TagScanner {
  #cutOff: Buffer = Buffer.alloc(0)

  scan(samples: Buffer, onTag: (tag: Tag) => void): void {
    const all = this.#cutOff.length === 0 ? samples : Buffer.concat([this.#cutOff, samples])
    let readUntil = 0
    let at = all.indexOf(MAGIC)
    while (at >= 0 && at + TAG_BYTES <= all.length) {
      onTag({ call: all.readUInt32LE(at + 4), sequence: all.readUInt32LE(at + 8), sentUs: all.readUInt32LE(at + 12) })
      readUntil = at + TAG_BYTES
      at = all.indexOf(MAGIC, readUntil)
    }
    this.#cutOff = tailOf(all, at, readUntil)
  }
}

const NONE = Buffer.alloc(0)

/** What may be the beginning of a tag: from its magic on, or from where its magic may have begun. Copied. */
function tailOf(all: Buffer, magicAt: number, readUntil: number): Buffer {
  const from = magicAt >= 0 ? magicAt : all.indexOf(MAGIC[0]!, Math.max(readUntil, all.length - MAGIC.length + 1))
  return from < 0 ? NONE : Buffer.from(all.subarray(from))
}
