import { z } from 'zod'
import { oneLine } from '../lib/one-line.ts'

/** The kinds of values settings have. Error texts complete the sentence "expected ...". */

export function text(expected: string, pattern = /./s) {
  return z.string({ error: expected }).regex(pattern, { error: expected })
}

/** A name that is said and texted: in one line, and with nothing in it that does not show. */
export function shownName() {
  const error = 'a name in one line, without spaces around it or signs that do not show'
  return z
    .string()
    .min(1)
    .max(100)
    .refine((value) => oneLine(value) === value, { error })
}

/** An E.164 number. */
export function phoneNumber() {
  return text('a phone number in quotes, in the form "+16175550100"', /^\+[1-9]\d{6,14}$/)
}

export function flag() {
  return z.enum(['true', 'false'], { error: 'true or false' }).transform((value) => value === 'true')
}

export function wholeNumber(min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`
  return z
    .string({ error })
    .regex(/^\d+$/, { error })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error })
}

/** Https, or http on this machine for a rehearsal; without a path. Gives the origin, without a slash at the end. */
export function publicOrigin() {
  const error = 'an https address without a path, such as https://phone.example.com (http only for this machine)'
  return z
    .string({ error })
    .refine((value) => isPublicOrigin(value), { error })
    .transform((value) => new URL(value).origin)
}

function isPublicOrigin(value: string): boolean {
  const address = URL.parse(value)
  if (!address || address.href !== `${address.origin}/`) return false
  const isThisMachine = ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname)
  return address.protocol === 'https:' || (address.protocol === 'http:' && isThisMachine)
}

/**
 * Where a provider, or an emulator that stands in for it, is asked: paths are put behind it, and who we are is said by
 * keys alone. Gives it without a slash at the end.
 */
export function serviceUrl() {
  const error = 'an http or https address without user, password, ? or #'
  return z
    .string({ error })
    .refine((value) => isServiceUrl(value), { error })
    .transform((value) => value.replace(/\/+$/, ''))
}

function isServiceUrl(value: string): boolean {
  const { protocol = '', username, password } = URL.parse(value) ?? {}
  return ['https:', 'http:'].includes(protocol) && !username && !password && !/[?#]/.test(value)
}

export function url(protocols: readonly string[], error: string) {
  return z.string({ error }).refine((value) => protocols.includes(URL.parse(value)?.protocol ?? ''), { error })
}

/** When the office is open on one day, in minutes after local midnight; `closesAtMinute` is the first closed one. */
export type DayHours = 'closed' | { readonly opensAtMinute: number; readonly closesAtMinute: number }

/** `"09:00-17:30"` or `closed`. */
export function dayHours() {
  const error = 'hours such as "09:00-17:30", or closed'
  return z.string({ error }).transform((value, context): DayHours => {
    const hours = value === 'closed' ? value : parseHours(value)
    if (hours) return hours
    context.addIssue({ code: 'custom', message: error })
    return z.NEVER
  })
}

export function timeZone() {
  const error = 'an IANA time zone such as America/New_York'
  return z
    .string({ error })
    .refine((value) => isAccepted(() => Intl.DateTimeFormat('en', { timeZone: value })), { error })
}

/** BCP 47. */
export function languageTag() {
  const error = 'a language tag such as en-US'
  return z.string({ error }).refine((value) => isAccepted(() => new Intl.Locale(value)), { error })
}

function parseHours(value: string): DayHours | undefined {
  const [, opens, closes] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(value) ?? []
  const opensAtMinute = minuteOfDay(opens)
  const closesAtMinute = minuteOfDay(closes)
  if (opensAtMinute === undefined || closesAtMinute === undefined || opensAtMinute >= closesAtMinute) return undefined
  return { opensAtMinute, closesAtMinute }
}

function minuteOfDay(time: string | undefined): number | undefined {
  const [hour = Number.NaN, minute = Number.NaN] = (time ?? '').split(':').map(Number)
  const minutes = hour * 60 + minute
  return minute < 60 && minutes <= 24 * 60 ? minutes : undefined
}

function isAccepted(attempt: () => unknown): boolean {
  try {
    attempt()
    return true
  } catch {
    return false
  }
}
