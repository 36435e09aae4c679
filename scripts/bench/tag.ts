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

/** Never part of the filling or of the fields, so it is found wherever it stands. */
const MAGIC = Buffer.from([0x70, 0x71, 0x72, 0x73])
/** Silence. A tag is no louder than the noise of a line either: nobody must take it for speech. */
const FILLING = 0xff

/** Half a byte of a field in each sample, the higher half first; such samples are the quietest there are. */
const QUIET = 0xf0
const FIELD_BYTES = 8
export const TAG_BYTES = MAGIC.length + 3 * FIELD_BYTES

/** A block to be tagged again and again. */
export function createBlock(): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES, FILLING)
  MAGIC.copy(block)
  return block
}

/** Writes the tag of the block that begins at `at`; `MAGIC` stands there already. */
export function writeTag(block: Buffer, at: number, { call, sequence, sentUs }: Tag): void {
  const from = at + MAGIC.length
  writeField(block, from, call)
  writeField(block, from + FIELD_BYTES, sequence)
  writeField(block, from + 2 * FIELD_BYTES, sentUs)
}

/** Finds tags in a stream of samples, also where a cut goes through one. */
export class TagScanner {
  #cutOff: Buffer = Buffer.alloc(0)

  scan(samples: Buffer, onTag: (tag: Tag) => void): void {
    const all = this.#cutOff.length === 0 ? samples : Buffer.concat([this.#cutOff, samples])
    let readUntil = 0
    let at = all.indexOf(MAGIC)
    while (at >= 0 && at + TAG_BYTES <= all.length) {
      onTag(readTag(all, at + MAGIC.length))
      readUntil = at + TAG_BYTES
      at = all.indexOf(MAGIC, readUntil)
    }
    this.#cutOff = tailOf(all, at, readUntil)
  }
}

function readTag(samples: Buffer, from: number): Tag {
  return {
    call: readField(samples, from),
    sequence: readField(samples, from + FIELD_BYTES),
    sentUs: readField(samples, from + 2 * FIELD_BYTES),
  }
}

function writeField(block: Buffer, from: number, value: number): void {
  for (let nth = 0; nth < FIELD_BYTES; nth++) block[from + nth] = QUIET | ((value >>> (28 - 4 * nth)) & 0x0f)
}

function readField(samples: Buffer, from: number): number {
  let value = 0
  for (let nth = 0; nth < FIELD_BYTES; nth++) value = (value << 4) | (samples[from + nth]! & 0x0f)
  return value >>> 0
}

const NONE = Buffer.alloc(0)

/** What may be the beginning of a tag: from its magic on, or from where its magic may have begun. Copied. */
function tailOf(all: Buffer, magicAt: number, readUntil: number): Buffer {
  const from = magicAt >= 0 ? magicAt : all.indexOf(MAGIC[0]!, Math.max(readUntil, all.length - MAGIC.length + 1))
  return from < 0 ? NONE : Buffer.from(all.subarray(from))
}
