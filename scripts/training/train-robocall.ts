import { writeFileSync } from 'node:fs'
import { readRobocall } from '../../src/pipeline/robocall/robocall-reading.ts'
import { stretchesOf } from '../../src/pipeline/robocall/robocall-text.ts'
import { LinearModel } from '../../src/pipeline/text-model/linear-model.ts'
import { argumentsOr } from './command-line.ts'
import { readMoreExamples, readSpamRows, withPieces } from './robocall-examples.ts'
import { printRecalls } from './robocall-figures.ts'
import { crossValidate, type Example, trainLinear } from './train-linear.ts'

/**
 * `node scripts/training/train-robocall.ts <folder of the development data> [--check]`: writes the weights of the
 * robocall classifier, or with `--check` prints how it does on campaigns it was not trained on.
 */
const OPTIONS = {
  labels: ['caller', 'robocall'],
  features: { words: 2, mostWords: 400 },
  fewestExamples: 3,
  epochs: 15,
  decay: 0.0005,
  smallestWeight: 0.3,
  source:
    'scripts/training/train-robocall.ts: texts written for this project (scripts/training/texts/robocall-*.txt); FTC "Point of No Entry" robocalls as transcribed in wspr-ncsu/robocall-campaign-detection (public domain); callers of DSTC11 track 2 (CDLA-Permissive-2.0), BANKING77 and EVI of PolyAI (CC BY 4.0), CLINC150 (CC BY 3.0), Rasa demos (Apache-2.0), lingua-py test data (CC BY 4.0), CreoleVal (CC BY 4.0)',
}
const FOLDS = 5

const [folder = '', check] = argumentsOr('train-robocall.ts <folder of the development data> [--check]')
const rows = readSpamRows(folder)
const more = readMoreExamples(folder, new Set(rows.map(({ text }) => text)))

if (check) {
  const withTexts = crossValidate(rows, FOLDS, (training) => scorer([...training, ...more]))
  printRecalls('campaigns left out', rows, withTexts)
  const alone = more.filter(({ label }) => label === 'caller')
  const withoutTexts = crossValidate(rows, FOLDS, (training) => scorer([...training, ...alone]))
  printRecalls('campaigns left out, no texts written for this', rows, withoutTexts)
} else {
  const path = new URL('../../src/pipeline/robocall/robocall-model.json', import.meta.url)
  writeFileSync(path, `${JSON.stringify(train([...rows, ...more]))}\n`)
}

function train(examples: readonly Example[]) {
  const read = withPieces(examples).map((example) => ({ ...example, text: readRobocall(example.text).text }))
  return trainLinear(read, OPTIONS)
}

function scorer(examples: readonly Example[]): (text: string) => number {
  const model = new LinearModel(train(examples))
  return (text) => Math.max(...stretchesOf(text).map((part) => model.probability('robocall', readRobocall(part).text)))
}
