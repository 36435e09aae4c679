import type { CallServices } from './call/call-services.ts'
import type { Config } from './config/schema.ts'
import { createFactsStage } from './pipeline/facts/facts-stage.ts'
import { createInjectionStage } from './pipeline/injection/injection-stage.ts'
import { createIntentStage } from './pipeline/intent/intent-stage.ts'
import { createLanguageStage } from './pipeline/language/language-stage.ts'
import { SpeechCheck } from './pipeline/licence-gate/licence-gate.ts'
import { createMoodStage } from './pipeline/mood/mood-stage.ts'
import { createPersonRequest } from './pipeline/person-request/person-request.ts'
import { findPrivate } from './pipeline/privacy/find-private.ts'
import { createPrivacyStage } from './pipeline/privacy/privacy-stage.ts'
import type { PrivateKind } from './pipeline/privacy/private-span.ts'
import { PrivateTalk } from './pipeline/privacy/private-talk.ts'
import { redact } from './pipeline/privacy/redaction.ts'
import { createRecordingRefusal } from './pipeline/recording/recording-refusal.ts'
import { soundsRecorded } from './pipeline/robocall/recorded.ts'
import { createRobocallStage } from './pipeline/robocall/robocall-stage.ts'

/** What listens in a call, and what stands between the engine's words and the caller's ear. */
export type PipelineHouse = Pick<CallServices, 'stages' | 'speechRule' | 'privateWords' | 'soundsRecorded'>

/** A new stage is added here, and nowhere else in the composition. Models are read once, here. */
export function buildPipeline({ company, agent }: Pick<Config, 'company' | 'agent'>): PipelineHouse {
  const served = company.languages.map(subtagOf)
  const publicNumbers = [company.nmlsId, company.officePhone ?? '']
  return {
    stages: [
      createRecordingRefusal,
      createPersonRequest,
      createPrivacyStage(),
      createLanguageStage({ first: subtagOf(agent.language), served }),
      createMoodStage(),
      createIntentStage,
      createFactsStage,
      createRobocallStage(),
      createInjectionStage(),
    ],
    speechRule: () => new SpeechCheck(),
    soundsRecorded,
    privateWords: () => new PrivateTalk(publicNumbers),
  }
}

/** A message says how to reach somebody; everything else that is private is taken out of it. */
const SPARED_IN_MESSAGES: ReadonlySet<PrivateKind> = new Set(['PHONE', 'EMAIL'])

/** The text of a message as it may be kept and passed on. */
export function hideInMessage(text: string): string {
  return redact(
    text,
    findPrivate(text).filter(({ kind }) => !SPARED_IN_MESSAGES.has(kind)),
  )
}

function subtagOf(tag: string): string {
  return tag.split('-', 1)[0]!
}
