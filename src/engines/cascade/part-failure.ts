import { EngineError } from '../engine.ts'

/** The error as a failure of a cascade's part; what its adapter did not foresee counts as a dropped connection. */
export function partFailure(thrown: unknown, part: { readonly name: string; readonly provider: string }): EngineError {
  if (thrown instanceof EngineError) return thrown
  // Its own message may quote what somebody said: that stays in the cause.
  const message = `${part.name} failed unexpectedly: try again, or use another.`
  return new EngineError('dropped', 'part_failed', message, { cause: thrown, provider: part.provider })
}

/** What a ledger may say of a failure that the session survived. */
export function describeFailure({ failure, provider }: EngineError): string {
  return `${provider ?? 'a part'}: ${failure}`
}
