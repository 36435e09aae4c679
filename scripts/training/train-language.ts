import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PackedModel } from '../../src/pipeline/language/packed-model.ts'
import { LinearModel, type LinearModelFile } from '../../src/pipeline/text-model/linear-model.ts'
import { packed } from '../../src/pipeline/text-model/packed-weights.ts'
import { argumentsOr } from './command-line.ts'
import { languageExamples } from './language-examples.ts'
import { LATIN_LANGUAGES, readWordLists } from './language-word-lists.ts'
import { trainLinear } from './train-linear.ts'

/**
 * Trains the model that tells the ten languages in Latin letters apart:
 *
 *     node scripts/training/train-language.ts <clone of rspeer/wordfreq> <clone of unicode-org/unilex>
 *
 * Takes some two minutes. It prints how many of the held-out lines come out right
 * (`texts/language-held-out.tsv`, which it is not trained on).
 */
const SOURCE =
  'scripts/training/train-language.ts; word lists of rspeer/wordfreq (CC BY-SA 4.0; its README names its own sources) and, for ht, unicode-org/unilex (Unicode-3.0); lines written for this project. The weights are a work derived of wordfreq and under CC BY-SA 4.0.'

const USAGE = 'train-language.ts <clone of rspeer/wordfreq> <clone of unicode-org/unilex>'

const [wordfreq = '', unilex = ''] = argumentsOr(USAGE, 2)

const file = trainLinear(languageExamples(readWordLists(wordfreq, unilex)), {
  labels: LATIN_LANGUAGES,
  features: { words: 1, characters: [1, 4], mostWords: 60 },
  fewestExamples: 115,
  epochs: 4,
  decay: 1e-5,
  smallestWeight: 0.1,
  source: SOURCE,
})
const target = fileURLToPath(new URL('../../src/pipeline/language/language-model.json', import.meta.url))
writeFileSync(target, `${JSON.stringify(pack(file), null, 2)}\n`)
console.log(`${Object.keys(file.weights).length} features`)
reportHeldOut(new LinearModel(file))

function pack({ weights, features, ...rest }: LinearModelFile): PackedModel {
  return {
    ...rest,
    features: { words: 1, characters: [1, 4], mostWords: features.mostWords },
    weights: Object.entries(weights)
      .map(([feature, row]) => `${feature} ${packed(row)}`)
      .join(' '),
  }
}

function reportHeldOut(model: LinearModel): void {
  const lines = readFileSync(new URL('texts/language-held-out.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  const rows = lines.map((line) => line.split('\t')).filter(([language = '']) => model.labels.includes(language))
  const wrong = rows.filter(([language, text = '']) => {
    const [best] = [...model.probabilities(text)].toSorted(([, one], [, other]) => other - one)
    return best?.[0] !== language
  })
  console.log(`held out: ${rows.length - wrong.length} of ${rows.length}`)
  for (const [language, text] of wrong) console.log(`  ${language}: ${text}`)
}
