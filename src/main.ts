import { startApp } from './app.ts'
import { loadConfig } from './config/load.ts'
import type { Config } from './config/schema.ts'
import { systemClock } from './lib/clock.ts'
import { HearthlineError, messageOf } from './lib/errors.ts'
import { createLog } from './lib/log.ts'
import { hidePrivate } from './pipeline/privacy/redaction.ts'

/** How long live calls may go on after the signal to stop; then they are handed over (RELIABILITY F8). */
const DRAIN_DEADLINE_MS = 60 * 60_000

/** `EX_CONFIG` of sysexits.h: starting again without changing the settings is no use. */
const EXIT_BAD_CONFIG = 78

const config = readConfig()
const log = createLog({ ...config.log, hide: hidePrivate })
const app = await startApp(config, { clock: systemClock, log }).catch(refuseToStart)
log.info({ address: app.address, publicUrl: config.http.publicUrl }, 'taking calls')

/** How long npm takes to pass a signal on, at most. */
const SAME_SIGNAL_MS = 500

let signalledAtMs = Number.NEGATIVE_INFINITY
const handOverNow = new AbortController()
let stopping: Promise<void> | undefined
let exitCode = 0

process.on('SIGTERM', onSignal)
process.on('SIGINT', onSignal)
process.on('uncaughtException', onBug)
process.on('unhandledRejection', onBug)

/**
 * The first signal lets live calls end; the second hands them over. Neither hangs up on anyone. A terminal signals the
 * whole group, and npm passes on what it got: two so close together are one.
 */
function onSignal(signal: NodeJS.Signals): void {
  const nowMs = systemClock.monotonicMs()
  const isEcho = nowMs - signalledAtMs < SAME_SIGNAL_MS
  signalledAtMs = nowMs
  if (isEcho) return
  log.info({ signal }, stopping ? 'handing over live calls' : 'draining')
  if (stopping) handOverNow.abort()
  stopping ??= stop()
}

/** What no one foresaw. The calls on the line are most likely well, so they are not made to pay for it. */
function onBug(error: unknown): void {
  log.fatal({ error: messageOf(error), stack: error instanceof Error ? error.stack : undefined }, 'bug: draining')
  exitCode = 1
  stopping ??= stop()
}

async function stop(): Promise<void> {
  try {
    await app.drain({ deadlineMs: DRAIN_DEADLINE_MS, signal: handOverNow.signal })
    await app[Symbol.asyncDispose]()
    log.info('stopped')
    process.exit(exitCode)
  } catch (error) {
    log.fatal({ error: messageOf(error) }, 'could not stop in order')
    process.exit(1)
  }
}

function readConfig(): Config {
  try {
    return loadConfig()
  } catch (error) {
    if (!(error instanceof HearthlineError) || error.code !== 'bad_config') throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(EXIT_BAD_CONFIG)
  }
}

function refuseToStart(error: unknown): never {
  if (isAboutSettings(error)) {
    process.stderr.write(`${messageOf(error)}\n`)
    process.exit(EXIT_BAD_CONFIG)
  }
  log.fatal({ error: messageOf(error), code: codeOf(error) }, 'could not start')
  process.exit(1)
}

/** Settings that each are right and do not fit together, and files that are read only when the house is built. */
function isAboutSettings(error: unknown): boolean {
  const codes = [
    'bad_config',
    'engine_unfit',
    'google_credentials_bad',
    'language_not_servable',
    'price_unknown',
    'tool_unknown',
  ]
  return error instanceof HearthlineError && codes.includes(error.code)
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
