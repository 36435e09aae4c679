import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { thinkerFailures } from '../../../../src/engines/cascade/thinkers/thinker-failures.ts'
import { EngineError } from '../../../../src/engines/engine.ts'
import { openAiFailures } from '../../../../src/engines/openai/failures.ts'

const log = pino({ level: 'silent' })

it.each([
  ['openai', OpenAI],
  ['anthropic', Anthropic],
] as const)('an answer by %s that does not begin in time is a stall', (id, errors) => {
  const failures = thinkerFailures({ id, name: id, errors, failures: openAiFailures, inAnswer: () => undefined, log })
  const error = failures.of(new errors.APIConnectionTimeoutError())
  expect(error).toMatchObject({ failure: 'stalled', code: 'no_answer' })
  expect(failures.of(error)).toBe(error)
  expect(failures.of('thrown by nobody we know')).toBeInstanceOf(EngineError)
})
