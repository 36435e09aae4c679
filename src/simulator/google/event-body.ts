import type { calendar_v3 } from '@googleapis/calendar'
import { z } from 'zod'
import { ApiRefusal, invalid } from './api-refusal.ts'

const time = z.strictObject({
  date: z.string().nullable().exactOptional(),
  dateTime: z.string().nullable().exactOptional(),
  timeZone: z.string().nullable().exactOptional(),
})

/** What of an event can be written here. What Google knows besides is refused, so that nobody relies on it unseen. */
const eventBody = z.strictObject({
  id: z.string().exactOptional(),
  status: z.enum(['confirmed', 'tentative', 'cancelled']).exactOptional(),
  summary: z.string().nullable().exactOptional(),
  description: z.string().nullable().exactOptional(),
  location: z.string().nullable().exactOptional(),
  start: time.exactOptional(),
  end: time.exactOptional(),
  transparency: z.enum(['opaque', 'transparent']).exactOptional(),
  visibility: z.enum(['default', 'public', 'private', 'confidential']).exactOptional(),
  attendees: z
    .array(
      z.strictObject({
        email: z.string(),
        displayName: z.string().exactOptional(),
        self: z.boolean().exactOptional(),
        responseStatus: z.enum(['needsAction', 'declined', 'tentative', 'accepted']).exactOptional(),
      }),
    )
    .exactOptional(),
  sequence: z.int().exactOptional(),
}) satisfies z.ZodType<calendar_v3.Schema$Event>

export type EventBody = z.infer<typeof eventBody>

export function parseEventBody(json: unknown): EventBody {
  const parsed = eventBody.safeParse(json ?? {})
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw invalid(`Invalid value for: ${issue?.path.join('.')} (${issue?.message})`)
}

/** Base32hex in lower case; anything else is refused. */
export function checkEventId(id: string): void {
  if (!/^[a-v0-9]{5,1024}$/.test(id)) throw invalid('Invalid resource id value.')
}

export function requireTimes<Body extends EventBody>(body: Body): Body & Required<Pick<EventBody, 'start' | 'end'>> {
  const { start, end } = body
  if (!start) throw new ApiRefusal(400, 'required', 'Missing start time.')
  if (!end) throw new ApiRefusal(400, 'required', 'Missing end time.')
  return { ...body, start, end }
}
