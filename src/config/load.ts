import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { type AgentFile, agentFileSchema } from './agent-schema.ts'
import { type CompanyFile, companyFileSchema } from './company-schema.ts'
import { chooseEngines } from './engine-choice.ts'
import type { EngineName } from './engine-schemas.ts'
import { type EnvironmentSettings, environmentSchema, secretVariables } from './environment-schema.ts'
import { fillPlaceholders } from './instructions.ts'
import { type OfficersFile, officersFileSchema } from './officers-schema.ts'
import { expectation, Problems, shown } from './problems.ts'
import type { Config } from './schema.ts'
import { readYamlFile } from './yaml-file.ts'

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads and checks all settings: the environment (`.env` is read too; what is set already wins) and the YAML files in
 * `configDir`. The only reader of `process.env`.
 * @throws HearthlineError `bad_config`, whose message lists every problem and never shows a secret.
 */
export function loadConfig({ env = processEnvironment(), configDir = configDirOf(env) }: LoadOptions = {}): Config {
  const problems = new Problems()
  const settings = checkEnvironment(env, problems, environmentSchema)
  const business = readBusiness(env, configDir, problems)
  const isSet = (name: string) => Boolean(env[name])
  const engines = chooseEngines({ main: engineOf(env), isSet, ...business, problems })
  if (!settings || !business || problems.any) throw problems.toError()
  return { ...assemble(settings, business.company, business.agent), officers: business.officers, engines, configDir }
}

/**
 * Only who answers for whom, from the YAML files: for tools that prepare a start and need no keys.
 * @throws HearthlineError `bad_config`.
 */
export function loadBusinessConfig(
  env: Environment = processEnvironment(),
): Pick<Config, 'configDir' | 'company' | 'officers' | 'screening' | 'outbound' | 'agent'> {
  const problems = new Problems()
  const configDir = configDirOf(env)
  const business = readBusiness(env, configDir, problems)
  if (!business || problems.any) throw problems.toError()
  const { company, officers, agent, agentKey } = business
  const { screening, outbound } = company
  return {
    configDir,
    company: company.company,
    officers,
    screening,
    outbound,
    agent: { ...agent.agent, key: agentKey },
  }
}

/**
 * Only where calls and recordings are kept: for tools that read them and need no keys.
 * @throws HearthlineError `bad_config`.
 */
export function loadStorageConfig(env: Environment = processEnvironment()): Config['storage'] {
  const problems = new Problems()
  const settings = checkEnvironment(env, problems, storageSchema)
  if (!settings) throw problems.toError()
  return storageOf(settings)
}

/**
 * Only what the addresses of officers' calendars are made of: for a tool that tells them.
 * @throws HearthlineError `bad_config`.
 */
export function loadFeedConfig(
  env: Environment = processEnvironment(),
): Pick<Config['http'], 'publicUrl'> & Pick<Config['twilio'], 'signingTokens'> {
  const problems = new Problems()
  const settings = checkEnvironment(env, problems, feedSchema)
  if (!settings) throw problems.toError()
  return { publicUrl: settings.PUBLIC_URL, signingTokens: signingTokensOf(settings) }
}

const feedSchema = environmentSchema.pick({
  PUBLIC_URL: true,
  TWILIO_AUTH_TOKEN: true,
  TWILIO_AUTH_TOKEN_PREVIOUS: true,
})

const storageSchema = environmentSchema.pick({
  DATABASE_URL: true,
  REDIS_URL: true,
  DATA_DIR: true,
  RECORDINGS_DIR: true,
})

export interface LoadOptions {
  readonly env?: Environment
  readonly configDir?: string
}

function engineOf(env: Environment): EngineName | undefined {
  return environmentSchema.shape.ENGINE.safeParse(env.ENGINE || undefined).data
}

function configDirOf(env: Environment): string {
  return environmentSchema.shape.CONFIG_DIR.parse(env.CONFIG_DIR || undefined)
}

function readBusiness(
  env: Environment,
  configDir: string,
  problems: Problems,
): { company: CompanyFile; officers: OfficersFile; agent: AgentFile; agentKey: string } | undefined {
  const company = readYamlFile(join(configDir, 'company.yaml'), companyFileSchema, problems)
  const officers = readOfficers(join(configDir, 'officers.yaml'), problems)
  const agentKey = environmentSchema.shape.AGENT.safeParse(env.AGENT || undefined).data
  if (agentKey === undefined) return undefined
  const file = join(configDir, 'agents', `${agentKey}.yaml`)
  const agentFile = readYamlFile(file, agentFileSchema, problems)
  if (!company || !officers || !agentFile) return undefined
  return { company, officers, agent: completeAgent(agentFile, company, { file, problems }), agentKey }
}

/** An office without the file has nobody to connect or book. */
function readOfficers(file: string, problems: Problems): OfficersFile | undefined {
  return existsSync(file) ? readYamlFile(file, officersFileSchema, problems) : officersFileSchema.parse({})
}

