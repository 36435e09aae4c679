import { expect, it } from 'vitest'
import { encodedSilence } from '../../src/audio/encoded-audio.ts'
import { KeptAudio } from '../../src/audio/kept-audio.ts'

it('keeps a copy, and so neither what overwrites a read buffer nor the buffer itself', () => {
  // A cascade's ears once kept the frames themselves: 15 s of views, each of which held a whole read buffer.
  const readBuffer = Buffer.alloc(65_536)
  const frame = encodedSilence(20)
  frame.copy(readBuffer, 100)
  const kept = new KeptAudio()
  kept.add(readBuffer.subarray(100, 100 + frame.length))
  readBuffer.fill(0)
  expect(kept.pieces).toEqual([frame])
})

it('forgets what ended before, in whole pieces, and knows where the stream stands all the same', () => {
  const kept = new KeptAudio()
  const [first, second, third] = [20, 40, 60].map((ms) => kept.add(encodedSilence(ms)))
  kept.forgetBefore(19)
  expect(kept.pieces).toEqual([first, second, third])
  kept.forgetBefore(60)
  expect(kept.pieces).toEqual([third])
  kept.forgetBefore(500)
  expect(kept.pieces).toEqual([])
  expect(kept.positionMs).toBe(120)
})
