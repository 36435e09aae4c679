import { LinearModel } from '../text-model/linear-model.ts'
import modelFile from './voicemail-model.json' with { type: 'json' }
import { readGreeting } from './voicemail-reading.ts'

export interface VoicemailJudgement {
  /** 0 (a person picked up) to 1 (a machine did). */
  readonly score: number
  readonly because: readonly string[]
}

/** From this score on it is taken for a machine. */
export const MACHINE_FROM = 0.5

const model = new LinearModel(modelFile)

/** How much the first words of the other side of an outbound call are a machine's: a mailbox, a carrier, a menu, a screener. */
export function judgeVoicemail(said: string): VoicemailJudgement {
  const { text, signs, sure } = readGreeting(said)
  const score = model.probability('machine', text)
  // What only machines say needs no other word for it.
  return { score: sure ? MACHINE_FROM + (1 - MACHINE_FROM) * score : score, because: signs }
}
