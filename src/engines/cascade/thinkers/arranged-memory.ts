import type { Memory } from '../thinker.ts'

/** The talk in an order every provider takes: requests made together stand together, each with its result. */
export type Turn =
  | { readonly role: 'caller' | 'agent' | 'note'; readonly text: string }
  | { readonly role: 'tools'; readonly calls: readonly ToolCall[] }

export interface ToolCall {
  readonly requestId: string
  readonly name: string
  readonly argumentsJson: string
  readonly output: string
}

export const CALL_BEGINS = { role: 'note', text: 'The call begins.' } as const

/**
 * Brings each result up to its request, before whatever was said meanwhile; providers refuse a request without a result
 * right behind it. A request that has none yet is left out, a result of an unknown request becomes a note, and empty
 * words are nothing. Never empty itself: an answer must be an answer to something.
 */
export function arrangeMemory(memory: readonly Memory[]): Turn[] {
  const outputs = resultsOf(memory)
  const turns: Turn[] = []
  /** Requests that were made together; a result, or anything said, ends the group. */
  let group: ToolCall[] | undefined
  const asked = new Set<string>()

  for (const item of memory) {
    if (item.role === 'tool request') {
      const output = outputs.get(item)
      if (output === undefined) continue
      asked.add(item.requestId)
      if (!group) {
        group = []
        turns.push({ role: 'tools', calls: group })
      }
      group.push({ requestId: item.requestId, name: item.name, argumentsJson: item.argumentsJson, output })
      continue
    }
    if (item.role !== 'tool result') {
      if (item.text.trim() === '') continue
      turns.push({ role: item.role, text: item.text })
    } else if (!asked.has(item.requestId)) {
      turns.push({ role: 'note', text: `Result of a tool that was asked for earlier: ${item.output}` })
    }
    group = undefined
  }
  return turns.length > 0 ? turns : [CALL_BEGINS]
}

/** The first result behind each request. */
function resultsOf(memory: readonly Memory[]): Map<Memory, string> {
  const outputs = new Map<Memory, string>()
  const open = new Map<string, Memory>()
  for (const item of memory) {
    if (item.role === 'tool request' && !open.has(item.requestId)) open.set(item.requestId, item)
    if (item.role !== 'tool result') continue
    const request = open.get(item.requestId)
    if (request && !outputs.has(request)) outputs.set(request, item.output)
  }
  return outputs
}
