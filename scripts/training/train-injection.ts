import { readFileSync, writeFileSync } from 'node:fs'
import { markedText, SignReader, SURE_FROM, signOf } from '../../src/pipeline/injection/injection-signs.ts'
import { readPassages } from '../../src/pipeline/injection/passages.ts'
import { LinearModel } from '../../src/pipeline/text-model/linear-model.ts'
import { argumentsOr } from './command-line.ts'
import { readRows } from './labelled-rows.ts'
import { crossValidate, type Example, type TrainingOptions, trainLinear } from './train-linear.ts'

interface Row {
  readonly text: string
  readonly label: 'injection' | 'benign'
  readonly slice: string
  readonly weight?: number
}

/**
 * `node scripts/training/train-injection.ts <folder of the development data>`: trains the injection model. Prints what
 * models say of rows they have not seen: rows that share five words in a row are never on both sides.
 */
const OPTIONS: TrainingOptions = {
  labels: ['benign', 'injection'],
  features: { words: 2, characters: [2, 3], mostWords: 400 },
  fewestExamples: 3,
  epochs: 25,
  decay: 0.03,
  smallestWeight: 0.04,
  source:
    'scripts/training/train-injection.ts: texts written for this project (scripts/training/texts/injection-*.txt); deepset/prompt-injections, Prompt-Injection-Firewall (Apache-2.0), InjecGuard NotInject (MIT); as innocent talk DSTC11 track 2 (CDLA-Permissive-2.0), CLINC150 (CC BY 3.0), PolyAI EVI (CC BY 4.0), lingua-py test data (CC BY 4.0), CreoleVal (CC BY 4.0), Rasa demos (Apache-2.0), GoEmotions (Apache-2.0), vaderSentiment (MIT), presidio-research (MIT)',
}
/** A long text is not many texts. */
const PASSAGE_WEIGHT = 0.3
/** Tasks whose rows are innocent of this one. */
const INNOCENT = ['intent', 'language', 'human_request', 'pii', 'sentiment']
/** They are what is heard nearly always: no order is worth many false alarms. */
const INNOCENT_WEIGHT = 1.5
const FOLDS = 8
const THRESHOLDS = [0.3, 0.35, 0.4, 0.45, 0.5, 0.6]
const MODEL = new URL('../../src/pipeline/injection/injection-model.json', import.meta.url)

const [folder = ''] = argumentsOr('train-injection.ts <folder of the development data>')

const rows = [
  ...judgedRows(),
  ...INNOCENT.flatMap(innocentRows),
  ...ownTexts('injection-orders.txt', 'injection'),
  ...ownTexts('injection-benign.txt', 'benign'),
]
const groups = groupsOf(rows.map(({ text }) => text))
const examples = rows.map(
  ({ text, label, weight = 1 }, at): Example => ({ text, label, weight, group: String(groups[at]) }),
)
const scores = crossValidate(examples, FOLDS, (training) => {
  const model = new LinearModel(trainLinear(training.flatMap(passagesOf), OPTIONS))
  return (text) =>
    Math.max(
      holdsSureOrder(text) ? SURE_FROM : 0,
      ...markedPassages(text).map((passage) => model.probability('injection', passage)),
    )
})
report(rows, scores)
const file = trainLinear(examples.flatMap(passagesOf), OPTIONS)
writeFileSync(MODEL, `${JSON.stringify(file)}\n`)
console.log(`${Object.keys(file.weights).length} features, ${Math.round(JSON.stringify(file).length / 1000)} kB`)

function holdsSureOrder(text: string): boolean {
  const { passages } = readPassages(text)
  const reader = new SignReader(passages[0] ?? '')
  return passages.some((passage) => reader.isSureOrder(passage))
}

function markedPassages(text: string): string[] {
  const { passages, hidden } = readPassages(text)
  const reader = new SignReader(passages[0] ?? '')
  return passages.map((passage) =>
    markedText(passage, [...reader.signsIn(passage), ...hidden.map((name) => signOf(name))]),
  )
}

/** The whole and its passages: of what is benign all are, of an order only those that show a sign of one. */
function passagesOf({ text, label, weight = 1 }: Example): Example[] {
  const [whole, ...parts] = markedPassages(text)
  const own = label === 'benign' ? parts : parts.filter((part) => part.startsWith('sign'))
  return [
    { text: whole!, label, weight },
    ...own.map((part) => ({ text: part, label, weight: weight * PASSAGE_WEIGHT })),
  ]
}

function judgedRows(): Row[] {
  return readRows(folder, 'injection').map(({ text, label, slice }) => ({
    text,
    label: label === 'injection' ? label : 'benign',
    slice,
  }))
}

/** Callers with an errand, and sentences in many languages: none gives the agent orders. */
function innocentRows(task: string): Row[] {
  return readRows(folder, task).map(({ text }) => ({
    text,
    label: 'benign',
    slice: 'others (intent ...)',
    weight: INNOCENT_WEIGHT,
  }))
}

function ownTexts(name: string, label: Row['label']): Row[] {
  return readFileSync(new URL(`texts/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .slice(1)
    .filter(Boolean)
    .map((text) => ({ text, label, slice: 'own texts' }))
}

/** Texts that share five words in a row are one group. */
function groupsOf(texts: readonly string[]): number[] {
  const leader = texts.map((_, at) => at)
  const find = (at: number): number => (leader[at] === at ? at : find(leader[at]!))
  const firstWith = new Map<string, number>()
  texts.forEach((text, at) => {
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
    for (let from = 0; from + 5 <= words.length; from++) {
      const run = words.slice(from, from + 5).join(' ')
      const first = firstWith.get(run)
      if (first === undefined) firstWith.set(run, at)
      else leader[find(at)] = find(first)
    }
  })
  return texts.map((_, at) => find(at))
}

function report(of: readonly Row[], said: readonly number[]): void {
  const slices = [...new Set(of.map(({ slice }) => slice))]
  for (const threshold of THRESHOLDS) {
    console.log(`threshold ${threshold}`)
    for (const slice of ['all of injection.dev', ...slices]) {
      const own = of
        .map((row, at) => ({ ...row, noticed: said[at]! >= threshold }))
        .filter((row) => (slice === 'all of injection.dev' ? !/own|intent/.test(row.slice) : row.slice === slice))
      console.log(`  ${slice.padEnd(24)} ${figures(own)}`)
    }
  }
}

function figures(of: readonly (Row & { readonly noticed: boolean })[]): string {
  const count = (label: Row['label'], noticed: boolean) =>
    of.filter((row) => row.label === label && row.noticed === noticed).length
  const [hits, misses, alarms, right] = [
    count('injection', true),
    count('injection', false),
    count('benign', true),
    count('benign', false),
  ]
  const percent = (part: number, whole: number) => (whole ? `${((100 * part) / whole).toFixed(1)} %` : '-')
  return `recall ${percent(hits, hits + misses)}, false positives ${percent(alarms, alarms + right)} (${alarms}), f1 ${percent(2 * hits, 2 * hits + misses + alarms)}`
}
