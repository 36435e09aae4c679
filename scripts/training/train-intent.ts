import { writeFileSync } from 'node:fs'
import { INTENTS } from '../../src/pipeline/intent/intent.ts'
import { sentencesOf } from '../../src/pipeline/intent/intent-text.ts'
import { LinearModel, type LinearModelFile } from '../../src/pipeline/text-model/linear-model.ts'
import { packed } from '../../src/pipeline/text-model/packed-weights.ts'
import { argumentsOr } from './command-line.ts'
import { authoredExamples } from './intent-texts.ts'
import { readRows } from './labelled-rows.ts'
import { crossValidate, type Example, trainLinear } from './train-linear.ts'

/**
 * `node scripts/training/train-intent.ts <folder of the development data>`: trains the intent model on the authored text and
 * on callers, after it told how well a model does on rows that it was not trained on.
 */
const [folder = ''] = argumentsOr('train-intent.ts <folder of the development data>')

/** A row of real speech counts for this many authored ones. */
const ROW_WEIGHT = 3
const FOLDS = 5

const SOURCE =
  'scripts/training/train-intent.ts: texts written for this project (scripts/training/texts/intent.txt and its development data); DSTC11 track 2 (CDLA-Permissive-2.0), CLINC150 (CC BY 3.0)'

const authored = authoredExamples(new URL('./texts/intent.txt', import.meta.url)).map(asRead)
const rows = readRows(folder, 'intent').map(({ text, label }) =>
  asRead({ text, label: String(label), weight: ROW_WEIGHT }),
)

const judged = crossValidate(rows, FOLDS, (training) => {
  const model = new LinearModel(train([...authored, ...training]))
  return (text) => [...model.probabilities(text)].reduce((best, next) => (next[1] > best[1] ? next : best))[0]
})
const right = judged.filter((label, at) => label === rows[at]!.label).length
console.log(`${right} of ${rows.length} unseen rows right by the model alone, without the rules of intent-words.ts`)

const model = train([...authored, ...rows])
const weights = Object.fromEntries(Object.entries(model.weights).map(([feature, own]) => [feature, packed(own)]))
const file = JSON.stringify({ ...model, weights })
writeFileSync(new URL('../../src/pipeline/intent/intent-model.json', import.meta.url), `${file}\n`)
console.log(`model: ${Math.round(file.length / 1000)} kB`)

function asRead(example: Example): Example {
  return { ...example, text: sentencesOf(example.text).join(' ') }
}

function train(examples: readonly Example[]): LinearModelFile {
  return trainLinear(examples, {
    labels: ['other', ...INTENTS.filter((intent) => intent !== 'other')],
    features: { words: 2, characters: [4, 4], mostWords: 60 },
    fewestExamples: 8,
    epochs: 10,
    decay: 3e-4,
    smallestWeight: 0.3,
    source: SOURCE,
  })
}
