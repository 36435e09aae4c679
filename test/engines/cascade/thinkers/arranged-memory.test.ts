import { describe, expect, it } from 'vitest'
import { arrangeMemory } from '../../../../src/engines/cascade/thinkers/arranged-memory.ts'
import { agent, asked, caller, gave, note } from './memories.ts'

const call = (requestId: string, output = '{"ok":true}') => {
  return { requestId, name: 'book', argumentsJson: '{}', output }
}

describe('a talk as providers take it', () => {
  it('has each result right behind its request, and before what was said meanwhile', () => {
    const memory = [caller('Book me'), agent('One moment'), asked('a'), caller('Hello?'), note('Key 5'), gave('a')]
    expect(arrangeMemory(memory)).toEqual([
      caller('Book me'),
      agent('One moment'),
      { role: 'tools', calls: [call('a')] },
      caller('Hello?'),
      note('Key 5'),
    ])
  })

  it('keeps requests together that were made together, and apart those that followed a result', () => {
    const memory = [asked('a'), asked('b'), gave('b'), gave('a', '1'), asked('c'), gave('c')]
    expect(arrangeMemory(memory)).toEqual([
      { role: 'tools', calls: [call('a', '1'), call('b')] },
      { role: 'tools', calls: [call('c')] },
    ])
  })

  it('leaves out a request that has no result yet, without moving the others', () => {
    const memory = [asked('a'), asked('b'), caller('Hello?'), gave('b')]
    expect(arrangeMemory(memory)).toEqual([{ role: 'tools', calls: [call('b')] }, caller('Hello?')])
    expect(arrangeMemory([caller('Hi'), asked('a')])).toEqual([caller('Hi')])
  })

  it('tells the result of a request it does not know as a note, and a second result of one it knows not at all', () => {
    const memory = [caller('Hi'), gave('old', '42'), asked('a'), gave('a'), gave('a', 'again')]
    const turns = arrangeMemory(memory)
    expect(turns[1]).toEqual(note('Result of a tool that was asked for earlier: 42'))
    expect(turns.slice(2)).toEqual([{ role: 'tools', calls: [call('a')] }])
  })

  it('leaves out words that are none, and is never empty', () => {
    expect(arrangeMemory([caller(' '), agent(''), note('\n')])).toEqual([note('The call begins.')])
  })
})
