/**
 * A broken promise, said so that someone can act on it: `code` for programs, a message that names what
 * was attempted and what to do, and the `cause` it follows from.
 */
export class HearthlineError extends Error {
  override readonly name: string = 'HearthlineError'
  readonly code: string
  /** Whether the same attempt may succeed later without anyone changing anything. */
  readonly retryable: boolean

  constructor(code: string, message: string, options: { cause?: unknown; retryable?: boolean } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.retryable = options.retryable ?? false
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
