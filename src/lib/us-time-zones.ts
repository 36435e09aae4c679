import { AREA_CODES_BY_ZONES, STATES_BY_ZONES } from './us-area-codes.ts'

/**
 * IANA zones a telephone number of the United States, their territories or Canada may be in, by its area code; the most
 * likely first. Several where the code crosses a border of zones: a time window has to be open in each, and a time told
 * in only one of them needs asking. None for a number from elsewhere, a free one, and a code nobody knows yet.
 *
 * A mobile telephone keeps its area code when its owner moves: this is a beginning, not an address (RELIABILITY F20).
 */
export function zonesOfNumber(e164: string): readonly string[] {
  const [, areaCode = ''] = /^\+1([2-9]\d\d)[2-9]\d{6}$/.exec(e164) ?? []
  return ZONES_OF_AREA_CODE.get(areaCode) ?? []
}

/** IANA zones of a state, the district or a territory by its two letters, as `TX`; most people's first. */
export function zonesOfState(state: string): readonly string[] {
  return ZONES_OF_STATE.get(state.toUpperCase()) ?? []
}

const ZONES_OF_AREA_CODE = turned(AREA_CODES_BY_ZONES)
const ZONES_OF_STATE = turned(STATES_BY_ZONES)

function turned(byZones: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(byZones).flatMap(([zones, names]) =>
      names.split(' ').map((name) => [name, zones.split(' ')] as const),
    ),
  )
}
