import { describe, expect, it } from 'vitest'
import { encodedSilence } from '../../../src/audio/encoded-audio.ts'
import { Utterances } from '../../../src/engines/openai/utterances.ts'

function utterancesWith(heard: { passedOnMs: number; heldBackMs?: number }): Utterances {
  const utterances = new Utterances()
  utterances.addAudio('item_1', 'resp_1', encodedSilence(heard.passedOnMs), true)
  if (heard.heldBackMs) utterances.addAudio('item_1', 'resp_1', encodedSilence(heard.heldBackMs), false)
  return utterances
}

describe('cutting', () => {
  it.each([
    [0, 0],
    [80.9, 80],
    [200, 200],
    [5_000, 200],
    [-3, 0],
  ])('after %d ms heard of 200 ends at %d ms', (heardMs, audioEndMs) => {
    expect(utterancesWith({ passedOnMs: 200 }).cut('item_1', heardMs)).toEqual({ itemId: 'item_1', audioEndMs })
  })

  it('never gives back what was cut before', () => {
    const utterances = utterancesWith({ passedOnMs: 200 })
    utterances.cut('item_1', 50)
    expect(utterances.cut('item_1', 120)).toBeUndefined()
    expect(utterances.cut('item_1', 50)).toBeUndefined()
    expect(utterances.cut('item_1', 20)).toMatchObject({ audioEndMs: 20 })
  })

  it('knows nothing of words that were not its own', () => {
    expect(new Utterances().cut('phrase_opening', 100)).toBeUndefined()
  })

  it('owes a cut only where audio was held back and none was made', () => {
    expect(utterancesWith({ passedOnMs: 200 }).cutHeldBack('resp_1')).toEqual([])
    const utterances = utterancesWith({ passedOnMs: 200, heldBackMs: 100 })
    expect(utterances.cutHeldBack('resp_2')).toEqual([])
    expect(utterances.cutHeldBack('resp_1')).toEqual([{ itemId: 'item_1', audioEndMs: 200 }])
    expect(utterances.cutHeldBack('resp_1')).toEqual([])
  })
})

describe('completing', () => {
  it('happens once', () => {
    const utterances = utterancesWith({ passedOnMs: 20 })
    expect([utterances.complete('item_1'), utterances.complete('item_1')]).toEqual([true, false])
  })

  it('is no news of an utterance the call never got', () => {
    expect(utterancesWith({ passedOnMs: 0, heldBackMs: 100 }).complete('item_1')).toBe(false)
    expect(new Utterances().complete('item_1')).toBe(false)
  })
})
