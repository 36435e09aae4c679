import { gaxios, JWT } from 'google-auth-library'
import type { Clock } from '../lib/clock.ts'
import type { GoogleCredentials } from './google-credentials.ts'

/** Who we are to Google. Tokens are fetched when first needed, and again before they run out. */
export interface GoogleAccess {
  /** Signs the requests it is given with; fetches its token itself. */
  readonly client: JWT
  /** The token of this client was refused: the next `client` fetches a new one. Once, however many were refused. */
  renew(refused: JWT): void
}

export interface GoogleAccessOptions {
  readonly credentials: GoogleCredentials
  /** Origin of Google's APIs. Where that is not Google, tokens come from there too, at `/token`. */
  readonly baseUrl: string
  readonly clock: Clock
  /** How long a token may take, in ms. */
  readonly timeoutMs: number
}

/** No more than it takes: what we write, and when others are busy. */
const SCOPES = ['https://www.googleapis.com/auth/calendar.events', 'https://www.googleapis.com/auth/calendar.freebusy']

const GOOGLES_TOKENS = 'https://oauth2.googleapis.com/token'

export function createGoogleAccess(options: GoogleAccessOptions): GoogleAccess {
  const { email, privateKey } = options.credentials
  const transporter = new Transporter(options)
  // A client keeps its token until it runs out even when it is refused, so that a new token takes a new client.
  const createClient = () => new JWT({ email, key: privateKey, scopes: SCOPES, transporter })
  let client = createClient()
  return {
    get client() {
      return client
    },
    renew(refused) {
      if (refused === client) client = createClient()
    },
  }
}

/** The library has no setting for where a service account's tokens come from, and would ask up to four times. */
class Transporter extends gaxios.Gaxios {
  readonly #tokenUrl: string
  readonly #clock: Clock
  readonly #timeoutMs: number

  constructor({ baseUrl, clock, timeoutMs }: GoogleAccessOptions) {
    super()
    const isGoogle = new URL(baseUrl).hostname.endsWith('.googleapis.com')
    this.#tokenUrl = isGoogle ? GOOGLES_TOKENS : new URL('/token', baseUrl).href
    this.#clock = clock
    this.#timeoutMs = timeoutMs
  }

  override async request<T>(request: gaxios.GaxiosOptions = {}) {
    if (String(request.url) !== GOOGLES_TOKENS) return await super.request<T>(request)
    // Several requests wait for one token, so that none of their signals may end it.
    const timeout = new AbortController()
    using _patience = this.#clock.after(this.#timeoutMs, () => timeout.abort())
    const { retryConfig: _, ...rest } = request
    return await super.request<T>({ ...rest, url: this.#tokenUrl, retry: false, signal: timeout.signal })
  }
}
