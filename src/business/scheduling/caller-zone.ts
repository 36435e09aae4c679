import type { Span } from '../../calendar/calendar.ts'
import { localTimeOf } from '../../lib/local-time.ts'
import { zonesOfNumber, zonesOfState } from '../../lib/us-time-zones.ts'

/** One zone to tell times in, or the zones between which the caller has to choose. */
export type CallerZone = { readonly timeZone: string } | { readonly ask: readonly string[] }

/**
 * In which zone a caller hears times: by their area code and the state of the property. Where the two have one clock
 * in common it is that; where they differ, or where one of them crosses a border of zones, the caller is asked. Zones
 * whose clocks agree throughout `span`, as Phoenix and Denver do in winter, are one. `fallback` is for a caller of
 * whom neither is known, and the words of a time name its zone in any case.
 */
export function callerZone(caller: {
  readonly number: string | undefined
  /** Two letters. */
  readonly state: string | undefined
  readonly span: Span
  readonly fallback: string
}): CallerZone {
  const { number, state, span, fallback } = caller
  const ofNumber = zonesOfNumber(number ?? '')
  const ofState = zonesOfState(state ?? '')
  const common = ofNumber.filter((zone) => ofState.some((other) => haveOneClock(zone, other, span)))
  const likely = common.length > 0 ? common : [...ofNumber, ...ofState]
  const different = likely.filter((zone, at) => !likely.slice(0, at).some((other) => haveOneClock(zone, other, span)))
  const [first = fallback, ...others] = different
  return others.length === 0 ? { timeZone: first } : { ask: different }
}

function haveOneClock(one: string, other: string, { startsAt, endsAt }: Span): boolean {
  return (
    one === other ||
    [startsAt, endsAt].every(
      (at) => localTimeOf(at, one).offsetNanoseconds === localTimeOf(at, other).offsetNanoseconds,
    )
  )
}
