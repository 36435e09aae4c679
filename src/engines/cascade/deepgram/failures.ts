import { EngineError, type EngineFailure } from '../../engine.ts'
import { type ProviderFailures, providerFailures } from '../../wire/provider-failures.ts'

const PROVIDER = 'deepgram'

/** Codes in bodies and close reasons. A close names its code in the address of a help page: `dpgr.am/net0001`. */
const CODES: ReadonlyMap<string, EngineFailure> = new Map([
  ['INVALID_AUTH', 'refused'],
  ['INVALID_QUERY_PARAMETER', 'refused'],
  ['DATA-0000', 'refused'],
  ['data0000', 'refused'],
  ['NET-0000', 'stalled'],
  ['net0000', 'stalled'],
  ['NET-0001', 'dropped'],
  ['net0001', 'dropped'],
])

/** What Deepgram's audio it cannot decode ends with; it would not decode it the next time either. */
const POLICY_VIOLATION = 1008

const failures = providerFailures({
  id: PROVIDER,
  name: 'Deepgram',
  codes: CODES,
  closeFailure: (closeCode) => (closeCode === POLICY_VIOLATION ? 'refused' : 'dropped'),
})

/** Turns every way in which a connection to Deepgram fails into what to do next. */
export const deepgramFailures: ProviderFailures = {
  ...failures,
  handshake(status, headers, body) {
    const error = failures.handshake(status, headers, body)
    if (status !== 400) return error
    const message = `Deepgram did not take a parameter of the address (${error.code}): correct the listener's model, language, keyterms or thresholds.`
    return new EngineError('refused', error.code, message, { provider: PROVIDER })
  },
}
