import { Recent } from '../../lib/recent.ts'
import { LinearModel } from '../text-model/linear-model.ts'
import modelFile from './robocall-model.json' with { type: 'json' }
import { readRobocall } from './robocall-reading.ts'
import { stretchesOf } from './robocall-text.ts'

export interface RobocallJudgement {
  /** 0 (somebody with a matter of their own) to 1 (a recording or a telemarketer); one scale for texts of any length. */
  readonly score: number
  readonly because: readonly string[]
}

const model = new LinearModel(modelFile)

/** How much a text sounds like a robocall, a recorded offer or a telemarketer: as much as the worst stretch of it. */
export function judgeRobocall(text: string): RobocallJudgement {
  return recent.of(text, () => worstOf(stretchesOf(text).map(scoreOf)))
}

/** It is asked whether an utterance sounds recorded, and then the stage hears it. */
const recent = new Recent<RobocallJudgement>(8)

function worstOf(stretches: readonly RobocallJudgement[]): RobocallJudgement {
  return stretches.reduce((worst, stretch) => (stretch.score > worst.score ? stretch : worst))
}

function scoreOf(stretch: string): RobocallJudgement {
  const { text, signs } = readRobocall(stretch)
  return { score: model.probability('robocall', text), because: signs }
}
