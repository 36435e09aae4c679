import type { OutboundSettings } from '../../config/outbound-schema.ts'
import type { DayHours } from '../../config/values.ts'
import { zonesOfNumber, zonesOfState } from '../../lib/us-time-zones.ts'
import { nextOpen } from '../open-time.ts'

/** Where the called may be. */
export interface CallingPlace {
  /** IANA. */
  readonly timeZone: string
  /** Two letters, where a state with hours of its own is meant. */
  readonly state: string | undefined
}

export type CallingHours = OutboundSettings['hours']

const SUNDAY = 7

/** Federal law, and the states whose hours are narrower (RELIABILITY C6). */
const FEDERAL = { opensAtMinute: 8 * 60, closesAtMinute: 21 * 60 }
const UNTIL_EIGHT = { opensAtMinute: 8 * 60, closesAtMinute: 20 * 60 }
const FROM_NOON = { opensAtMinute: 12 * 60, closesAtMinute: 21 * 60 }
const STATE_HOURS: Readonly<Record<string, { readonly weekdays: Open; readonly sunday: Open }>> = {
  FL: { weekdays: UNTIL_EIGHT, sunday: UNTIL_EIGHT },
  OK: { weekdays: UNTIL_EIGHT, sunday: UNTIL_EIGHT },
  MD: { weekdays: UNTIL_EIGHT, sunday: UNTIL_EIGHT },
  TX: { weekdays: FEDERAL, sunday: FROM_NOON },
}

/** Area codes of those states. */
const STATE_OF_AREA_CODE = new Map(
  Object.entries({
    FL: '239 305 321 324 352 386 407 448 561 645 656 689 727 728 754 772 786 813 850 863 904 941 954',
    OK: '405 539 572 580 918',
    MD: '227 240 301 410 443 667',
    TX:
      '210 214 254 281 325 346 361 409 430 432 469 512 621 682 713 726 737 806 817 830 832 903 915 936 940 945 956 ' +
      '972 979',
  }).flatMap(([state, codes]) => codes.split(' ').map((code) => [code, state] as const)),
)

type Open = Exclude<DayHours, 'closed'>

/**
 * Every place whose clock counts: those of the area code and those of the address they told us, since people move and
 * keep their number. None where neither says anything: then nobody is called.
 */
export function placesOf(number: string, statedState: string | undefined): readonly CallingPlace[] {
  const ofNumber = STATE_OF_AREA_CODE.get(/^\+1(\d{3})/.exec(number)?.[1] ?? '')
  const stated = statedState?.toUpperCase()
  return [
    ...zonesOfNumber(number).map((timeZone) => ({ timeZone, state: ofNumber })),
    ...(stated ? zonesOfState(stated).map((timeZone) => ({ timeZone, state: stated })) : []),
  ]
}

/** `at` itself when every place may be called then, else the next moment when they all may; epoch ms. */
export function callableFrom(places: readonly CallingPlace[], at: number, hours: CallingHours): number | undefined {
  const open = places.map(({ timeZone, state }) => ({
    timeZone,
    hoursOn: (dayOfWeek: number) => hoursOn(dayOfWeek, state, hours),
  }))
  return nextOpen(at, open)
}

/** What the company, the country and the state all allow. */
function hoursOn(dayOfWeek: number, state: string | undefined, hours: CallingHours): DayHours {
  const isSunday = dayOfWeek === SUNDAY
  const ours = isSunday ? hours.sunday : hours.mondayToSaturday
  if (ours === 'closed') return 'closed'
  const ofState = STATE_HOURS[state ?? '']
  const all = [ours, FEDERAL, ...(ofState ? [isSunday ? ofState.sunday : ofState.weekdays] : [])]
  const opensAtMinute = Math.max(...all.map((open) => open.opensAtMinute))
  const closesAtMinute = Math.min(...all.map((open) => open.closesAtMinute))
  return opensAtMinute < closesAtMinute ? { opensAtMinute, closesAtMinute } : 'closed'
}
