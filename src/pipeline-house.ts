import type { CallServices } from './call/call-services.ts'
import type { Config } from './config/schema.ts'
import { HearthlineError } from './lib/errors.ts'
import { languageOf } from './lib/language-tag.ts'
import { createFactsStage } from './pipeline/facts/facts-stage.ts'
import { createInjectionStage } from './pipeline/injection/injection-stage.ts'
import { createIntentStage } from './pipeline/intent/intent-stage.ts'
import { isLanguage } from './pipeline/language/language-code.ts'
import { createLanguageStage } from './pipeline/language/language-stage.ts'
import { GUARDED_LANGUAGES } from './pipeline/licence-gate/guarded-languages.ts'
import { SpeechCheck } from './pipeline/licence-gate/licence-gate.ts'
import { createMoodStage } from './pipeline/mood/mood-stage.ts'
import { createPersonRequest } from './pipeline/person-request/person-request.ts'
import { createPrivacyStage } from './pipeline/privacy/privacy-stage.ts'
import { PrivateTalk } from './pipeline/privacy/private-talk.ts'
import { createRecordingRefusal } from './pipeline/recording/recording-refusal.ts'
import { soundsRecorded } from './pipeline/robocall/recorded.ts'
import { createRobocallStage } from './pipeline/robocall/robocall-stage.ts'
import { GreetingWatch } from './pipeline/voicemail/greeting-watch.ts'

/** What listens in a call, and what stands between the engine's words and the caller's ear. */
export type PipelineHouse = Pick<
  CallServices,
  'stages' | 'speechRule' | 'privateWords' | 'soundsRecorded' | 'greetingListener'
>

/**
 * Said to every stage before the first call, so that no caller waits for it: an expression is compiled when it is first
 * and again when it is next used, for Latin letters and for others.
 */
const WARM_UP_ROUNDS = 3
/** Once a process: it holds up whatever goes on beside it. */
let isWarm = false
const WARM_UP = [
  'Hello, I would like to refinance my house in Austin, Texas. My number is six one seven, five five five, zero one two three.',
  'This is ridiculous, I have called three times already. Can I please talk to a real person?',
  'Hola, buenas tardes, quisiera preguntar por mi hipoteca. Mi número es seis uno siete.',
  'Xin chào, tôi muốn hỏi về khoản vay mua nhà.',
  '你好，我想问一下房贷。',
  'Our rate is six and a half percent, “so you’d pay” two thousand a month — you qualify, and I’d use First Title.',
  'Yes.',
]

/** A new stage is added here, and nowhere else in the composition. Models are read once, here. */
export function buildPipeline(config: Pick<Config, 'company' | 'agent'>): PipelineHouse {
  for (const tag of config.company.languages) assertServable(tag)
  const pipeline = createPipeline(config)
  for (let round = 0; round < WARM_UP_ROUNDS && !isWarm; round++) warm(pipeline)
  isWarm = true
  return pipeline
}

/** A language whose talk of money nobody would notice is not spoken: callers would hear rates in it (SG1). */
function assertServable(tag: string): void {
  const language = languageOf(tag)
  const missing = [
    ...(isLanguage(language) ? [] : ['is not told apart from others (src/pipeline/language)']),
    ...(GUARDED_LANGUAGES.has(language) ? [] : ['has no words in the licence gate (src/pipeline/licence-gate)']),
  ]
  if (missing.length === 0) return
  const message = `company.languages in company.yaml names ${tag}, which ${missing.join(' and ')}. Add it there, or leave the language out.`
  throw new HearthlineError('language_not_servable', message)
}

function warm({ stages, speechRule, privateWords, soundsRecorded }: PipelineHouse): void {
  const words = privateWords()
  const listeners = stages.map((create) => create())
  for (const [atMs, text] of WARM_UP.entries()) {
    for (const stage of listeners) {
      stage.hear({ by: 'agent', text, atMs })
      stage.hear({ by: 'caller', text, atMs, prompt: text })
    }
    soundsRecorded(text)
    words.hideCaller(text)
    words.hideAgent(text)
    words.hideJson(JSON.stringify({ message: text }))
    speechRule().hear(text, false)
    speechRule().hear(text, true)
  }
}

function createPipeline({ company, agent }: Pick<Config, 'company' | 'agent'>): PipelineHouse {
  const served = company.languages.map(languageOf)
  const publicNumbers = [company.nmlsId, company.officePhone ?? '']
  return {
    stages: [
      createRecordingRefusal,
      createPersonRequest,
      createPrivacyStage,
      createLanguageStage({ first: languageOf(agent.language), served }),
      createMoodStage(),
      createIntentStage,
      createFactsStage,
      createRobocallStage(),
      createInjectionStage,
    ],
    speechRule: () => new SpeechCheck(),
    soundsRecorded,
    greetingListener: () => new GreetingWatch(),
    privateWords: () => new PrivateTalk(publicNumbers),
  }
}

export { hideInMessage } from './pipeline/privacy/hide-in-message.ts'
