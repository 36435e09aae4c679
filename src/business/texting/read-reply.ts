import type { ParsedComponents, ParsedResult } from 'chrono-node'
import * as english from 'chrono-node/en'
import * as spanish from 'chrono-node/es'

/** What somebody means by a text, as far as it can be told without guessing. */
export type Reply =
  | { readonly means: 'choice'; readonly number: number }
  | { readonly means: 'yes' | 'no' }
  | { readonly means: 'wish'; readonly wish: WishedTime }
  | { readonly means: 'other' }

/** A time somebody asks for, by the clock of the zone it was read in. */
export interface WishedTime {
  /** `2026-12-01`; undefined: any day. */
  readonly date: string | undefined
  /** `13:00`: no earlier, and beginning before. */
  readonly from: string | undefined
  readonly until: string | undefined
}

export interface ReadReplyOptions {
  /** Epoch ms. */
  readonly at: number
  /** Offset of their zone from UTC at that time, in minutes: +60 is Central Europe in winter. */
  readonly zoneOffsetMinutes: number
  /** Whether we have just offered them a time: a bare day is a wish then. */
  readonly wasOffered: boolean
}

/** Longer texts are for a person to read. */
const LONGEST_READ = 200

/** Reads English and Spanish, and 1 and 2 in any language. */
export function readReply(text: string, options: ReadReplyOptions): Reply {
  if (text.length > LONGEST_READ) return { means: 'other' }
  const bare = lettersOf(text)
  const choice = CHOICE.exec(bare)?.[1]
  if (choice !== undefined) return { means: 'choice', number: CHOICES.get(choice) ?? Number(choice) }
  if (YES.test(bare) || /^(👍|👌|✅)/u.test(text.trim())) return { means: 'yes' }
  if (NO.test(bare)) return { means: 'no' }
  const wish = wishIn(text, bare, options)
  return wish ? { means: 'wish', wish } : { means: 'other' }
}

/** Small letters without accents, and figures. */
function lettersOf(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’]/g, '')
  return plain.replace(/[\p{P}\p{S}\s]+/gu, ' ').trim()
}

const CHOICES: ReadonlyMap<string, number> = new Map([
  ...['one', 'uno', 'una', 'first', 'primera', 'primero'].map((word) => [word, 1] as const),
  ...['two', 'dos', 'second', 'segunda', 'segundo'].map((word) => [word, 2] as const),
])

const CHOICE =
  /^(?:(?:ok|okay|yes|si|the|la|el|option|opcion|number|numero|ill take|please|reply|press|quiero|prefiero) )*([12]|one|two|uno|una|dos|first|second|primera|primero|segunda|segundo)(?: (?:one|please|por favor|thanks|thank you|gracias|is good|works|works for me|esta bien))*$/

const YES =
  /^(y|yes|yep|yeah|yup|ya|sure|ok|okay|k|confirm|confirmed|i confirm|c|correct|perfect|great|sounds good|works|works for me|that works|that works for me|see you then|see you there|ill be there|s|si|claro|claro que si|confirmo|confirmar|confirmado|de acuerdo|esta bien|perfecto|vale|dale|bueno|ahi estare)( (please|thanks|thank you|por favor|gracias|yes|si|ok|sure|confirm|confirmo|i confirm|ill be there|that works|works for me|perfect|perfecto|see you then|i will be there))*$/

const NO =
  /^(n|no|nope|nah|no thanks|no thank you|not anymore|cant make it|i cant make it|sorry cant make it|i cant|cant|no gracias|no puedo|no voy a poder|no podre|ya no|cancel (?:it|that|this|my appointment|my call|the appointment|the call|appointment|please)|please cancel(?: (?:it|that|my appointment|my call|the appointment|the call))?|cancele? (?:mi|la) (?:cita|llamada)|cancelar? (?:mi|la) (?:cita|llamada))( (please|thanks|thank you|sorry|por favor|gracias))*$/

/** Words of somebody who asks for another time, rather than telling about one. */
const ASKS =
  /\b(can (we|i|you)|could (we|i|you)|how about|what about|is there|are you|do you have|anything|any time|prefer|instead|reschedule|move|change|rather|better|works|work for|available|free|make it|lets do|let us|id like|i would like|want|podemos|puedo|podria|podriamos|puede|que tal|mejor|prefiero|cambiar|mover|quiero|quisiera|tienen|hay|seria|disponible|me conviene|me sirve)\b/

/** Words that belong to a time or join its parts. */
const AROUND_A_TIME =
  /\b(am|pm|a|m|p|at|on|in|the|and|or|to|by|between|from|before|after|around|about|for|of|el|la|los|las|a|de|del|por|en|entre|y|o|al|sobre|antes|despues|morning|afternoon|evening|noon|manana|tarde|noche|dia|please|por favor|instead|hi|hello|hola|ok|yes|no|si|\d+)\b/g

function wishIn(text: string, bare: string, options: ReadReplyOptions): WishedTime | undefined {
  const reference = { instant: new Date(options.at), timezone: options.zoneOffsetMinutes }
  for (const { casual } of [english, spanish]) {
    const found = casual.parse(text, reference, { forwardDate: true })[0]
    if (!found || !isTime(found)) continue
    const others = otherWords(bare, found.text)
    if (ASKS.test(bare) || others <= (options.wasOffered ? 3 : 0)) return toWish(found, bare)
  }
  return undefined
}

/** How many words say something besides the time. */
function otherWords(bare: string, time: string): number {
  const ofTime = new Set(lettersOf(time).split(' '))
  const rest = bare.replace(AROUND_A_TIME, ' ').split(' ')
  return rest.filter((word) => word !== '' && !ofTime.has(word)).length
}

/** "In spring" is no time to meet. */
function isTime({ start }: ParsedResult): boolean {
  return (['weekday', 'day', 'hour'] as const).some((part) => start.isCertain(part)) || start.get('hour') !== null
}

function toWish({ start, end }: ParsedResult, bare: string): WishedTime {
  const date = start.isCertain('weekday') || start.isCertain('day') ? dateOf(start) : undefined
  const part = PARTS_OF_DAY.find(({ said }) => said.test(bare))
  if (!start.isCertain('hour')) return { date, from: part?.from, until: part?.until }
  const from = minuteOf(start)
  const until = end?.isCertain('hour') ? minuteOf(end) : from + 120
  return { date, from: clockOf(from), until: clockOf(Math.max(until, from + 30)) }
}

const PARTS_OF_DAY = [
  { said: /\b(morning|(por|en|de) la manana)\b/, from: '07:00', until: '12:00' },
  { said: /\b(afternoon|tarde)\b/, from: '12:00', until: '17:00' },
  { said: /\b(evening|tonight|noche)\b/, from: '17:00', until: '21:00' },
] as const

/** In minutes after midnight. Nobody means four in the morning. */
function minuteOf(time: ParsedComponents): number {
  const hour = time.get('hour') ?? 0
  const isAfternoon = hour >= 1 && hour <= 6 && !(time.isCertain('meridiem') && time.get('meridiem') === 0)
  return (isAfternoon ? hour + 12 : hour) * 60 + (time.get('minute') ?? 0)
}

function dateOf(start: ParsedComponents): string {
  const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')].map(String)
  return `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
}

function clockOf(minuteOfDay: number): string {
  const minute = Math.min(minuteOfDay, 24 * 60 - 1)
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
