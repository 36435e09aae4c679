import { writeSync } from 'node:fs'
import { pino } from 'pino'

export type Log = pino.Logger

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

export interface LogOptions {
  readonly level: LogLevel
  readonly showPii?: boolean
  /** Takes out of a text what may not even be shown then: card and account numbers (RELIABILITY S24). */
  readonly hide?: (text: string) => string
}

/**
 * Logs JSON lines to standard output. Ids stand in the open; whatever a caller said or is goes under `pii`, which is
 * removed unless `showPii` is set: `log.info({ callId, pii: { from } }, 'call answered')`.
 */
export function createLog({ level, showPii = false, hide = (text) => text }: LogOptions): Log {
  const paths = ['pii', '*.pii']
  const redact = showPii ? { paths, censor: (value: unknown) => hideIn(value, hide) } : { paths, remove: true }
  return pino({ level, redact }, new LossyOutput())
}

function hideIn(value: unknown, hide: (text: string) => string): unknown {
  if (typeof value === 'string') return hide(value)
  if (Array.isArray(value)) return value.map((item) => hideIn(item, hide))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hideIn(item, hide)]))
}

/**
 * Standard output that never holds up a call: a line it does not take at once is lost. pino's own destination throws
 * when the disk under the log is full, and waits without end for that disk, or for a pipe nobody reads, to take more.
 */
class LossyOutput {
  /** What is left of a line the output took half of. It goes first, so that no two lines run into one. */
  #begun: Uint8Array = NOTHING

  constructor() {
    // Looking at it is enough: Node makes a pipe non-blocking then, and a full one is EAGAIN instead of a long wait.
    void process.stdout
  }

  write(line: string): void {
    try {
      if (this.#begun.length > 0) this.#send(this.#begun)
      if (this.#begun.length === 0) this.#send(Buffer.from(line))
    } catch {
      // ENOSPC, EAGAIN, EPIPE: there is nowhere left to say so, and the calls matter more than the line.
    }
  }

  #send(bytes: Uint8Array): void {
    this.#begun = bytes.subarray(writeSync(STDOUT, bytes))
  }
}

const NOTHING = new Uint8Array()
const STDOUT = 1
