import type { ToolContext } from '../tools/tool.ts'
import type { NewCall } from './call-store.ts'
import type { LedgerEntry } from './facts.ts'

/** What a tool is told of the call it runs in: all of it read from the ledger, so that it outlives engine and process. */
export function toolContextOf(
  { callId, from }: Pick<NewCall, 'callId' | 'from'>,
  entries: readonly LedgerEntry[],
  language: string,
): Omit<ToolContext, 'idempotencyKey' | 'signal'> {
  const turnGiven = (id: string) => {
    const at = entries.findIndex(({ fact }) => fact.type === 'tool.ended' && holds(fact.reply, id))
    return at === -1 ? undefined : turnsIn(entries.slice(0, at + 1))
  }
  return { callId, callerNumber: from, language, turn: turnsIn(entries), turnGiven }
}

/**
 * Turns of the caller that can be an answer: they began when we had said something of our own since the last one, and
 * since the last tool. What the caller said before the read-back, and goes on saying, is no yes to it (RELIABILITY S12).
 */
function turnsIn(entries: readonly LedgerEntry[]): number {
  let turns = 0
  let hasTold = true
  let isAnswering = false
  let counted: string | undefined
  for (const { fact } of entries) {
    if (fact.type === 'agent.speaking' && fact.phrase === undefined) hasTold = true
    else if (fact.type === 'tool.ended') hasTold = false
    else if (fact.type === 'caller.started-speaking') isAnswering = hasTold
    else if ((fact.type === 'caller.stopped-speaking' && isAnswering) || (fact.type === 'caller.pressed' && hasTold)) {
      turns += 1
      hasTold = false
      isAnswering = false
      counted = fact.type === 'caller.pressed' ? undefined : fact.turnId
    } else if (fact.type === 'echo.ignored' && fact.turnId === counted) {
      turns -= 1
      hasTold = true
      counted = undefined
    }
  }
  return turns
}

function holds(value: unknown, id: string): boolean {
  if (typeof value !== 'object' || value === null) return value === id
  return Object.values(value).some((part) => holds(part, id))
}
