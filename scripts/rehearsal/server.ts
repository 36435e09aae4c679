import { fork } from 'node:child_process'
import { once } from 'node:events'
import { startApp } from '../../src/app.ts'
import type { Config } from '../../src/config/schema.ts'
import type { Clock } from '../../src/lib/clock.ts'
import { HearthlineError } from '../../src/lib/errors.ts'
import type { Log } from '../../src/lib/log.ts'

/** One running Hearthline, as the carrier sees it. */
export interface RehearsedServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly address: string
  /** As on the signal to stop: resolves when the live calls are over or were handed over. */
  drain(deadlineMs: number): Promise<void>
  /** Ends the process without a word. Only a server in a process of its own can be killed. */
  kill(): Promise<void>
}

/** What a server in a process of its own must be told, by its first message. */
export interface ServerOrders {
  readonly config: Config
  readonly speed: number
  /** A moment by the machine's clock, and the same by the rehearsal's, which runs faster. Epoch ms. */
  readonly moment: { readonly realMs: number; readonly rehearsedMs: number }
}

export async function startServer(config: Config, options: { clock: Clock; log: Log }): Promise<RehearsedServer> {
  const app = await startApp(config, options)
  return {
    address: app.address,
    drain: (deadlineMs) => app.drain({ deadlineMs }),
    kill: () =>
      Promise.reject(
        new HearthlineError('not_killable', 'Killed a server of this very process: start it by startServerProcess'),
      ),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}

/** @throws HearthlineError `server_not_started` when the process ends before it listens. */
export async function startServerProcess(orders: ServerOrders): Promise<RehearsedServer> {
  const child = fork(new URL('./server-process.ts', import.meta.url), { serialization: 'advanced', execArgv: [] })
  const exited = once(child, 'exit')
  child.send(orders)
  const ready = once(child, 'message').then(([address]) => String(address))
  const failed = exited.then(([code]): never => {
    throw new HearthlineError('server_not_started', `The rehearsed server's process ended with ${code}: see its output`)
  })
  const address = await Promise.race([ready, failed])
  // From here on the end of the process is an event of the rehearsal.
  failed.catch(() => {})
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
  }
  return {
    address,
    drain: () =>
      Promise.reject(new HearthlineError('not_drainable', 'Drain a server that runs in the process of the rehearsal')),
    kill: () => end('SIGKILL'),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) await end('SIGTERM')
    },
  }
}
