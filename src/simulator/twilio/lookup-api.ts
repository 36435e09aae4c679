import type { FastifyInstance } from 'fastify'

/** What Lookup tells of a number. */
export interface LookedUpNumber {
  readonly valid?: boolean
  /** `mobile` unless set. */
  readonly lineType?: string
  readonly riskCategory?: string
  readonly blocked?: boolean
}

type LookupRoute = { Params: { number: string }; Querystring: { Fields?: string } }

/** Lookup v2, as far as screening asks: the type of a line and its risk. Packages that are not asked for are null. */
export function addLookupApi(server: FastifyInstance, numbers: ReadonlyMap<string, LookedUpNumber>): void {
  server.get<LookupRoute>('/v2/PhoneNumbers/:number', async ({ params, query }) => {
    const fields = new Set(query.Fields?.split(','))
    const {
      valid = true,
      lineType = 'mobile',
      riskCategory = 'low',
      blocked = false,
    } = numbers.get(params.number) ?? {}
    return {
      calling_country_code: '1',
      country_code: 'US',
      phone_number: params.number,
      national_format: params.number,
      valid,
      validation_errors: valid ? [] : ['INVALID_BUT_POSSIBLE'],
      caller_name: null,
      line_type_intelligence: fields.has('line_type_intelligence') ? lineTypeOf(lineType) : null,
      sms_pumping_risk: fields.has('sms_pumping_risk') ? riskOf(riskCategory, blocked) : null,
      url: `https://lookups.twilio.com/v2/PhoneNumbers/${params.number}`,
    }
  })
}

function lineTypeOf(type: string) {
  return { error_code: null, mobile_country_code: null, mobile_network_code: null, carrier_name: 'Emulated', type }
}

function riskOf(carrierRiskCategory: string, blocked: boolean) {
  return {
    carrier_risk_category: carrierRiskCategory,
    number_blocked: blocked,
    number_blocked_date: null,
    number_blocked_last_3_months: null,
    sms_pumping_risk_score: 0,
    error_code: null,
  }
}
