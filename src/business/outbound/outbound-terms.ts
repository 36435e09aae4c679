import type { Config } from '../../config/schema.ts'
import type { OutboundTerms } from './gate-facts.ts'

/** A call may ring, be held for its longest time, and its end be reported late. */
const MARGIN_MS = 5 * 60_000

/** Under what terms the company calls, as it is configured. */
export function outboundTermsOf({
  outbound,
  twilio,
  company,
  calls,
}: Pick<Config, 'outbound' | 'twilio' | 'company' | 'calls'>): OutboundTerms {
  return {
    settings: outbound,
    callerId: twilio.phoneNumber,
    seller: company.name,
    longestCallMs: calls.maxLengthMinutes * 60_000 + MARGIN_MS,
  }
}
