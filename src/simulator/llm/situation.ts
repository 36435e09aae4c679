import type { Situation } from '../model/scripted-model.ts'
import type { Prompt, Remembered } from './prompt.ts'

/**
 * What a request asks of the next answer. Agent's words at the very end of the talk answered nothing, as the client
 * asks again: a filler, or the half of a sentence an earlier connection got out.
 */
export function situationOf({ instructions, memory: remembered, toolNames }: Prompt): Situation {
  const memory = remembered.map(withSounds)
  const talk = memory.slice(0, memory.findLastIndex(({ role }) => role !== 'agent' && role !== 'note') + 1)
  const fresh = talk.slice(talk.findLastIndex(isOfModel) + 1)
  const turns = wordsOf(memory, 'caller').filter((words) => words !== '')
  const freshTurns = wordsOf(fresh, 'caller')
  const freshWords = freshTurns.filter((words) => words !== '')
  const firstFresh = freshTurns.length > 0 ? talk.length - fresh.length + fresh.findIndex(isCaller) : undefined
  return {
    callerSaid: freshTurns.length > 0 ? freshWords.join(' ') : turns.at(-1),
    callerSaidBefore: turns.at(-1 - Math.max(1, freshWords.length)) ?? '',
    agentSaid: agentWordsBefore(firstFresh ?? memory.findLastIndex(isCaller), memory),
    // What the caller said since a result came is what wants an answer.
    toolResults: resultsIn(fresh.slice(fresh.findLastIndex(hasCallerWords) + 1), memory),
    knownResults: resultsIn(memory, memory),
    turn: turns.length,
    instructions: [instructions, ...notesAtEnd(memory)].join('\n'),
    toolNames,
  }
}

/** A sound without words is told in a note, as no wire takes an empty turn; it is a turn all the same. */
function withSounds(item: Remembered): Remembered {
  return item.role === 'note' && /\bno words\b|\bwithout words\b/i.test(item.text) ? { role: 'caller', text: '' } : item
}

/** What the caller's turn replied to: all the agent said since the caller's words before. */
function agentWordsBefore(turn: number, memory: readonly Remembered[]): string {
  const before = turn === -1 ? memory : memory.slice(0, turn)
  return wordsOf(before.slice(before.findLastIndex(hasCallerWords) + 1), 'agent').join(' ')
}

function resultsIn(fresh: readonly Remembered[], memory: readonly Remembered[]): Situation['toolResults'] {
  const results = fresh.filter((item) => item.role === 'tool result')
  return results.map(({ requestId, output }) => ({ name: toolAsked(requestId, memory), output }))
}

function toolAsked(requestId: string, memory: readonly Remembered[]): string {
  const request = memory.findLast((item) => item.role === 'tool request' && item.requestId === requestId)
  return request?.role === 'tool request' ? request.name : ''
}

/** Notes after everything else may be instructions for this answer alone. */
function notesAtEnd(memory: readonly Remembered[]): string[] {
  return wordsOf(memory.slice(memory.findLastIndex(({ role }) => role !== 'note') + 1), 'note')
}

function wordsOf(memory: readonly Remembered[], role: 'caller' | 'agent' | 'note'): string[] {
  return memory.flatMap((item) => (item.role === role ? [item.text] : []))
}

function isOfModel({ role }: Remembered): boolean {
  return role === 'agent' || role === 'tool request'
}

function isCaller({ role }: Remembered): boolean {
  return role === 'caller'
}

function hasCallerWords(item: Remembered): boolean {
  return item.role === 'caller' && item.text !== ''
}
