import type { EmulatedCall } from './emulated-call.ts'
import { toRfc2822 } from './voice-params.ts'

/** The carrier's error body; the official client turns it into a `RestException`. */
export function describeError(status: number, code: number, message: string) {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }
}

/** A call as REST shows it: counts are strings, what is not known is null. */
export function describeCallResource(call: EmulatedCall) {
  const accountUri = `/2010-04-01/Accounts/${call.carrier.accountSid}`
  const uri = `${accountUri}/Calls/${call.callSid}.json`
  const date = toRfc2822(call.placedAt)
  const { durationSeconds } = call
  return {
    sid: call.callSid,
    account_sid: call.carrier.accountSid,
    api_version: '2010-04-01',
    from: call.from,
    from_formatted: call.from,
    to: call.to,
    to_formatted: call.to,
    direction: call.direction,
    status: call.status,
    duration: durationSeconds === undefined ? null : String(durationSeconds),
    date_created: date,
    date_updated: toRfc2822(call.carrier.clock.now()),
    start_time: date,
    end_time: call.endedAt === undefined ? null : toRfc2822(call.endedAt),
    parent_call_sid: call.parentCallSid ?? null,
    phone_number_sid: null,
    answered_by: call.answeredBy ?? null,
    caller_name: null,
    forwarded_from: null,
    group_sid: null,
    trunk_sid: null,
    price: null,
    price_unit: 'USD',
    queue_time: '0',
    annotation: null,
    subresource_uris: { recordings: `${accountUri}/Calls/${call.callSid}/Recordings.json` },
    uri,
  }
}

/** A recording that has just begun. */
export function describeRecordingResource(call: EmulatedCall, recordingSid: string, epochMs: number, channels: number) {
  const date = toRfc2822(epochMs)
  return {
    sid: recordingSid,
    account_sid: call.carrier.accountSid,
    call_sid: call.callSid,
    conference_sid: null,
    api_version: '2010-04-01',
    status: 'in-progress',
    source: 'StartCallRecordingAPI',
    channels,
    duration: null,
    price: null,
    price_unit: null,
    error_code: null,
    encryption_details: null,
    track: 'both',
    date_created: date,
    date_updated: date,
    start_time: date,
    uri: `/2010-04-01/Accounts/${call.carrier.accountSid}/Calls/${call.callSid}/Recordings/${recordingSid}.json`,
  }
}

/** A list as REST shows it; everything is on the first page. */
export function describePage<Resource>(key: string, resources: readonly Resource[], uri: string) {
  const last = Math.max(0, resources.length - 1)
  return {
    ...{ [key]: resources, page: 0, page_size: resources.length, start: 0, end: last },
    ...{ uri, first_page_uri: uri, next_page_uri: null, previous_page_uri: null },
  }
}
