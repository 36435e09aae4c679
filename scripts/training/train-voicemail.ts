import { writeFileSync } from 'node:fs'
import { LinearModel } from '../../src/pipeline/text-model/linear-model.ts'
import { readGreeting } from '../../src/pipeline/voicemail/voicemail-reading.ts'
import { readTexts } from './authored-texts.ts'
import { argumentsOr } from './command-line.ts'
import { readCallers, readRows } from './labelled-rows.ts'
import { crossValidate, type Example, trainLinear } from './train-linear.ts'

/**
 * `node scripts/training/train-voicemail.ts <folder of the development data> [--check]`: writes the weights of the
 * voicemail classifier, or with `--check` prints how it does on rows and topics it was not trained on.
 */
const OPTIONS = {
  labels: ['human', 'machine'],
  features: { words: 2, characters: [3, 4], mostWords: 120 },
  fewestExamples: 3,
  epochs: 30,
  decay: 0.03,
  smallestWeight: 0.08,
  source:
    'scripts/training/train-voicemail.ts: texts written for this project (scripts/training/texts/voicemail-*.txt, robocall-legit.txt and its development data); as people, callers of DSTC11 track 2 (CDLA-Permissive-2.0), PolyAI EVI (CC BY 4.0), Rasa demos (Apache-2.0)',
} as const
const FOLDS = 6
/** Greetings are fewer than people, and one that is missed costs a message nobody hears. */
const MACHINE_WEIGHT = 2
/** People on the telephone, of other tasks' rows. */
const CALLERS = {
  spam: ['caller', 'legit'],
  intent: ['dstc11', 'mortgage'],
  language: ['phone', 'caller'],
  pii: ['natural', 'negative', 'phone'],
  human_request: ['caller', 'rasa', 'mortgage'],
  sentiment: ['caller'],
}

const [folder = '', check] = argumentsOr('train-voicemail.ts <folder of the development data> [--check]')
const rows = readRows(folder, 'voicemail').map(({ text, label }) => ({ text, label: String(label) }))
const texts = [...readTexts('voicemail-machine', 'machine'), ...readTexts('voicemail-human', 'human')]
const callers = [
  ...readTexts('robocall-legit', 'human').map(({ text }) => text),
  ...readCallers(folder, CALLERS, new Set(rows.map(({ text }) => text))),
].map((text) => ({ text, label: 'human' }))

if (check) {
  printScores(
    'rows, trained on texts written for it alone',
    rows,
    rows.map(({ text }) => text).map(scorer([...texts, ...callers])),
  )
  printScores(
    'rows, part left out',
    rows,
    crossValidate(rows, FOLDS, (some) => scorer([...some, ...texts, ...callers])),
  )
  printScores(
    'texts, a sixth left out',
    texts,
    crossValidate(texts, FOLDS, (some) => scorer([...some, ...rows, ...callers])),
  )
} else {
  const path = new URL('../../src/pipeline/voicemail/voicemail-model.json', import.meta.url)
  writeFileSync(path, `${JSON.stringify(train([...rows, ...texts, ...callers]))}\n`)
}

function train(examples: readonly Example[]) {
  return trainLinear(
    examples.map(({ text, label, weight = 1 }) => ({
      text: readGreeting(text).text,
      label,
      weight: label === 'machine' ? weight * MACHINE_WEIGHT : weight,
    })),
    OPTIONS,
  )
}

function scorer(examples: readonly Example[]): (text: string) => number {
  const model = new LinearModel(train(examples))
  return (said) => {
    const { text, sure } = readGreeting(said)
    return (sure ? 0.5 : 0) + model.probability('machine', text) / (sure ? 2 : 1)
  }
}

function printScores(
  title: string,
  judged: readonly { text: string; label: string }[],
  scores: readonly number[],
): void {
  const count = (label: string, machine: boolean) =>
    judged.filter((row, at) => row.label === label && scores[at]! >= 0.5 === machine).length
  const [found, missed, wrong] = [count('machine', true), count('machine', false), count('human', true)]
  const humans = wrong + count('human', false)
  console.log(
    `${title}: F1 ${((2 * found) / (2 * found + missed + wrong)).toFixed(3)}, recall ${(found / (found + missed)).toFixed(3)}, false positives ${(wrong / humans).toFixed(4)}`,
  )
  judged.forEach((row, at) => {
    if ((row.label === 'machine') !== scores[at]! >= 0.5)
      console.log(`  ${scores[at]!.toFixed(2)} ${row.label}: ${row.text.slice(0, 120)}`)
  })
}
