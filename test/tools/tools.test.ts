import { describe, expect, it } from 'vitest'
import { createAnswerQuestion } from '../../src/tools/answer-question.ts'
import { createEndCall } from '../../src/tools/end-call.ts'
import { createTakeMessage, type MessageTaker } from '../../src/tools/take-message.ts'
import { describeTool } from '../../src/tools/tool.ts'
import { contextOf } from './tool-context.ts'

const context = contextOf()

type Taken = Parameters<MessageTaker['take']>[0]

function taker() {
  const taken: Taken[] = []
  const messages = {
    take: async (message: Taken) => {
      taken.push(message)
      return { id: '1' }
    },
  }
  return { taken, tool: createTakeMessage(messages) }
}

const message = { name: 'Bob', message: 'He called', urgency: 'normal' } as const

describe('take_message', () => {
  it('notes who called by the call, and what about by the model', async () => {
    const { taken, tool } = taker()
    expect((await tool.run(message, context)).reply).toMatchObject({ noted: true })
    expect(taken).toMatchObject([
      { callId: 'call_1', idempotencyKey: 'call_1:key', callerNumber: '+12025550123', name: 'Bob', text: 'He called' },
    ])
  })

  it('asks for a number when the caller withholds theirs, and notes nothing', async () => {
    const { taken, tool } = taker()
    const { reply } = await tool.run(message, { ...context, callerNumber: undefined })
    expect(reply).toMatchObject({ noted: false })
    expect(taken).toEqual([])
  })

  it('does not say that it was noted before it is durable', async () => {
    const tool = createTakeMessage({ take: () => Promise.reject(new Error('database')) })
    await expect(tool.run(message, context)).rejects.toThrow('database')
  })

  it.each([
    { ...message, name: '' },
    { ...message, callback_number: 'call me' },
    { ...message, urgency: 'now' },
    { ...message, callerNumber: '+1900' },
  ])('[TL1] refuses %j', (args) => {
    expect(taker().tool.arguments.safeParse(args).success).toBe(false)
  })
})

describe('answer_question', () => {
  it('gives the fact there is', async () => {
    const tool = createAnswerQuestion({ lookUp: () => ({ answer: 'We open at nine.' }) })
    expect(await tool.run({ question: 'When?' }, context)).toEqual({
      reply: { found: true, answer: 'We open at nine.' },
    })
  })

  it('says what it knows about instead of making something up', async () => {
    const tool = createAnswerQuestion({ lookUp: () => ({ topics: ['hours'] }) })
    const { reply } = await tool.run({ question: 'Why?' }, context)
    expect(reply).toMatchObject({ found: false, known_topics: ['hours'] })
  })
})

it('end_call asks for the end and leaves it to the session', async () => {
  expect(await createEndCall().run({}, context)).toEqual({
    reply: { ending: true },
    action: { type: 'end call' },
  })
})

it('[TL1] a tool is described to an engine with a schema that allows nothing else', () => {
  const { name, parameters } = describeTool(taker().tool)
  expect(name).toBe('take_message')
  expect(parameters).toMatchObject({ type: 'object', additionalProperties: false })
})
