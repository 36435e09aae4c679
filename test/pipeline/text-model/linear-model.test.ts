import { expect, it } from 'vitest'
import { crossValidate, type Example, trainLinear } from '../../../scripts/training/train-linear.ts'
import { LinearModel } from '../../../src/pipeline/text-model/linear-model.ts'
import { featuresOf } from '../../../src/pipeline/text-model/text-features.ts'

const OPTIONS = {
  labels: ['fruit', 'tool', 'animal'],
  features: { words: 2, mostWords: 50 },
  fewestExamples: 1,
  epochs: 20,
  decay: 0.001,
  smallestWeight: 0.01,
  source: 'a test',
}
const EXAMPLES: Example[] = [
  ['an apple a day', 'fruit'],
  ['a ripe pear', 'fruit'],
  ['a heavy hammer', 'tool'],
  ['the saw is sharp', 'tool'],
  ['a dog barks', 'animal'],
  ['the cat sleeps', 'animal'],
].map(([text, label]) => ({ text: text!, label: label! }))

it('learns what it is shown, and gives probabilities that are together 1', () => {
  const model = new LinearModel(trainLinear(EXAMPLES, OPTIONS))
  for (const { text, label } of EXAMPLES) {
    const probabilities = model.probabilities(text)
    expect([...probabilities.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
    expect(Math.max(...probabilities.values())).toBe(probabilities.get(label))
  }
})

it('comes out the same each time, and reads back from its file', () => {
  const file = trainLinear(EXAMPLES, OPTIONS)
  expect(trainLinear(EXAMPLES, OPTIONS)).toEqual(file)
  const read = new LinearModel(JSON.parse(JSON.stringify(file)))
  expect(read.probability('tool', 'a heavy saw')).toBe(new LinearModel(file).probability('tool', 'a heavy saw'))
})

it('refuses a file that is no model', () => {
  expect(() => new LinearModel({ labels: ['one'] })).toThrow()
})

it('judges each example by a model that has not seen its group', () => {
  const twins: Example[] = EXAMPLES.map((example) => ({ ...example, group: example.text })).flatMap((one) => [one, one])
  const seen = crossValidate(twins, 3, (training) => {
    const texts = new Set(training.map(({ text }) => text))
    return (text) => texts.has(text)
  })
  expect(seen).toEqual(twins.map(() => false))
})

it('takes digits for alike, and looks no further than it is told', () => {
  const choice = { words: 1, mostWords: 2 }
  expect(featuresOf('Pay 125 dollars', choice)).toEqual(new Set(['w:pay', 'w:0']))
  expect(featuresOf('no', { words: 0, characters: [2, 3], mostWords: 9 })).toEqual(
    new Set(['c:<n', 'c:no', 'c:o>', 'c:<no', 'c:no>']),
  )
})

it('counts of a text the features it knows, each once, and as they are made for training', () => {
  const features = { words: 2, characters: [1, 3], mostWords: 6 } as const
  const texts = ['a rate of 625 a rate', 'the Rate isn’t what the rate was before', 'día de pago 😀 利率', 'ab', '']
  const names = [...featuresOf(texts.join(' '), { ...features, mostWords: 99 })].filter((_, at) => at % 3 !== 0)
  const weights = Object.fromEntries(names.map((name, at) => [name, [(at % 7) - 3]]))
  const model = new LinearModel({ source: 'a test', features, labels: ['no', 'yes'], bias: [0.5], weights })
  for (const text of texts) {
    const sum = [...featuresOf(text, features)].reduce((score, name) => score + (weights[name]?.[0] ?? 0), 0.5)
    expect(model.probability('yes', text)).toBeCloseTo(1 / (1 + Math.exp(-sum)))
  }
})
