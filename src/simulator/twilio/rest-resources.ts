import type { EmulatedCall } from './emulated-call.ts'
import { toRfc2822 } from './voice-params.ts'

/** The carrier's error body; the official client turns it into a `RestException`. */
export function describeError(status: number, code: number, message: string) {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }
}

/** A call as REST shows it: counts are strings, what is not known is null. */
export function describeCallResource(call: EmulatedCall, epochMs: number) {
  const accountUri = `/2010-04-01/Accounts/${call.carrier.accountSid}`
  const uri = `${accountUri}/Calls/${call.callSid}.json`
  const date = toRfc2822(epochMs)
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
    duration: call.durationSeconds === undefined ? null : String(call.durationSeconds),
    date_created: date,
    date_updated: date,
    start_time: date,
    end_time: call.durationSeconds === undefined ? null : date,
    parent_call_sid: null,
    phone_number_sid: null,
    answered_by: null,
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
