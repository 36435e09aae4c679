import { join } from 'node:path'
import { loadConfig } from '../../src/config/load.ts'
import type { Config } from '../../src/config/schema.ts'
import type { Scenario } from '../../src/simulator/scenario.ts'

/** Where the rehearsed server is reached by the carrier: https and wss, as in production. */
export const PUBLIC_URL = 'https://hearthline.test'

export const TWILIO_ACCOUNT = { accountSid: 'AC00000000000000000000000000000001', authToken: 'rehearsal-token' }
export const EMULATED_KEY = 'rehearsal-key'

/** Which engine answers: the emulated one, or the provider itself with a key. */
export type RehearsedEngine =
  | { readonly by: 'emulator'; readonly baseUrl: string }
  | { readonly by: 'provider'; readonly env: Readonly<Record<string, string | undefined>> }

/** The configuration of the repository, with its own data and the scenario's settings. */
export function rehearsalConfig(options: {
  readonly scenario: Scenario
  readonly configDir: string
  /** For data and recordings. */
  readonly folder: string
  readonly twilioBaseUrl: string
  readonly engine: RehearsedEngine
}): Config {
  const { scenario, configDir, folder, twilioBaseUrl, engine } = options
  const env = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    HOST: '127.0.0.1',
    PORT: '0',
    PUBLIC_URL,
    DATA_DIR: join(folder, 'data'),
    RECORDINGS_DIR: join(folder, 'recordings'),
    TWILIO_ACCOUNT_SID: TWILIO_ACCOUNT.accountSid,
    TWILIO_AUTH_TOKEN: TWILIO_ACCOUNT.authToken,
    TWILIO_BASE_URL: twilioBaseUrl,
    ...engineEnvironment(engine),
  }
  return withSettings(loadConfig({ env, configDir }), scenario.settings)
}

function engineEnvironment(engine: RehearsedEngine): Record<string, string | undefined> {
  if (engine.by === 'emulator') return { OPENAI_API_KEY: EMULATED_KEY, OPENAI_BASE_URL: engine.baseUrl }
  const { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_REALTIME_MODEL } = engine.env
  return { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_REALTIME_MODEL }
}

function withSettings(config: Config, settings: Scenario['settings']): Config {
  const { company, calls } = config
  return {
    ...config,
    company: {
      ...company,
      ...(settings.officePhone === undefined ? {} : { officePhone: settings.officePhone }),
      ...(settings.office === undefined ? {} : { hours: hoursOf(settings.office) }),
    },
    calls: {
      ...calls,
      maxLengthMinutes: minutes(settings.maxLengthSeconds) ?? calls.maxLengthMinutes,
      warnAtMinutes: minutes(settings.warnAtSeconds) ?? calls.warnAtMinutes,
      fillerAfterMs: settings.fillerAfterMs ?? calls.fillerAfterMs,
      falseInterruptionMs: settings.falseInterruptionMs ?? calls.falseInterruptionMs,
    },
    overflow: settings.overflow ?? config.overflow,
  }
}

function hoursOf(office: 'open' | 'closed'): Config['company']['hours'] {
  const day = office === 'closed' ? office : { opensAtMinute: 0, closesAtMinute: 24 * 60 }
  const weekdays = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day }
  return { ...weekdays, saturday: day, sunday: day, holidays: [] }
}

function minutes(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds / 60
}
