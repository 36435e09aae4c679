import twilio from 'twilio'
import type { RequestOptions } from 'twilio/lib/base/RequestClient.js'
import { messageOf } from '../lib/errors.ts'

/** The client's own HTTP, with the host of `baseUrl` where one is given: the library has no such option. */
export class TwilioRequests extends twilio.RequestClient {
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

/** No HTTP answer came. Keeps the words only: the HTTP client's error carries the request, credentials and all. */
export class NoAnswer extends Error {}
