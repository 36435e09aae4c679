import { readFileSync, writeFileSync } from 'node:fs'
import { INTENTS } from '../../src/pipeline/intent/intent.ts'
import { sentencesOf } from '../../src/pipeline/intent/intent-text.ts'
import { packed } from '../../src/pipeline/intent/packed-weights.ts'
import { LinearModel, type LinearModelFile } from '../../src/pipeline/text-model/linear-model.ts'
import { authoredExamples } from './intent-texts.ts'
import { crossValidate, type Example, trainLinear } from './train-linear.ts'

/**
 * `node scripts/training/train-intent.ts <labelled rows>.jsonl`: trains the intent model on the authored text and on rows
 * `{text, label}`, after it told how well a model does on rows that it was not trained on.
 */
const [rowsFile] = process.argv.slice(2)
if (!rowsFile) {
  console.error('usage: node scripts/training/train-intent.ts <labelled rows>.jsonl')
  process.exit(2)
}

/** A row of real speech counts for this many authored ones. */
const ROW_WEIGHT = 3
const FOLDS = 5

const SOURCE =
  'Trained by scripts/training/train-intent.ts on texts/intent.txt (written for this project) and labelled rows of DSTC11 track 2 (CDLA-Permissive-2.0), CLINC150 (CC BY 3.0) and rows written for this project.'

const authored = authoredExamples(new URL('./texts/intent.txt', import.meta.url)).map(asRead)
const rows: Example[] = readFileSync(rowsFile, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Example)
  .map(({ text, label }) => asRead({ text, label, weight: ROW_WEIGHT }))

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
