import type { Situation } from '../model/scripted-model.ts'
import { type Conversation, type Entry, isAgent, isCaller } from './conversation.ts'
import type { SessionConfig } from './session-config.ts'

/**
 * What the conversation asks of the next answer. When nothing new was said (a session that was opened anew in the
 * middle of the agent's sentence), the caller's last words are answered again.
 */
export function situationOf(
  conversation: Conversation,
  prompt: Pick<SessionConfig, 'instructions' | 'tools' | 'tool_choice'>,
): Situation {
  const { entries } = conversation
  const fresh = conversation.sinceLastAnswer()
  const turns = entries.filter(hasCallerWords).map(({ words }) => words)
  // What the caller said since a result came is what wants an answer.
  const results = fresh.slice(fresh.findLastIndex(hasCallerWords) + 1)
  const resultsIn = (some: readonly Entry[]) =>
    some.map((entry) => conversation.toolResult(entry)).filter((result) => result !== undefined)
  const freshTurns = fresh.filter(isCaller)
  const freshWords = freshTurns.map(({ words }) => words).filter((words) => words !== '')
  return {
    callerSaid: freshTurns.length > 0 ? freshWords.join(' ') : turns.at(-1),
    callerSaidBefore: turns.at(-1 - Math.max(1, freshWords.length)) ?? '',
    agentSaid: agentWordsBefore(freshTurns[0] ?? entries.findLast(isCaller), entries),
    toolResults: resultsIn(results),
    knownResults: resultsIn(entries),
    turn: turns.length,
    instructions: prompt.instructions,
    toolNames: prompt.tool_choice === 'none' ? [] : prompt.tools.map(({ name }) => name),
  }
}

/** What the caller's turn replied to: all the agent said since the caller's words before, fixed phrases included. */
function agentWordsBefore(turn: Entry | undefined, entries: readonly Entry[]): string {
  const before = turn ? entries.slice(0, entries.indexOf(turn)) : entries
  const since = before.slice(before.findLastIndex(hasCallerWords) + 1)
  return since
    .filter(isAgent)
    .map(({ words }) => words)
    .join(' ')
}

function hasCallerWords(entry: Entry): boolean {
  return isCaller(entry) && entry.words !== ''
}
