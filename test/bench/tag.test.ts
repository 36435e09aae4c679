import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BLOCK_BYTES, createBlock, type Tag, TagScanner, writeTag } from '../../scripts/bench/tag.ts'

describe('tags in audio', () => {
  it('finds every tag, wherever the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 40 }), (cuts) => {
        const tags = [1, 2, 3, 4, 5].map((sequence) => ({ call: 399, sequence, sentUs: 4_000_000_000 + sequence }))
        expect(scanned(Buffer.concat(tags.map(tagged)), cuts)).toEqual(tags)
      }),
    )
  })

  it('finds no tag in audio that has none', () => {
    expect(scanned(Buffer.alloc(10 * BLOCK_BYTES, 0xff), [333])).toEqual([])
  })

  it('survives base64 and being joined with other audio', () => {
    const tag = { call: 7, sequence: 0, sentUs: 12 }
    const audio = Buffer.concat([Buffer.alloc(77, 0xff), tagged(tag)])
    expect(scanned(Buffer.from(audio.toString('base64'), 'base64'), [audio.length])).toEqual([tag])
  })
})

function tagged(tag: Tag): Buffer {
  const block = createBlock()
  writeTag(block, 0, tag)
  return block
}

/** What a scanner finds when the stream comes in pieces of these lengths, over and over. */
function scanned(stream: Buffer, cuts: readonly number[]): Tag[] {
  const scanner = new TagScanner()
  const found: Tag[] = []
  for (let at = 0, piece = 0; at < stream.length; piece++) {
    const length = cuts[piece % cuts.length]!
    scanner.scan(stream.subarray(at, at + length), (tag) => found.push(tag))
    at += length
  }
  return found
}
