import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { wordsOf } from '../../src/lib/spoken-words.ts'
import { withAlikeWords } from '../../src/pipeline/mood/alike-words.ts'
import { cuesOf } from '../../src/pipeline/mood/complaint-cues.ts'
import { seemsEnglish } from '../../src/pipeline/mood/english.ts'
import { frustratedBy, judgeEnglish, judgeMood } from '../../src/pipeline/mood/judge-mood.ts'
import { LinearModel } from '../../src/pipeline/text-model/linear-model.ts'
import { argumentsOr } from './command-line.ts'
import { readRows } from './labelled-rows.ts'
import { crossValidate, type Example, type TrainingOptions, trainLinear } from './train-linear.ts'

/**
 * `node scripts/training/train-mood.ts <folder of the development data>`: trains the mood model on the English texts written
 * for this project and on callers; prints cross-validated figures, writes the model.
 */
const MODEL = join(import.meta.dirname, '../../src/pipeline/mood/mood-model.json')
const FOLDS = 5
/** Many callers, hardly ever angry, against few sentences that are: together they may not drown them. */
const CALM_CALLER_WEIGHT = 0.4

const options: TrainingOptions = {
  labels: ['calm', 'frustrated'],
  features: { words: 2, mostWords: 80 },
  fewestExamples: 2,
  epochs: 20,
  decay: 3e-4,
  smallestWeight: 0.05,
  source:
    "scripts/training/train-mood.ts: utterances written for this project (scripts/training/texts/mood-*.txt, the project's licence) and role-played bank calls of DSTC11 track 2 (amazon-science/dstc11-track2-intent-induction, CDLA-Permissive-2.0)",
}

interface MoodExample extends Example {
  /** `es` of the texts of our own, the slice of a row. */
  readonly from: string
}

const [folder = ''] = argumentsOr('train-mood.ts <folder of the development data>')
const texts = [...ownTexts('frustrated'), ...ownTexts('calm')]
const own = texts.filter(({ from }) => from === 'en')
const foreign = texts.filter(({ from }) => from !== 'en')
const callers = readJudgedCallers()
const calm = readCalmCallers(new Set(callers.map(({ text }) => keyOf(text))))

report('model of our own texts only, on the callers', callers, scoresOf(callers, trained(own)))
const all = [...own, ...calm, ...callers]
const held = crossValidate(all, FOLDS, (examples) => {
  const learned = trained(examples)
  return (text) => ({ alone: learned(text), withCues: judgeEnglish(text, learned).frustration })
})
report(
  'model cross-validated',
  all,
  held.map(({ alone }) => alone),
)
report(
  'with cues and words, model cross-validated',
  all,
  held.map(({ withCues }) => withCues),
)
report('other languages, by cues written beside these texts', foreign, scoresOf(foreign, frustrationOf))
console.log(`taken for English: ${foreign.filter(({ text }) => seemsEnglish(text)).length} of ${foreign.length}`)

const model = trainLinear(all.map(asRead), options)
writeFileSync(MODEL, `${JSON.stringify(model)}\n`)
console.log(`${all.length} examples, ${Object.keys(model.weights).length} features -> ${MODEL}`)

function ownTexts(label: string): MoodExample[] {
  const file = join(import.meta.dirname, `texts/mood-${label}.txt`)
  return readFileSync(file, 'utf8')
    .split(/^# /m)
    .filter(Boolean)
    .flatMap((section) => {
      const [from = '', ...texts] = section.trim().split('\n')
      return texts.map((text) => ({ text, label, from }))
    })
}

function readJudgedCallers(): MoodExample[] {
  return readRows(folder, 'sentiment')
    .filter(({ slice }) => slice.startsWith('caller'))
    .map(({ text, label, slice }) => ({ text, label: label === 1 ? 'frustrated' : 'calm', from: slice }))
}

/** Callers who passed for human beings; those with the cue of a complaint are of unknown mood and left out. */
function readCalmCallers(known: ReadonlySet<string>): MoodExample[] {
  return readRows(folder, 'spam')
    .filter(({ text, slice }) => slice === 'caller_dstc11' && !known.has(keyOf(text)) && cuesOf(text).length === 0)
    .map(({ text }) => ({ text, label: 'calm', from: 'calm callers', weight: CALM_CALLER_WEIGHT }))
}

function keyOf(text: string): string {
  return wordsOf(text).join(' ')
}

function trained(examples: readonly Example[]): (text: string) => number {
  return frustratedBy(new LinearModel(trainLinear(examples.map(asRead), options)))
}

/** As `judgeMood` gives it to the model. */
function asRead(example: Example): Example {
  return { ...example, text: withAlikeWords(example.text) }
}

function frustrationOf(text: string): number {
  return judgeMood(text).frustration
}

function scoresOf(examples: readonly Example[], score: (text: string) => number): number[] {
  return examples.map(({ text }) => score(text))
}

/** The chance that a frustrated one scores above a calm one, for each origin that has both. */
function report(title: string, examples: readonly MoodExample[], scores: readonly number[]): void {
  const origins = [...new Set(examples.map(({ from }) => from))]
  const figures = origins.flatMap((origin) => {
    const scoresAt = (wanted: string) =>
      scores.filter((_, at) => examples[at]!.from === origin && examples[at]!.label === wanted)
    const figure = areaUnderCurve(scoresAt('frustrated'), scoresAt('calm'))
    return Number.isNaN(figure) ? [] : [`${origin} ${figure.toFixed(3)}`]
  })
  console.log(`${title}: ${figures.join(', ')}`)
}

function areaUnderCurve(high: readonly number[], low: readonly number[]): number {
  const wins = high.reduce(
    (sum, one) => sum + low.reduce((own, other) => own + (one > other ? 1 : one === other ? 0.5 : 0), 0),
    0,
  )
  return wins / (high.length * low.length)
}
