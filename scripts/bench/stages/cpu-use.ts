import { cpus } from 'node:os'

/** Who used the machine in the meantime, in cores: 0.5 is half of one. */
export interface CpuShares {
  /** This process, with all its threads. */
  readonly own: number
  readonly others: number
}

/** Looks at all cores from its making on. */
export class CpuUse {
  readonly #ownBefore = process.cpuUsage()
  readonly #busyBeforeMs = busyMs()
  readonly #startedAtMs = performance.now()

  shares(): CpuShares {
    const tookMs = performance.now() - this.#startedAtMs
    const { user, system } = process.cpuUsage(this.#ownBefore)
    const own = (user + system) / 1000 / tookMs
    const busy = (busyMs() - this.#busyBeforeMs) / tookMs
    return { own, others: Math.max(0, busy - own) }
  }
}

function busyMs(): number {
  return cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0)
}
