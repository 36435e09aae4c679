import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { durationMs } from './audio/encoded-audio.ts'
import { isOpen } from './business/office-hours.ts'
import { loadPhraseBook } from './business/phrase-book.ts'
import { loadPrices } from './business/prices.ts'
import { type OpenRecorder, recordingFileName } from './call/call-recording.ts'
import type { CallServices, CallSettings } from './call/call-services.ts'
import { describeCaller } from './call/caller-briefing.ts'
import type { PhraseBook } from './call/phrases.ts'
import { openRecorder } from './call/recorder.ts'
import type { Config } from './config/schema.ts'
import { buildEngines } from './engine-house.ts'
import type { EnginePoolOptions } from './engines/engine-pool.ts'
import type { Clock } from './lib/clock.ts'
import type { Log } from './lib/log.ts'
import { LoopShare } from './lib/loop-share.ts'
import { buildPipeline } from './pipeline-house.ts'
import type { Tool } from './tools/tool.ts'

/** OpenAI ends a session after 60 minutes without a warning (RELIABILITY 2.2, F5). */
const ROTATE_ENGINE_AFTER_MS = 50 * 60_000
/** How long the carrier may take to come back with a dropped call (F6). */
const KEEP_LOST_LINE_MS = 30_000
/** An answer that has not begun is asked for again, and at last the call is rescued (F2). */
const RETRY_ANSWER_AFTER_MS = 4_000
const GIVE_UP_ANSWER_AFTER_MS = 8_000

export interface CallHouse
  extends Omit<
    CallServices,
    'engines' | 'store' | 'officerLines' | 'onFact' | 'onStage' | 'onEnded' | 'outbound' | 'contacts'
  > {
  /** By name, and which of them serve which call. */
  readonly engines: Pick<EnginePoolOptions, 'engines' | 'order'>
}

/**
 * What calls are made of: engines, voice, tools, listeners and rules, as configured.
 */
export async function buildCallHouse(options: {
  config: Config
  tools: readonly Tool[]
  clock: Clock
  log: Log
}): Promise<CallHouse> {
  const { config, tools, clock, log } = options
  const { company, calls } = config
  const phrases = await phrasesOf(config, log)
  const prices = loadPrices(join(config.configDir, 'prices.yaml'))
  const { engines, order, models } = buildEngines(config, { clock, log })
  for (const model of models) prices.assertKnown(model)
  return {
    engines: { engines, order },
    phrases,
    clock,
    log,
    tools,
    ...buildPipeline(config),
    listeningShare: new LoopShare(clock),
    openRecorder: calls.recording.enabled ? await recorderFor(config.storage.recordingsDir, clock, log) : undefined,
    instructions: (caller) => [config.agent.instructions, momentOf(config, clock), describeCaller(caller)].join('\n'),
    extensions: new Map(config.officers.extensions.map(({ id, phone }) => [id, phone])),
    rescue: () =>
      company.officePhone && isOpen(company.hours, company.timeZone, clock.now())
        ? { to: 'person', number: company.officePhone }
        : { to: 'message' },
    price: (usages, talkedMs) => prices.costOf(usages, talkedMs),
    settings: settingsOf(config, phrases),
  }
}

function phrasesOf({ configDir, company, outbound, agent, voice }: Config, log: Log): Promise<PhraseBook> {
  return loadPhraseBook({
    wordingFile: join(configDir, 'phrases.yaml'),
    clipsDir: join(configDir, 'phrases'),
    voice: voice.voice,
    company: company.spokenName ?? company.name,
    agentName: agent.name,
    tollFreeNumber: outbound.tollFreeNumber,
    languages: [agent.language, ...company.languages],
    log,
  })
}

async function recorderFor(recordingsDir: string, clock: Clock, log: Log): Promise<OpenRecorder> {
  await mkdir(recordingsDir, { recursive: true })
  return ({ callId, resumeAtMs, replace, onFailure }) =>
    openRecorder({
      file: join(recordingsDir, recordingFileName(callId)),
      clock,
      log,
      onFailure,
      replace,
      ...(resumeAtMs === undefined ? {} : { resumeAtMs }),
    })
}

/** What the model cannot know by itself: the date, the time, and whether somebody is in the office. */
function momentOf({ company }: Config, clock: Clock): string {
  const { timeZone, hours } = company
  const now = new Intl.DateTimeFormat('en-US', { timeZone, dateStyle: 'full', timeStyle: 'short' }).format(clock.now())
  return `# Now\nIt is ${now} at the office, which is ${isOpen(hours, timeZone, clock.now()) ? 'open' : 'closed'}.`
}

function settingsOf({ agent, company, calls }: Config, phrases: PhraseBook): CallSettings {
  const { silence, fillerAfterMs } = calls
  const goodbye = phrases.phrase('silence-goodbye', agent.language).audio
  return {
    agent: agent.key,
    language: agent.language,
    languages: [...new Set([agent.language, ...company.languages])],
    turnTaking: { falseAlarmMs: calls.falseInterruptionMs, numberPauseMs: calls.numberPauseMs },
    nobodySpeaksMs: calls.nobodySpeaksSeconds * 1000,
    silence: {
      firstPromptMs: silence.firstPromptSeconds * 1000,
      secondPromptMs: silence.secondPromptSeconds * 1000,
      // The configured time is when the caller is let go; the goodbye has been said by then.
      goodbyeMs: Math.max(silence.hangUpSeconds * 1000 - durationMs(goodbye), silence.secondPromptSeconds * 1000 + 1),
    },
    answers: { fillerAfterMs, retryAfterMs: RETRY_ANSWER_AFTER_MS, giveUpAfterMs: GIVE_UP_ANSWER_AFTER_MS },
    maxLengthMs: calls.maxLengthMinutes * 60_000,
    warnAtMs: calls.warnAtMinutes * 60_000,
    rotateEngineAfterMs: ROTATE_ENGINE_AFTER_MS,
    keepLostLineMs: KEEP_LOST_LINE_MS,
  }
}
