import twilio from 'twilio'
import type { RequestOptions } from 'twilio/lib/base/RequestClient.js'
import { ACCOUNT_SID, AUTH_TOKEN } from './rig.ts'

/** The official client, sent to the emulator as a server would send it. */
export function createClient(baseUrl: string, authToken = AUTH_TOKEN) {
  class Redirected extends twilio.RequestClient {
    override request<Data>(options: RequestOptions<Data>) {
      return super.request({ ...options, uri: options.uri.replace(/^https:\/\/[^/]+/, baseUrl) })
    }
  }
  return twilio(ACCOUNT_SID, authToken, { httpClient: new Redirected() })
}