/** The variables of this process, those of `.env` included; what is set already wins. */
export function processEnvironment(): Environment {
  try {
    process.loadEnvFile()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  return process.env
}

function checkEnvironment<Schema extends z.ZodObject>(
  env: Environment,
  problems: Problems,
  schema: Schema,
): z.output<Schema> | undefined {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const checked = schema.safeParse(set, { error: expectation })
  for (const issue of checked.error?.issues ?? []) {
    const name = String(issue.path[0])
    const found =
      set[name] !== undefined && secretVariables.has(name) ? 'a value that is not shown here' : shown(set[name])
    problems.add(name, {
      expected: issue.message,
      found,
      toDo: 'Set it in the environment or in .env (see .env.example).',
    })
  }
  if (set.NODE_ENV === 'production' && set.VALIDATE_TWILIO_SIGNATURES === 'false') {
    problems.add('VALIDATE_TWILIO_SIGNATURES', {
      expected: 'true when NODE_ENV is production',
      found: '"false"',
      toDo: 'Remove it: without signatures anybody can start calls on this server.',
    })
  }
  if (Boolean(set.SMTP_URL) !== Boolean(set.MAIL_FROM)) {
    problems.add(set.SMTP_URL ? 'MAIL_FROM' : 'SMTP_URL', {
      expected: 'SMTP_URL and MAIL_FROM together',
      found: 'only one of them',
      toDo: 'Set both, or neither: officers then get no e-mail.',
    })
  }
  return checked.data
}

function completeAgent(
  { agent, ...engines }: AgentFile,
  { company }: CompanyFile,
  { file, problems }: { file: string; problems: Problems },
): AgentFile {
  const values = { company: company.name, name: agent.name, nmlsId: company.nmlsId }
  const { filled, unknown } = fillPlaceholders(agent.instructions, values)
  if (unknown.length > 0) {
    const expected = `only {${Object.keys(values).join('}, {')}}`
    problems.add(`${file}: agent.instructions`, { expected, found: unknown.join(', '), toDo: 'Correct its name.' })
  }
  if (!company.languages.includes(agent.language)) {
    const expected = `one of company.languages (${company.languages.join(', ')})`
    problems.add(`${file}: agent.language`, { expected, found: shown(agent.language), toDo: 'Correct one of the two.' })
  }
  return { agent: { ...agent, instructions: filled }, ...engines }
}

function assemble(
  settings: EnvironmentSettings,
  companyFile: CompanyFile,
  { agent, openai, elevenlabs, cascade, openaiLive }: AgentFile,
): Omit<Config, 'configDir' | 'engines' | 'officers'> {
  return {
    http: {
      host: settings.HOST,
      port: settings.PORT,
      publicUrl: settings.PUBLIC_URL,
      instanceUrl: settings.INSTANCE_URL ?? settings.PUBLIC_URL,
    },
    log: { level: settings.LOG_LEVEL, showPii: settings.LOG_PII },
    storage: storageOf(settings),
    twilio: twilioSettings(settings),
    openai: {
      apiKey: settings.OPENAI_API_KEY,
      baseUrl: settings.OPENAI_BASE_URL,
      model: settings.OPENAI_REALTIME_MODEL,
    },
    elevenlabs: {
      apiKey: settings.ELEVENLABS_API_KEY,
      baseUrl: settings.ELEVENLABS_BASE_URL,
      agentId: settings.ELEVENLABS_AGENT_ID,
      voiceId: settings.ELEVENLABS_VOICE_ID,
    },
    deepgram: { apiKey: settings.DEEPGRAM_API_KEY, baseUrl: settings.DEEPGRAM_BASE_URL },
    anthropic: { apiKey: settings.ANTHROPIC_API_KEY, baseUrl: settings.ANTHROPIC_BASE_URL },
    google: { calendarCredentials: settings.GOOGLE_CALENDAR_CREDENTIALS, baseUrl: settings.GOOGLE_BASE_URL },
    mail: mailSettings(settings),
    company: companyFile.company,
    calls: companyFile.calls,
    overflow: companyFile.overflow,
    screening: companyFile.screening,
    scheduling: companyFile.scheduling,
    texting: { ...companyFile.texting, number: companyFile.texting.number ?? settings.TWILIO_PHONE_NUMBER },
    outbound: companyFile.outbound,
    agent: { ...agent, key: settings.AGENT },
    voice: openai,
    elevenlabsAgent: elevenlabs,
    cascade,
    openaiLive,
  }
}

function twilioSettings(settings: EnvironmentSettings): Config['twilio'] {
  return {
    accountSid: settings.TWILIO_ACCOUNT_SID,
    authToken: settings.TWILIO_AUTH_TOKEN,
    signingTokens: signingTokensOf(settings),
    validateSignatures: settings.VALIDATE_TWILIO_SIGNATURES,
    phoneNumber: settings.TWILIO_PHONE_NUMBER,
    baseUrl: settings.TWILIO_BASE_URL,
  }
}

function signingTokensOf({
  TWILIO_AUTH_TOKEN: token,
  TWILIO_AUTH_TOKEN_PREVIOUS: previous,
}: z.output<typeof feedSchema>): readonly string[] {
  return previous === undefined ? [token] : [token, previous]
}

function mailSettings({ SMTP_URL: smtpUrl, MAIL_FROM: from }: EnvironmentSettings): Config['mail'] {
  return smtpUrl === undefined || from === undefined ? undefined : { smtpUrl, from }
}

function storageOf(settings: z.output<typeof storageSchema>): Config['storage'] {
  return {
    databaseUrl: settings.DATABASE_URL,
    redisUrl: settings.REDIS_URL,
    dataDir: settings.DATA_DIR,
    recordingsDir: settings.RECORDINGS_DIR,
  }
}
