import { z } from 'zod'

/** The three messages a server may send on a media stream. A key more or less, and the carrier ignores the message. */
const serverMessage = z.discriminatedUnion('event', [
  z.strictObject({
    event: z.literal('media'),
    streamSid: z.string(),
    media: z.strictObject({ payload: z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, 'not base64') }),
  }),
  z.strictObject({ event: z.literal('mark'), streamSid: z.string(), mark: z.strictObject({ name: z.string() }) }),
  z.strictObject({ event: z.literal('clear'), streamSid: z.string() }),
])

export type ServerMessage = z.infer<typeof serverMessage>

export type ReadServerMessage =
  | { readonly ok: true; readonly message: ServerMessage }
  /** 31950 malformed, 31951 invalid: the carrier's codes. */
  | { readonly ok: false; readonly code: 31950 | 31951; readonly problem: string }

/** Judges one frame from the server as the carrier does. */
export function readServerMessage(frame: Buffer, isBinary: boolean, streamSid: string): ReadServerMessage {
  if (isBinary) return { ok: false, code: 31950, problem: 'a binary frame; messages are text' }
  let json: unknown
  try {
    json = JSON.parse(frame.toString('utf8'))
  } catch {
    return { ok: false, code: 31951, problem: 'not JSON' }
  }
  const read = serverMessage.safeParse(json)
  if (!read.success) return { ok: false, code: 31951, problem: z.prettifyError(read.error) }
  if (read.data.streamSid === streamSid) return { ok: true, message: read.data }
  return { ok: false, code: 31951, problem: `streamSid ${read.data.streamSid} is not that of this stream` }
}
