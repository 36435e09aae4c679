/** What every emulated provider lets a rehearsal see and do, whatever it provides. */
export interface EmulatedService extends AsyncDisposable {
  /** For reports: `openai`, `deepgram`, `elevenlabs agents`. */
  readonly name: string
  /** What its `*_BASE_URL` is set to. */
  readonly baseUrl: string
  /** Every attempt to connect (of a service without a socket: every request), in order. */
  readonly connections: readonly Connection[]
  /** Names of the tools its model has asked for so far. */
  readonly toolsCalled: readonly string[]
  /** What clients did that the real service would have refused; in its words. */
  readonly complaints: readonly string[]
  /** Misbehaves from now on: breaks what is connected, or turns away what comes. */
  strike(how: Strike): void
}

export interface Connection {
  /** By the monotonic clock. */
  readonly atMs: number
  /** HTTP status it got; 101 where a socket was let in. */
  readonly status: number
  /** What the session was opened for, where the service was told so; as the client says it. */
  readonly language?: string | undefined
}

/**
 * Ways to misbehave at any moment. `garbage`: every live connection gets a message that cannot be read. `limit`: the next
 * connections are answered with 429 until `recover`.
 */
export const STRIKES = ['drop', 'drop mid-message', 'stall', 'half-open', 'garbage', 'limit', 'recover'] as const
export type Strike = (typeof STRIKES)[number]
