import type { Config } from '../../src/config/schema.ts'
import type { Clock } from '../../src/lib/clock.ts'
import { HearthlineError } from '../../src/lib/errors.ts'
import type { Log } from '../../src/lib/log.ts'
import { NOWHERE } from './nowhere.ts'
import { type RehearsedServer, startServer, startServerProcess } from './server.ts'

export interface ServersOptions {
  readonly config: Config
  readonly clock: Clock
  readonly speed: number
  readonly log: Log
  /** In processes of their own, which can be killed but start slowly. */
  readonly apart: boolean
}

/** The servers of one rehearsal. Behind the public address stands the one that was started first and still runs. */
export class Servers implements AsyncDisposable {
  readonly #options: ServersOptions
  readonly #running: RehearsedServer[] = []

  constructor(options: ServersOptions) {
    this.#options = options
  }

  /** Where the public address leads now; nowhere when no server runs. */
  get address(): string {
    return this.#running[0]?.address ?? NOWHERE
  }

  async start(): Promise<void> {
    const { apart, config, clock, log, speed } = this.#options
    const moment = { realMs: Date.now(), rehearsedMs: clock.now() }
    this.#running.push(
      apart ? await startServerProcess({ config, speed, moment }) : await startServer(config, { clock, log }),
    )
  }

  async kill(): Promise<void> {
    await this.#running.shift()?.kill()
  }

  async drain(deadlineMs: number): Promise<void> {
    const server = this.#running[0]
    if (!server) throw new HearthlineError('no_server', 'Drained a server, but none runs: start one before')
    await server.drain(deadlineMs)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#running.splice(0).map((server) => server[Symbol.asyncDispose]()))
  }
}
