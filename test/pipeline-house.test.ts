import { expect, it } from 'vitest'
import { buildPipeline, hideInMessage } from '../src/pipeline-house.ts'

const configOf = (...languages: [string, ...string[]]) =>
  ({ company: { languages, nmlsId: '1234567', officePhone: undefined }, agent: { language: languages[0] } }) as never

it('refuses a language in which nobody would notice a rate, or which is never recognised', () => {
  expect(() => buildPipeline(configOf('en-US', 'de-DE'))).toThrow(/de-DE, which has no words in the licence gate/)
  expect(() => buildPipeline(configOf('en-US', 'ja-JP'))).toThrow(/ja-JP, which is not told apart .* and has no words/)
})

it('gives every call stages of its own', () => {
  const { stages } = buildPipeline(configOf('en-US', 'es-US'))
  const [first, second] = [stages.map((create) => create()), stages.map((create) => create())]
  expect(new Set(first.map(({ name }) => name)).size).toBe(stages.length)
  const said = { by: 'caller', text: 'Hola, buenas tardes, quisiera preguntar por mi hipoteca.', atMs: 0 } as const
  const changes = (listeners: typeof first) =>
    listeners.flatMap((stage) => stage.hear(said)).filter(({ type }) => type === 'language changed').length
  expect([changes(first), changes(first), changes(second)]).toEqual([1, 0, 1])
})

it('takes card numbers out of a message, and leaves the number to call back in it', () => {
  expect(hideInMessage('Call 617 555 0123 about card 4111 1111 1111 1111.')).toBe(
    'Call 617 555 0123 about card [card].',
  )
})
