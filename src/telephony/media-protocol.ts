import { z } from 'zod'
import type { EncodedAudio } from '../audio/encoded-audio.ts'
import { type MediaMessage, parseMediaFrame } from './media-frame.ts'

/**
 * The wire of Twilio's bidirectional Media Streams. Twilio publishes no types for it; these follow its documentation
 * and captured traffic. What is unknown is tolerated, what is broken is named, nothing here throws.
 */
export type CarrierMessage =
  | { readonly type: 'connected' }
  | { readonly type: 'start'; readonly start: StreamStart }
  | MediaMessage
  | { readonly type: 'dtmf'; readonly digit: string }
  | { readonly type: 'mark'; readonly name: string }
  | { readonly type: 'stop' }
  /** Well formed, and none of our business. */
  | { readonly type: 'unknown'; readonly event: string }
  | { readonly type: 'malformed'; readonly reason: string }

/** What Twilio says of a stream when it starts. */
export interface StreamStart {
  readonly streamSid: string
  readonly callSid: string
  readonly accountSid: string
  /** The `<Parameter>`s of our TwiML. */
  readonly customParameters: Readonly<Record<string, string>>
}

/** Reads one WebSocket message. Media frames take a path without JSON.parse; every other message takes its time. */
export function parseCarrierMessage(raw: Buffer, isBinary: boolean): CarrierMessage {
  if (isBinary) return { type: 'malformed', reason: 'binary frame' }
  if (raw.length > LONGEST_MESSAGE_BYTES) return { type: 'malformed', reason: 'oversized message' }
  return parseMediaFrame(raw) ?? parseJson(raw)
}

/** Twilio's are under 1 KB, `start` with its parameters a few; reading more costs time that belongs to other calls. */
const LONGEST_MESSAGE_BYTES = 16 * 1024

/**
 * Makes the media frames of one stream around audio that is base64 already. Twilio warns (31951) about any key more
 * or less than these.
 */
export function createMediaFramer(streamSid: string): (audio: EncodedAudio) => Buffer {
  const prefix = Buffer.from(`{"event":"media","streamSid":${JSON.stringify(streamSid)},"media":{"payload":"`)
  const suffix = Buffer.from('"}}')
  return (audio) => {
    const frame = Buffer.allocUnsafe(prefix.length + audio.length + suffix.length)
    prefix.copy(frame, 0)
    audio.copy(frame, prefix.length)
    suffix.copy(frame, prefix.length + audio.length)
    return frame
  }
}

/** Asks Twilio to send `name` back when everything sent before has been played. */
export function markMessage(streamSid: string, name: string): string {
  return JSON.stringify({ event: 'mark', streamSid, mark: { name } })
}

/** Makes Twilio forget what it has not played. It then echoes all pending marks at once. */
export function clearMessage(streamSid: string): string {
  return JSON.stringify({ event: 'clear', streamSid })
}

const messageSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('connected') }),
  z.object({
    event: z.literal('start'),
    start: z.object({
      streamSid: z.string().min(1),
      callSid: z.string().min(1),
      accountSid: z.string().min(1),
      // Absent in old captures when there are none.
      customParameters: z.record(z.string(), z.string()).default({}),
    }),
  }),
  z.object({
    event: z.literal('media'),
    media: z.object({
      payload: z.base64().min(1),
      // Decimal digits in a string by the documentation; a number does no harm.
      timestamp: z.union([
        z
          .string()
          .regex(/^\d{1,15}$/)
          .transform(Number),
        z.int().nonnegative(),
      ]),
    }),
  }),
  z.object({ event: z.literal('dtmf'), dtmf: z.object({ digit: z.string().regex(/^[0-9A-D*#]$/) }) }),
  z.object({ event: z.literal('mark'), mark: z.object({ name: z.string() }) }),
  z.object({ event: z.literal('stop') }),
])

const KNOWN_EVENTS: ReadonlySet<string> = new Set(messageSchema.options.map((option) => option.shape.event.value))

function parseJson(raw: Buffer): CarrierMessage {
  let json: unknown
  try {
    json = JSON.parse(raw.toString('utf8'))
  } catch {
    return { type: 'malformed', reason: 'not JSON' }
  }
  const parsed = messageSchema.safeParse(json)
  if (parsed.success) return toMessage(parsed.data)
  const event = eventOf(json)
  if (event !== undefined && !KNOWN_EVENTS.has(event)) return { type: 'unknown', event: event.slice(0, 40) }
  const issue = parsed.error.issues[0]
  return { type: 'malformed', reason: `${event ?? 'no event'}: ${issue?.path.join('.')} ${issue?.message}` }
}

function toMessage(message: z.infer<typeof messageSchema>): CarrierMessage {
  switch (message.event) {
    case 'connected':
    case 'stop':
      return { type: message.event }
    case 'start':
      return { type: 'start', start: message.start }
    case 'media': {
      const { payload, timestamp } = message.media
      return { type: 'media', audio: Buffer.from(payload, 'latin1'), timestampMs: timestamp }
    }
    case 'dtmf':
      return { type: 'dtmf', digit: message.dtmf.digit }
    case 'mark':
      return { type: 'mark', name: message.mark.name }
    default:
      return message satisfies never
  }
}

function eventOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || !('event' in json)) return undefined
  return typeof json.event === 'string' ? json.event : undefined
}
