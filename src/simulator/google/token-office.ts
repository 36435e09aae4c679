import { verify } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../../lib/clock.ts'
import { createSecret } from '../../lib/ids.ts'
import { parseJson } from '../../lib/json.ts'
import type { ServiceAccount } from './service-account.ts'

/** As Google answers: a token, or why not. */
export type TokenAnswer =
  | { readonly access_token: string; readonly expires_in: number; readonly token_type: 'Bearer' }
  | { readonly error: string; readonly error_description: string }

const VALID_SECONDS = 3_599

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

const header = z.object({ alg: z.literal('RS256') })

const SCOPE = /^https:\/\/www\.googleapis\.com\/auth\/calendar(\.events|\.freebusy)?$/

/** Times are seconds; they are the client's own and not compared with the emulator's clock, which may run faster. */
const claims = z
  .object({
    iss: z.string(),
    aud: z.literal('https://oauth2.googleapis.com/token'),
    scope: z.string().refine((scopes) => scopes.split(' ').every((scope) => SCOPE.test(scope))),
    iat: z.int(),
    exp: z.int(),
  })
  .refine(({ iat, exp }) => exp > iat && exp - iat <= 3_600)

/** Gives access tokens to the service account that signs for them. */
export class TokenOffice {
  readonly #account: ServiceAccount
  readonly #clock: Clock
  /** When each runs out, by the monotonic clock. */
  readonly #tokens = new Map<string, number>()

  constructor(account: ServiceAccount, clock: Clock) {
    this.#account = account
    this.#clock = clock
  }

  issue(form: URLSearchParams): TokenAnswer {
    if (form.get('grant_type') !== GRANT) return refusal('unsupported_grant_type', 'Invalid grant_type')
    if (!this.#isSigned(form.get('assertion') ?? '')) return refusal('invalid_grant', 'Invalid JWT Signature.')
    const token = `ya29.${createSecret()}`
    this.#tokens.set(token, this.#clock.monotonicMs() + VALID_SECONDS * 1_000)
    return { access_token: token, expires_in: VALID_SECONDS, token_type: 'Bearer' }
  }

  isValid(authorization: string | undefined): boolean {
    const token = authorization?.match(/^Bearer (\S+)$/)?.[1]
    const untilMs = token === undefined ? undefined : this.#tokens.get(token)
    return untilMs !== undefined && this.#clock.monotonicMs() < untilMs
  }

  /** What was given out is not taken any more. */
  revoke(): void {
    this.#tokens.clear()
  }

  #isSigned(assertion: string): boolean {
    const [head = '', body = '', signature = '', ...rest] = assertion.split('.')
    if (rest.length > 0 || !header.safeParse(decode(head)).success) return false
    if (claims.safeParse(decode(body)).data?.iss !== this.#account.email) return false
    const signed = Buffer.from(`${head}.${body}`)
    return verify('sha256', signed, this.#account.publicKey, Buffer.from(signature, 'base64url'))
  }
}

function decode(part: string): unknown {
  return parseJson(Buffer.from(part, 'base64url'))
}

function refusal(error: string, error_description: string): TokenAnswer {
  return { error, error_description }
}
