import { HearthlineError, messageOf } from '../lib/errors.ts'
import { createTwilioClient, type TwilioAccount } from './twilio-client.ts'

/** What Twilio knows of a number. */
export interface NumberFacts {
  readonly valid: boolean
  /** `mobile`, `landline`, `fixedVoip`, `nonFixedVoip`, `tollFree`, `premium` ...; undefined when it is not covered. */
  readonly lineType: string | undefined
  /** How the number behaves elsewhere, `low`, `mild`, `moderate` or `high`; undefined when that was not asked for. */
  readonly risk: string | undefined
  /** Blocked by Twilio for what it did elsewhere. */
  readonly blocked: boolean
}

/** Twilio Lookup v2. Each look-up is billed, so remember what it gives. */
export interface NumberLookup {
  /** `number` is E.164. Rejects with `lookup_failed`. */
  lookUp(number: string, options: { readonly reputation: boolean }): Promise<NumberFacts>
}

export interface TwilioLookupOptions extends TwilioAccount {
  /** Where Twilio's REST API is. Its own has another host for look-ups; an emulator or a proxy stands in for both. */
  readonly baseUrl: string
  /** How long one request may take. It is not tried again: a caller waits. */
  readonly timeoutMs: number
}

/** Twilio's packages by what they cost: the type of the line, and its reputation besides. */
const FIELDS = { lineType: 'line_type_intelligence', reputation: 'line_type_intelligence,sms_pumping_risk' } as const

/** As the client gives it: what was not asked for, or is not covered, is null, whatever its types say. */
interface Found {
  readonly valid: boolean
  readonly lineTypeIntelligence: { readonly type?: string | null } | null
  readonly smsPumpingRisk: {
    readonly carrierRiskCategory?: string | null
    readonly numberBlocked?: boolean | null
  } | null
}

export function createTwilioLookup({ baseUrl, timeoutMs, ...account }: TwilioLookupOptions): NumberLookup {
  const isTwilio = new URL(baseUrl).hostname.endsWith('.twilio.com')
  const client = createTwilioClient({ ...account, baseUrl: isTwilio ? undefined : baseUrl }, { timeoutMs })
  return {
    async lookUp(number, { reputation }) {
      try {
        const fields = reputation ? FIELDS.reputation : FIELDS.lineType
        const found: Found = await client.lookups.v2.phoneNumbers(number).fetch({ fields })
        const { valid, lineTypeIntelligence: line, smsPumpingRisk: elsewhere } = found
        return {
          valid,
          lineType: line?.type ?? undefined,
          risk: elsewhere?.carrierRiskCategory ?? undefined,
          blocked: elsewhere?.numberBlocked ?? false,
        }
      } catch (cause) {
        const message = `Could not look a number up at Twilio: ${messageOf(cause)}. Check the account, or set screening.lookup to off.`
        throw new HearthlineError('lookup_failed', message, { cause, retryable: true })
      }
    },
  }
}
