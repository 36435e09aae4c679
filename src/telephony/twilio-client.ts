import twilio from 'twilio'
import type { RequestOptions } from 'twilio/lib/base/RequestClient.js'
import { messageOf } from '../lib/errors.ts'

export interface TwilioAccount {
  readonly accountSid: string
  readonly authToken: string
  /** Where Twilio's REST API is, if not at Twilio: an emulator, a proxy. */
  readonly baseUrl?: string | undefined
}

/**
 * The official client of one account; a request may take `timeoutMs` and is made once. It throws `RestException` where
 * Twilio said no, and `NoAnswer`; what they mean is in `twilio-failures.ts`.
 */
export function createTwilioClient(
  { accountSid, authToken, baseUrl }: TwilioAccount,
  { timeoutMs }: { readonly timeoutMs: number },
): twilio.Twilio {
  return twilio(accountSid, authToken, { httpClient: new TwilioRequests({ baseUrl, timeoutMs }) })
}

/** No HTTP answer came. Keeps the words only: the HTTP client's error carries the request, credentials and all. */
export class NoAnswer extends Error {}

/** The client's own HTTP, with the host of `baseUrl` where one is given: the library has no such option. */
class TwilioRequests extends twilio.RequestClient {
  readonly #baseUrl: string | undefined

  constructor({ baseUrl, timeoutMs }: { baseUrl: string | undefined; timeoutMs: number }) {
    super({ timeout: timeoutMs })
    this.#baseUrl = baseUrl?.replace(/\/+$/, '')
  }

  override async request<TData>(options: RequestOptions<TData>) {
    const uri = this.#baseUrl === undefined ? options.uri : options.uri.replace(/^https:\/\/[^/]+/, this.#baseUrl)
    try {
      return await super.request<TData>({ ...options, uri })
    } catch (thrown) {
      throw new NoAnswer(messageOf(thrown))
    }
  }
}
