import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CallIds } from './carrier-leg.ts'
import type { Dialect } from './engine-session.ts'
import type { LeanSocket } from './lean-socket.ts'
import type { ProcessSample } from './probe.ts'

/** What is measured: a process between carrier and engine. */
export interface Subject {
  readonly name: 'relay' | 'server'
  readonly dialect: Dialect
  /** The key under which the engine will see this call's socket. */
  engineKeyOf(ids: CallIds): string
  start(options: {
    engineBaseUrl: string
    core: number | undefined
    nodeOptions: readonly string[]
  }): Promise<RunningSubject>
}

export interface RunningSubject extends AsyncDisposable {
  /** Opens the media stream of a call as Twilio would. */
  dial(ids: CallIds): Promise<Dialled>
  /** What the process has used since the last time this was asked. */
  sample(): Promise<ProcessSample>
}

export interface Dialled {
  readonly socket: LeanSocket
  readonly customParameters: Readonly<Record<string, string>>
}

export interface PinnedOptions {
  readonly script: string
  readonly args?: readonly string[]
  readonly cwd?: string
  readonly env: Record<string, string>
  /** Undefined: wherever the system likes. */
  readonly core: number | undefined
  readonly nodeOptions: readonly string[]
}

export interface ProcessOptions extends PinnedOptions {
  /** Answers 200 when the process is ready. */
  readonly healthUrl: string
}

/** A child process with the probe in it. */
export interface MeasuredProcess extends AsyncDisposable {
  sample(): Promise<ProcessSample>
}

const START_TIMEOUT_MS = 20_000
const STOP_TIMEOUT_MS = 5_000
const PROBE = join(import.meta.dirname, 'probe.ts')

/** Starts a process, pinned to its core where the system can, and waits until it is ready. */
export async function startProcess(options: ProcessOptions): Promise<MeasuredProcess> {
  const child = spawnPinned({ ...options, nodeOptions: [...options.nodeOptions, '--import', PROBE] })
  await untilReady(child, options.healthUrl)
  return {
    async sample() {
      const answered = once(child, 'message')
      child.send('sample')
      const [sample] = await answered
      return sample as ProcessSample
    },
    [Symbol.asyncDispose]: () => stop(child),
  }
}

/** A process of Node's on its core, with messages between it and us. */
export function spawnPinned({ script, args = [], cwd, env, core, nodeOptions }: PinnedOptions): ChildProcess {
  const command = [process.execPath, ...nodeOptions, script, ...args]
  const pinned = core === undefined ? command : ['taskset', '-c', String(core), ...command]
  return spawn(pinned[0]!, pinned.slice(1), {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    ...(cwd === undefined ? {} : { cwd }),
  })
}

async function untilReady(child: ChildProcess, healthUrl: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS
  while (performance.now() < deadline && child.exitCode === null) {
    const answer = await fetch(healthUrl).catch(() => undefined)
    if (answer?.ok) return
    await sleep(50)
  }
  child.kill('SIGKILL')
  throw new Error(`Waited for ${healthUrl} of a process to be measured, but it did not come up. See its output above.`)
}

/** Two signals: the server drains at the first and hands over what is left at the second. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await Promise.race([exited, sleep(STOP_TIMEOUT_MS, undefined, { ref: false })])
  if (child.exitCode === null) child.kill('SIGKILL')
}

/** A port nobody listens on at the moment. The measured process must know its address before it listens. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
