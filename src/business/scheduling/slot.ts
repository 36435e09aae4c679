import { createHash } from 'node:crypto'
import type { Span } from '../../calendar/calendar.ts'

/** A time with an officer, as it was offered to a caller. */
export interface Slot extends Span {
  readonly officerId: string
  /** IANA zone it is told in: the caller's. */
  readonly timeZone: string
  /** Where the property is, as `TX`: another officer must be licensed there as well. */
  readonly state: string | undefined
}

/** What the model calls a slot. Opaque to it, and the same for the same slot. */
export function slotIdOf({ officerId, startsAt, endsAt, timeZone, state = '' }: Slot): string {
  const said = [officerId, inMinutes(startsAt), inMinutes(endsAt - startsAt), timeZone, state].join('|')
  return [VERSION, Buffer.from(said).toString('base64url'), checkOf(said)].join('.')
}

/** Undefined for whatever we did not give out: a model may misread a character, or make an id up. */
export function parseSlotId(id: string): Slot | undefined {
  const [, encoded = ''] = id.split('.')
  const said = Buffer.from(encoded, 'base64url').toString().split('|')
  const [officerId = '', start = '', length = '', timeZone = '', state] = said
  const startsAt = Number.parseInt(start, 36) * MINUTE_MS
  const endsAt = startsAt + Number.parseInt(length, 36) * MINUTE_MS
  const slot = { officerId, startsAt, endsAt, timeZone, state: state || undefined }
  return slotIdOf(slot) === id ? slot : undefined
}

const VERSION = 's1'
const MINUTE_MS = 60_000

function inMinutes(ms: number): string {
  return (ms / MINUTE_MS).toString(36)
}

/** Against slips, not against forgers: what a slot stands for is checked again in the transaction that holds it. */
function checkOf(said: string): string {
  return createHash('sha256').update(`${VERSION}|${said}`).digest('base64url').slice(0, 6)
}
