import { z } from 'zod'
import { engineName } from './engine-schemas.ts'
import { flag, phoneNumber, publicOrigin, serviceUrl, text, url, wholeNumber } from './values.ts'

/**
 * The variables Hearthline reads, with default and unit beside each. Addresses and secrets live here; how the
 * business wants its phone answered is in YAML (`company-schema.ts`, `agent-schema.ts`).
 *
 * By convention the error text of a schema completes the sentence "expected ...". A variable that is set but empty
 * counts as not set, which is how compose files and CI write "none".
 */
export const environmentSchema = z.object({
  /** `production` refuses shortcuts that are fine on a desk, such as unchecked signatures (RELIABILITY S5). */
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** Whether logs may show what callers said and who they are. */
  LOG_PII: flag().default(false),

  /** TCP port; 0 lets the system choose. */
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: text('an address to listen on such as 0.0.0.0').default('0.0.0.0'),
  /** Where Twilio reaches us. Signatures are checked against this and never against request headers (S3). */
  PUBLIC_URL: publicOrigin(),
  /** Where Twilio reaches this very process, when several stand behind PUBLIC_URL: the media stream goes here. */
  INSTANCE_URL: publicOrigin().optional(),

  /** PostgreSQL; not set: SQLite in DATA_DIR. */
  DATABASE_URL: url(
    ['postgres:', 'postgresql:'],
    'an address such as postgres://user:password@host/database',
  ).optional(),
  REDIS_URL: url(['redis:', 'rediss:'], 'an address such as redis://host:6379').optional(),
  DATA_DIR: text('a folder').default('data'),
  RECORDINGS_DIR: text('a folder').default('recordings'),

  /** Who talks, unless the number called or an experiment decides (company.yaml, `engines`). */
  ENGINE: engineName().default('openai'),
  AGENT: text('the name of a file in config/agents, without .yaml', /^[a-z0-9][a-z0-9-]*$/).default('receptionist'),

  /** The business settings: company.yaml, officers.yaml, agents/, phrases.yaml, texts.yaml, facts.yaml, prices.yaml. */
  CONFIG_DIR: text('a folder').default('config'),

  TWILIO_ACCOUNT_SID: text('an account SID, which starts with AC', /^AC\w+$/),
  TWILIO_AUTH_TOKEN: text('the auth token of that account'),
  /** Still accepted in webhook signatures while the token is being rotated (S5). */
  TWILIO_AUTH_TOKEN_PREVIOUS: text('the auth token that was in use before').optional(),
  TWILIO_PHONE_NUMBER: phoneNumber().optional(),
  TWILIO_BASE_URL: serviceUrl().default('https://api.twilio.com'),
  VALIDATE_TWILIO_SIGNATURES: flag().default(true),

  /** Keys are asked for by the engines that are used (`engine-choice.ts`). */
  OPENAI_API_KEY: text('an API key').optional(),
  OPENAI_BASE_URL: serviceUrl().default('https://api.openai.com/v1'),
  OPENAI_REALTIME_MODEL: text('a model').default('gpt-realtime-2.1'),

  ELEVENLABS_API_KEY: text('an API key').optional(),
  ELEVENLABS_BASE_URL: serviceUrl().default('https://api.elevenlabs.io'),
  ELEVENLABS_AGENT_ID: text('an agent id').optional(),
  ELEVENLABS_VOICE_ID: text('a voice id').optional(),
  DEEPGRAM_API_KEY: text('an API key').optional(),
  DEEPGRAM_BASE_URL: serviceUrl().default('https://api.deepgram.com'),
  ANTHROPIC_API_KEY: text('an API key').optional(),
  ANTHROPIC_BASE_URL: serviceUrl().default('https://api.anthropic.com'),
  GOOGLE_CALENDAR_CREDENTIALS: text('the JSON key of a service account, or the path of its file').optional(),
  GOOGLE_BASE_URL: serviceUrl().default('https://www.googleapis.com'),

  /** With MAIL_FROM: officers get messages by e-mail, too. */
  SMTP_URL: url(['smtp:', 'smtps:'], 'an address such as smtp://user:password@mail.example.com:587').optional(),
  MAIL_FROM: text(
    'an e-mail address such as calls@example.com',
    /^[^\s@<>,;:"]+@[^\s@<>,;:"]+\.[^\s@<>,;:"]+$/,
  ).optional(),
})

export type EnvironmentSettings = z.output<typeof environmentSchema>

/** Variables whose value must never appear in a message, a log or a dump (S28). */
export const secretVariables: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'REDIS_URL',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_AUTH_TOKEN_PREVIOUS',
  'OPENAI_API_KEY',
  'ELEVENLABS_API_KEY',
  'DEEPGRAM_API_KEY',
  'ANTHROPIC_API_KEY',
  'GOOGLE_CALENDAR_CREDENTIALS',
  'SMTP_URL',
] satisfies (keyof EnvironmentSettings)[])
