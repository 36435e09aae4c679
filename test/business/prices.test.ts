import { describe, expect, it } from 'vitest'
import { loadPrices } from '../../src/business/prices.ts'
import type { Usage } from '../../src/engines/engine.ts'

const prices = loadPrices('config/prices.yaml')

const usage = (counted: Partial<Usage>): Usage => ({
  model: 'gpt-realtime-2.1',
  textIn: 0,
  textCachedIn: 0,
  textOut: 0,
  audioIn: 0,
  audioCachedIn: 0,
  audioOut: 0,
  audioSeconds: 0,
  ...counted,
})

describe('the price table', () => {
  it.each([
    ['textIn', 4],
    ['textCachedIn', 0.4],
    ['textOut', 24],
    ['audioIn', 32],
    ['audioCachedIn', 0.4],
    ['audioOut', 64],
  ] as const)('prices a million %s tokens at $%d', (kind, usd) => {
    expect(prices.costOf([usage({ [kind]: 1_000_000 })], 0).usd).toBe(usd)
  })

  it('adds up all usages of a call, of several models', () => {
    const talk = usage({ textIn: 55, textCachedIn: 64, audioIn: 13, textOut: 30, audioOut: 91 })
    const transcript = usage({ model: 'gpt-realtime-whisper', audioSeconds: 90 })
    const inDollars = (55 * 4 + 64 * 0.4 + 13 * 32 + 30 * 24 + 91 * 64) / 1e6 + 1.5 * 0.017
    expect(prices.costOf([talk, transcript], 0).usd).toBeCloseTo(inDollars, 6)
  })

  it.each([
    [0, 0],
    [1, 0.0085],
    [60_000, 0.0085],
    [60_001, 0.017],
  ])('bills %d ms of telephone as started minutes: $%d', (telephonyMs, usd) => {
    expect(prices.costOf([], telephonyMs).usd).toBe(usd)
  })

  it('says which models it could not price', () => {
    const unknown = usage({ model: 'gpt-next', audioOut: 1_000 })
    expect(prices.costOf([unknown, unknown], 60_000)).toEqual({
      usd: 0.0085,
      version: prices.version,
      unpricedModels: ['gpt-next'],
    })
  })

  it('refuses at start a model that it has no price for', () => {
    expect(() => prices.assertKnown('gpt-realtime-2.1-mini')).not.toThrow()
    expect(() => prices.assertKnown('gpt-next')).toThrow(expect.objectContaining({ code: 'price_unknown' }))
  })
})
