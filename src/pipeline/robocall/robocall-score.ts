import { readFileSync } from 'node:fs'
import { LinearModel } from '../text-model/linear-model.ts'
import { readRobocall } from './robocall-reading.ts'
import { stretchesOf } from './robocall-text.ts'

export interface RobocallScore {
  /** 0 (somebody with a matter of their own) to 1 (a recording or a telemarketer); one scale for texts of any length. */
  readonly score: number
  readonly because: readonly string[]
}

const model = new LinearModel(JSON.parse(readFileSync(new URL('robocall-model.json', import.meta.url), 'utf8')))

/** How much a text sounds like a robocall, a recorded offer or a telemarketer: as much as the worst stretch of it. */
export function robocallScore(text: string): RobocallScore {
  return stretchesOf(text)
    .map(scoreOf)
    .reduce((worst, stretch) => (stretch.score > worst.score ? stretch : worst))
}

function scoreOf(stretch: string): RobocallScore {
  const { text, signs } = readRobocall(stretch)
  return { score: model.probability('robocall', text), because: signs }
}
