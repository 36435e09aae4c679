import { describe, expect, it } from 'vitest'
import { type Prompt, plainBlock, type Remembered } from '../../../src/simulator/llm/prompt.ts'
import { situationOf } from '../../../src/simulator/llm/situation.ts'

function situation(...memory: Remembered[]) {
  const prompt: Prompt = {
    model: 'm',
    instructions: 'Be kind.',
    memory,
    toolNames: [],
    maxOutputTokens: 100,
    blocks: [],
  }
  return situationOf({ ...prompt, blocks: memory.map(plainBlock) })
}

const caller = (text: string): Remembered => ({ role: 'caller', text })
const agent = (text: string): Remembered => ({ role: 'agent', text })
const note = (text: string): Remembered => ({ role: 'note', text })
const asked: Remembered = { role: 'tool request', requestId: 'c1', name: 'look_up', argumentsJson: '{}' }
const returned: Remembered = { role: 'tool result', requestId: 'c1', output: '{"found":true}' }

describe('what a request asks of the model', () => {
  it('is to answer what the caller said since the last answer', () => {
    const talk = [agent('Hello.'), caller('Hi.'), agent('How can I help?'), caller('Are you'), caller('open?')]
    expect(situation(...talk)).toMatchObject({
      callerSaid: 'Are you open?',
      callerSaidBefore: 'Hi.',
      agentSaid: 'How can I help?',
      toolResults: [],
      turn: 3,
    })
  })

  it('is to answer a result, also behind a filler', () => {
    const results = [{ name: 'look_up', output: '{"found":true}' }]
    const talk = [caller('Are you open?'), agent('One moment.'), asked, returned]
    expect(situation(...talk).toolResults).toEqual(results)
    expect(situation(...talk, agent('Still looking.')).toolResults).toEqual(results)
  })

  it('is to answer the caller rather than a result they spoke after', () => {
    const { toolResults, callerSaid } = situation(caller('Are you open?'), asked, returned, caller('Never mind.'))
    expect(toolResults).toEqual([])
    expect(callerSaid).toBe('Never mind.')
  })

  it('is to answer again what was half answered when nothing new was said', () => {
    const { callerSaid, agentSaid } = situation(agent('Hello.'), caller('Are you open?'), agent('We are op'))
    expect(callerSaid).toBe('Are you open?')
    expect(agentSaid).toBe('Hello.')
  })

  it('is to answer a sound of which a note says that it had no words', () => {
    const sound = note('The caller made a sound in which no words could be understood.')
    expect(situation(caller('Hi.'), agent('Hello.'), sound).callerSaid).toBe('')
  })

  it('is to begin when nobody has spoken; last notes are instructions for it', () => {
    expect(situation(note('Greet the caller.'))).toMatchObject({
      callerSaid: undefined,
      turn: 0,
      instructions: 'Be kind.\nGreet the caller.',
    })
  })
})
