import { join } from 'node:path'
import { loadConfig } from '../../src/config/load.ts'
import { officersFileSchema } from '../../src/config/officers-schema.ts'
import type { Config } from '../../src/config/schema.ts'
import type { Scenario } from '../../src/simulator/scenario.ts'

/** Where the rehearsed server is reached by the carrier: https and wss, as in production. */
export const PUBLIC_URL = 'https://hearthline.test'

export const TWILIO_ACCOUNT = { accountSid: 'AC00000000000000000000000000000001', authToken: 'rehearsal-token' }

/** The configuration of the repository, with its own data and the scenario's settings. */
export function rehearsalConfig(options: {
  readonly scenario: Scenario
  readonly configDir: string
  /** For data and recordings. */
  readonly folder: string
  readonly twilioBaseUrl: string
  /** ENGINE, and the keys and addresses of the providers, emulated or real. */
  readonly engineEnv: Readonly<Record<string, string | undefined>>
  /** Where calendars are, and how they are reached; nowhere unless given. */
  readonly calendarEnv?: Readonly<Record<string, string>> | undefined
  /** Where the language models of a cascade are, when not at their providers'. */
  readonly thinkersUrl: string | undefined
}): Config {
  const { scenario, configDir, folder, twilioBaseUrl, engineEnv, calendarEnv, thinkersUrl } = options
  const env = {
    ...providersIn(engineEnv),
    ...calendarEnv,
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
    TWILIO_PHONE_NUMBER: scenario.caller.to,
  }
  const config = withSettings(loadConfig({ env, configDir }), scenario.settings)
  return thinkersUrl === undefined ? config : withThinkersAt(thinkersUrl, config)
}

/** Of the variables only those that concern voice providers: a developer's own database is not rehearsed on. */
function providersIn(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => /^(ENGINE$|OPENAI_|ELEVENLABS_|DEEPGRAM_|ANTHROPIC_)/.test(name)),
  )
}

function withThinkersAt(url: string, config: Config): Config {
  const { cascade } = config
  const thinkers = cascade.thinkers.map((thinker) => ({
    ...thinker,
    baseUrl: thinker.provider === 'anthropic' ? url : `${url}/v1`,
  }))
  return { ...config, cascade: { ...cascade, thinkers } }
}

function withSettings(config: Config, settings: Scenario['settings']): Config {
  const { cascade, company, calls } = config
  return {
    ...config,
    company: {
      ...company,
      ...(settings.officePhone === undefined ? {} : { officePhone: settings.officePhone }),
      ...(settings.office === undefined ? {} : { hours: hoursOf(settings.office) }),
    },
    officers: officersOf(config, settings),
    calls: {
      ...calls,
      maxLengthMinutes: minutes(settings.maxLengthSeconds) ?? calls.maxLengthMinutes,
      warnAtMinutes: minutes(settings.warnAtSeconds) ?? calls.warnAtMinutes,
      fillerAfterMs: settings.fillerAfterMs ?? calls.fillerAfterMs,
      falseInterruptionMs: settings.falseInterruptionMs ?? calls.falseInterruptionMs,
    },
    cascade: {
      ...cascade,
      listeners: cascade.listeners.map((listener) =>
        listener.type === 'nova'
          ? { ...listener, multilingual: settings.multilingual ?? listener.multilingual }
          : listener,
      ),
    },
    overflow: settings.overflow ?? config.overflow,
    screening: { ...config.screening, ...settings.screening },
    engines: { ...config.engines, rescue: settings.rescue },
  }
}

/** Without hours of their own: whether somebody is in the office goes for its officers, too. */
function officersOf({ officers: configured }: Config, given: Scenario['settings']): Config['officers'] {
  const named = given.officers.map(({ calendar: calendarId, ...officer }) => ({ ...officer, calendarId }))
  const { officers, extensions } = officersFileSchema.parse({ officers: named, extensions: given.extensions })
  return { ...configured, officers, extensions }
}

function hoursOf(office: 'open' | 'closed'): Config['company']['hours'] {
  const day = office === 'closed' ? office : { opensAtMinute: 0, closesAtMinute: 24 * 60 }
  const weekdays = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day }
  return { ...weekdays, saturday: day, sunday: day, holidays: [] }
}

function minutes(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds / 60
}
