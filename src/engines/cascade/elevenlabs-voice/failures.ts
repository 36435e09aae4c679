import { EngineError, type EngineFailure } from '../../engine.ts'
import { ADVICE, providerFailures } from '../../wire/provider-failures.ts'

/** Codes of `contracts/elevenlabs.md` section 2 (HTTP) and 3 (error frames), with their older names. */
const CODES: ReadonlyMap<string, EngineFailure> = new Map([
  ['invalid_api_key', 'refused'],
  ['missing_api_key', 'refused'],
  ['insufficient_credits', 'refused'],
  ['quota_exceeded', 'refused'],
  ['max_character_limit_exceeded', 'refused'],
  ['feature_not_available', 'refused'],
  ['voice_access_denied', 'refused'],
  ['voice_not_found', 'refused'],
  ['voice_id_does_not_exist', 'refused'],
  ['rate_limit_exceeded', 'limited'],
  ['concurrent_limit_exceeded', 'limited'],
  ['too_many_concurrent_requests', 'limited'],
  ['system_busy', 'limited'],
  // Both come with 1008, and neither is a reason not to connect again.
  ['input_timeout_exceeded', 'dropped'],
  ['max_active_conversations', 'dropped'],
])

const POLICY_VIOLATION = 1008

const PROVIDER = 'elevenlabs'

/** What the ElevenLabs speech socket says when it will not open or does not stay open. */
export const voiceFailures = providerFailures({
  id: PROVIDER,
  name: 'ElevenLabs',
  codes: CODES,
  closeFailure: (closeCode) => (closeCode === POLICY_VIOLATION ? 'refused' : 'dropped'),
})

/** It called an utterance final though more words were to come, as it does when it thinks that nobody is there. */
export function endedEarly(): EngineError {
  const message = `ElevenLabs ended an utterance before its last words: ${ADVICE.dropped}.`
  return new EngineError('dropped', 'utterance_ended_early', message, { provider: PROVIDER })
}
