import { EngineError, type EngineFailure } from '../engine.ts'
import { fatalError } from '../openai/failures.ts'
import { ADVICE } from '../wire/provider-failures.ts'
import type { WireFailure } from './server-events.ts'

/** What is particular to Live about failing; all else is as for OpenAI's other voice (`../openai/failures.ts`). */

/** `reason` of `session.closed` (contract section 6). A new session with the same talk may pass the safety filter. */
const CLOSE_REASONS: ReadonlyMap<string, EngineFailure> = new Map([
  ['expired', 'expired'],
  ['content', 'dropped'],
  ['connection_lost', 'dropped'],
  ['remote_hangup', 'dropped'],
  ['close_requested', 'dropped'],
])

/** The session was closed, and we had not asked for it. */
export function closedError(reason: string): EngineError {
  const failure = CLOSE_REASONS.get(reason) ?? 'dropped'
  const code = CLOSE_REASONS.has(reason) ? reason : 'closed'
  return new EngineError(failure, code, `OpenAI ended the session (${code}): ${ADVICE[failure]}.`, {
    provider: 'openai',
  })
}

/** An `error` of a running session that is its end: most are not, and a limit may be the backend's alone. */
export function endingError(failure: WireFailure): EngineError | undefined {
  const fatal = fatalError(failure)
  return fatal?.failure === 'limited' ? undefined : fatal
}
