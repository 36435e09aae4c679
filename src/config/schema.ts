import type { LogLevel } from '../lib/log.ts'
import type { AgentFile } from './agent-schema.ts'
import type { CompanyFile } from './company-schema.ts'
import type { EngineName } from './engine-schemas.ts'
import type { OfficersFile } from './officers-schema.ts'

/**
 * Everything Hearthline can be told, checked and with defaults filled in. Each key, its unit and its default are
 * defined in `environment-schema.ts`, `company-schema.ts` and `agent-schema.ts`, and nowhere else.
 */
export interface Config {
  /** Folder of the YAML files and the rendered phrases. */
  readonly configDir: string
  readonly http: {
    readonly host: string
    /** 0: the system chooses. */
    readonly port: number
    /** Origin by which the carrier reaches us: `https://phone.example.com`. */
    readonly publicUrl: string
    /** Origin by which the carrier reaches this very process; the media stream goes there. */
    readonly instanceUrl: string
  }
  readonly log: { readonly level: LogLevel; readonly showPii: boolean }
  readonly storage: {
    /** Undefined: SQLite in `dataDir`. */
    readonly databaseUrl: string | undefined
    /** Where processes share how often a number calls, and the jobs. Undefined: each counts and looks for itself. */
    readonly redisUrl: string | undefined
    readonly dataDir: string
    readonly recordingsDir: string
  }
  readonly twilio: {
    readonly accountSid: string
    readonly authToken: string
    /** Tokens a signature may be made with: the current one and, during a rotation, the previous one. */
    readonly signingTokens: readonly string[]
    readonly validateSignatures: boolean
    readonly phoneNumber: string | undefined
    readonly baseUrl: string
  }
  readonly engines: {
    /** ENGINE: takes every call that no number and no experiment decides. */
    readonly main: EngineName
    /** Take over when a call's engine fails, in this order. All that is needed to reach them is set. */
    readonly rescue: readonly EngineName[]
    readonly numbers: CompanyFile['engines']['numbers']
    readonly experiment: CompanyFile['engines']['experiment']
    readonly require: CompanyFile['engines']['require']
  }
  readonly openai: ProviderSettings & { readonly model: string }
  readonly elevenlabs: ProviderSettings & { readonly agentId: string | undefined; readonly voiceId: string | undefined }
  readonly deepgram: ProviderSettings
  readonly anthropic: ProviderSettings
  readonly google: { readonly calendarCredentials: string | undefined; readonly baseUrl: string }
  /** Undefined: nothing is mailed. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | undefined

  readonly company: CompanyFile['company']
  readonly officers: OfficersFile
  readonly calls: CompanyFile['calls']
  readonly overflow: CompanyFile['overflow']
  readonly screening: CompanyFile['screening']
  readonly scheduling: CompanyFile['scheduling']
  /** `number` is TWILIO_PHONE_NUMBER where it is not set; without both nothing is texted. */
  readonly texting: CompanyFile['texting']
  readonly outbound: CompanyFile['outbound']
  /** `key` is the name of its file; `instructions` have their placeholders filled in. */
  readonly agent: AgentFile['agent'] & { readonly key: string }
  /** How the agent speaks and listens, by the engine it runs on. */
  readonly voice: AgentFile['openai']
  readonly elevenlabsAgent: AgentFile['elevenlabs']
  readonly cascade: AgentFile['cascade']
  readonly openaiLive: AgentFile['openaiLive']
}

/** How a provider is reached. The key is there when an engine in use needs it. */
export interface ProviderSettings {
  readonly apiKey: string | undefined
  readonly baseUrl: string
}
