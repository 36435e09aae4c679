import { find } from '../../src/simulator/model/model-script.ts'
import type { Expectation } from '../../src/simulator/scenario-expectations.ts'
import type { Evidence } from './evidence.ts'
import type { Verdict } from './verdicts.ts'

/** What an expectation of one kind names. */
export type Expected<Kind extends Expectation['expect']> = Omit<Extract<Expectation, { expect: Kind }>, 'expect'>

/** A verdict on a value, where one is wanted. */
export function equal<Value>(what: string, wanted: Value | undefined, found: Value | undefined): Verdict[] {
  return wanted === undefined ? [] : [{ what: `${what} ${wanted}`, ok: wanted === found, found: String(found) }]
}

export function atLeast(what: string, minMs: number, foundMs: number): Verdict {
  return { what: `${what} at least ${minMs} ms`, ok: foundMs >= minMs, found: `${Math.round(foundMs)} ms` }
}

export function atMost(what: string, maxMs: number, foundMs: number | undefined): Verdict {
  const ok = foundMs !== undefined && foundMs <= maxMs
  return {
    what: `${what} at most ${maxMs} ms`,
    ok,
    found: foundMs === undefined ? 'none' : `${Math.round(foundMs)} ms`,
    timing: true,
  }
}

/** When the step ended, or the beginning of time when none is named. */
export function stepEndMs(name: string | undefined, { steps }: Evidence): number {
  if (name === undefined) return Number.NEGATIVE_INFINITY
  // Of a step that was never done nothing can come after.
  return steps.find((step) => step.name === name)?.endedAtMs ?? Number.POSITIVE_INFINITY
}

/** As often as wanted; at least once where no number is. */
export function isCount(found: number, times: number | undefined): boolean {
  return times === undefined ? found > 0 : found === times
}

export function timesText(times: number | undefined): string {
  return times === undefined ? '' : `, times: ${times}`
}

/** Everything that is wanted is there; text is a pattern. */
export function isWithin(wanted: unknown, found: unknown): boolean {
  if (typeof wanted === 'string') return typeof found === 'string' && find(wanted, found) !== undefined
  if (typeof wanted !== 'object' || wanted === null) return wanted === found
  if (typeof found !== 'object' || found === null) return false
  return Object.entries(wanted).every(([key, value]) => isWithin(value, Reflect.get(found, key)))
}

export function count(utterances: number): string {
  return utterances === 1 ? 'once' : `${utterances} times`
}

/** So that a table can be read. */
export function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}...` : text
}
