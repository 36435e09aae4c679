import { gaxios } from 'google-auth-library'
import { z } from 'zod'

/**
 * A request to Google that came to nothing. Holds a status and Google's name for the reason only: its messages may quote
 * the request, and the client's errors carry all of it.
 */
export class GoogleFailure extends Error {
  /** HTTP status; undefined: no answer came, so that what was asked may have happened. */
  readonly status: number | undefined
  /** As Google names it, such as `rateLimitExceeded`; of no answer, the system's code. */
  readonly reason: string
  /** Worth another try: it may go better a little later. */
  readonly isPassing: boolean

  constructor({ status, reason, domain, calendarId }: FailureFacts) {
    const name = nameOf(reason)
    const about = calendarId === undefined ? '' : ` for calendar ${calendarId}`
    super(status === undefined ? `no answer (${name})` : `status ${status} (${name})${about}`)
    this.status = status
    this.reason = name
    this.isPassing = isPassing(status, domain)
  }
}

interface FailureFacts {
  readonly status?: number | undefined
  readonly reason: unknown
  readonly domain?: string | undefined
  /** Where one of several is meant. */
  readonly calendarId?: string
}

const errorBody = z.object({
  error: z.object({ errors: z.tuple([z.object({ domain: z.string().optional(), reason: z.string() })], z.unknown()) }),
})

/** That of the token's address. */
const tokenErrorBody = z.object({ error: z.string() })

/** What the client threw, as far as it may be told; anything that is no failed request is thrown on. */
export function failureOf(thrown: unknown): GoogleFailure {
  if (thrown instanceof GoogleFailure) return thrown
  if (!(thrown instanceof gaxios.GaxiosError)) throw thrown
  const { response, code } = thrown
  if (!response) return new GoogleFailure({ reason: code })
  const api = errorBody.safeParse(response.data).data?.error.errors[0]
  const token = tokenErrorBody.safeParse(response.data).data?.error
  return new GoogleFailure({ status: response.status, reason: api?.reason ?? token, domain: api?.domain })
}

/**
 * 403 is both "not allowed" and "too fast", told apart by its domain. 409 and 412 say that the event was there already,
 * or is another by now: the next try looks first.
 */
function isPassing(status: number | undefined, domain: string | undefined): boolean {
  if (status === undefined || status >= 500) return true
  return status === 429 || status === 409 || status === 412 || (status === 403 && domain === 'usageLimits')
}

/** Only what looks like a name: the text of others goes into messages and logs. */
function nameOf(reason: unknown): string {
  return typeof reason === 'string' && /^[\w.-]{1,64}$/.test(reason) ? reason : 'no reason given'
}
