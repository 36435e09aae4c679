import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

export interface OfficerCalendarServices {
  readonly officerFeed: {
    /** iCalendar text; undefined when the token is wrong or there is no such officer. */
    read(officerId: string, token: string): Promise<string | undefined>
  }
}

/** Calendar programs ask every few minutes, whatever they are told; this keeps them and proxies of theirs away a little. */
const KEEP_SECONDS = 300

/**
 * An officer's appointments for their calendar program. The token in the address is all there is to it, so that whatever
 * is wrong is 404 like any address that does not exist.
 */
export function officerCalendarRoute(server: FastifyInstance, { officerFeed }: OfficerCalendarServices): void {
  server.get<{ Params: { officerId: string; token: string } }>(
    '/calendars/:officerId/:token.ics',
    async ({ params, headers }, reply) => {
      const text = await officerFeed.read(params.officerId, params.token)
      if (text === undefined) return reply.callNotFound()
      const etag = `"${createHash('sha256').update(text).digest('base64url')}"`
      reply.headers({ etag, 'cache-control': `private, max-age=${KEEP_SECONDS}` })
      if (headers['if-none-match'] === etag) return reply.code(304).send()
      return reply.type('text/calendar; charset=utf-8').send(text)
    },
  )
}
