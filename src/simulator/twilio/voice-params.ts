import type { CallStatus } from './call-events.ts'
import type { WebhookParams } from './webhook-client.ts'

/** What the params of a call's webhooks are made of. */
export interface CallDescription {
  readonly accountSid: string
  readonly callSid: string
  readonly parentCallSid?: string | undefined
  readonly from: string
  readonly to: string
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-dial'
  readonly status: CallStatus
}

/** The params every voice webhook carries; places are often empty, and an empty value is part of the signature. */
export function describeCall(call: CallDescription): WebhookParams {
  return {
    AccountSid: call.accountSid,
    ApiVersion: '2010-04-01',
    CallSid: call.callSid,
    ...(call.parentCallSid === undefined ? {} : { ParentCallSid: call.parentCallSid }),
    CallStatus: call.status,
    Direction: call.direction,
    ...describeEnd(['From', 'Caller'], call.from, { City: 'MODESTO', State: 'CA', Zip: '95354', Country: 'US' }),
    ...describeEnd(['To', 'Called'], call.to, { City: '', State: 'CA', Zip: '', Country: 'US' }),
  }
}

/** What only the first webhook of an incoming call brings along. */
export function describeOrigin(from: string): WebhookParams {
  const jwt = 'eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl'
  return {
    CallToken: encodeURIComponent(JSON.stringify({ parentCallInfoToken: jwt, identityHeaderTokens: [] })),
    ...(from.startsWith('+') ? { StirVerstat: 'TN-Validation-Passed-A', StirPassportToken: jwt } : {}),
  }
}

/** RFC 2822 as the carrier writes it: `Fri, 20 Nov 2026 15:00:00 +0000`. */
export function toRfc2822(epochMs: number): string {
  return new Date(epochMs).toUTCString().replace('GMT', '+0000')
}

/** The carrier names each end twice. */
function describeEnd(names: readonly string[], number: string, place: Record<string, string>): WebhookParams {
  const places = number.startsWith('+') ? place : Object.fromEntries(Object.keys(place).map((part) => [part, '']))
  return Object.fromEntries(
    names.flatMap((name) => [
      [name, number],
      ...Object.entries(places).map(([part, value]) => [`${name}${part}`, value]),
    ]),
  )
}
