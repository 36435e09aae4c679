import { z } from 'zod'
import { Problems } from '../config/problems.ts'
import { readYamlFile } from '../config/yaml-file.ts'
import type { Usage } from '../engines/engine.ts'
import { HearthlineError } from '../lib/errors.ts'

/** What a call costs, by one version of the price table. */
export interface Prices {
  readonly version: string
  /** Throws `price_unknown` when a model has no price: ask at start, not when the bill comes. */
  assertKnown(model: string): void
  /** The cost of a call: `telephonyMs` is billed by the started minute, as the carrier does. */
  costOf(usages: readonly Usage[], telephonyMs: number): Cost
}

export interface Cost {
  /** US dollars, to the millionth. */
  readonly usd: number
  /** Of the price table. */
  readonly version: string
  /** Models that were used but have no price; `usd` leaves them out, so it is too low when there are any. */
  readonly unpricedModels: readonly string[]
}

/** Reads the price table. Throws `bad_config` naming file, line and key. */
export function loadPrices(file: string): Prices {
  const problems = new Problems()
  const table = readYamlFile(file, priceTableSchema, problems)
  if (!table) throw problems.toError()
  return createPrices(table)
}

const dollars = z.number('a price in US dollars, as a number').min(0)

/** A kind of token a model never counts may be left out; it then costs nothing. */
const modelPricesSchema = z.strictObject({
  textIn: dollars.default(0),
  textCachedIn: dollars.default(0),
  textOut: dollars.default(0),
  audioIn: dollars.default(0),
  audioCachedIn: dollars.default(0),
  audioOut: dollars.default(0),
  audioMinute: dollars.default(0),
})

const priceTableSchema = z.strictObject({
  version: z.string().min(1),
  /** By the name the engine reports. Dollars per million tokens; `audioMinute` per minute of audio. */
  models: z.record(z.string(), modelPricesSchema),
  telephony: z.strictObject({ inboundMinute: dollars }),
})

type PriceTable = z.output<typeof priceTableSchema>

function createPrices(table: PriceTable): Prices {
  return {
    version: table.version,

    assertKnown(model) {
      if (table.models[model]) return
      const message = `The price table ${table.version} has no prices for the model "${model}". Add them under "models".`
      throw new HearthlineError('price_unknown', message)
    },

    costOf(usages, telephonyMs) {
      const telephonyUsd = Math.ceil(Math.max(0, telephonyMs) / 60_000) * table.telephony.inboundMinute
      const usd = usages.reduce((sum, usage) => sum + costOfUsage(usage, table.models[usage.model]), telephonyUsd)
      const unpriced = usages.map(({ model }) => model).filter((model) => !table.models[model])
      return { usd: Math.round(usd * 1e6) / 1e6, version: table.version, unpricedModels: [...new Set(unpriced)] }
    },
  }
}

/** Cached tokens are not contained in the uncached figures of a `Usage`, so the kinds simply add up. */
function costOfUsage(usage: Usage, prices: PriceTable['models'][string] | undefined): number {
  if (!prices) return 0
  const perMillion = TOKEN_KINDS.reduce((sum, kind) => sum + usage[kind] * prices[kind], 0)
  return perMillion / 1e6 + (usage.audioSeconds / 60) * prices.audioMinute
}

const TOKEN_KINDS = ['textIn', 'textCachedIn', 'textOut', 'audioIn', 'audioCachedIn', 'audioOut'] as const
