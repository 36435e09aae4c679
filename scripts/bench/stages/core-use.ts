import { cpus } from 'node:os'

/** Who used a core in the meantime. Shares of 1. */
export interface CoreShares {
  /** This process, with all its threads. */
  readonly own: number
  /** Everybody else: what is left of the core's work. 0 where this process is not kept to one core. */
  readonly others: number
}

/** Looks at one core from its making on. Undefined: this process runs wherever the system likes. */
export class CoreUse {
  readonly #core: number | undefined
  readonly #ownBefore = process.cpuUsage()
  readonly #busyBeforeMs: number
  readonly #startedAtMs = performance.now()

  constructor(core: number | undefined) {
    this.#core = core
    this.#busyBeforeMs = busyMs(core)
  }

  shares(): CoreShares {
    const tookMs = performance.now() - this.#startedAtMs
    const { user, system } = process.cpuUsage(this.#ownBefore)
    const own = (user + system) / 1000 / tookMs
    const busy = (busyMs(this.#core) - this.#busyBeforeMs) / tookMs
    return { own, others: this.#core === undefined ? 0 : Math.max(0, busy - own) }
  }
}

function busyMs(core: number | undefined): number {
  const { user = 0, nice = 0, sys = 0, irq = 0 } = (core === undefined ? undefined : cpus()[core]?.times) ?? {}
  return user + nice + sys + irq
}
