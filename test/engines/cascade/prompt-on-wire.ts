import type { HistoryItem } from '../../../src/engines/engine.ts'

/** What a thinker was asked, read back from the body of its request. */
export interface WirePrompt {
  readonly instructions: string
  readonly toolNames: readonly string[]
  readonly memory: readonly Remembered[]
  readonly callerKey: string | undefined
}

export type Remembered = HistoryItem | { readonly role: 'tool'; readonly requestId: string; readonly output: string }

// biome-ignore lint/suspicious/noExplicitAny: the bodies of three services, looked at by tests only
type Body = any

/** What is said where there is no talk yet, or the caller said nothing since. */
const FILLING = ['The call begins.', 'The caller has said nothing since.']

export const readPrompt = {
  responses: ({ instructions, tools, input, safety_identifier }: Body): WirePrompt => ({
    instructions,
    toolNames: tools.map(({ name }: Body) => name),
    memory: withoutFilling(input.flatMap(responseItem)),
    callerKey: safety_identifier,
  }),
  chat: ({ tools, messages: [first, ...messages] }: Body): WirePrompt => ({
    instructions: first.content,
    toolNames: tools.map((tool: Body) => tool.function.name),
    memory: withoutFilling(messages.flatMap(chatMessage)),
    callerKey: undefined,
  }),
  anthropic: ({ system, tools, messages, metadata }: Body): WirePrompt => ({
    instructions: system[0].text,
    toolNames: tools.map(({ name }: Body) => name),
    memory: withoutFilling(messages.flatMap(({ role, content }: Body) => content.flatMap(blockOf(role)))),
    callerKey: metadata.user_id,
  }),
}

const ROLES: Record<string, HistoryItem['role']> = {
  user: 'caller',
  assistant: 'agent',
  developer: 'note',
  system: 'note',
}

function responseItem({ type, role, content, call_id: requestId, output }: Body): Remembered[] {
  if (type === 'function_call_output') return [{ role: 'tool', requestId, output }]
  return type === 'function_call' ? [] : [remembered(role, content)]
}

function chatMessage({ role, content, tool_calls, tool_call_id: requestId }: Body): Remembered[] {
  if (role === 'tool') return [{ role: 'tool', requestId, output: content }]
  return tool_calls ? [] : [remembered(role, content)]
}

const blockOf =
  (role: string) =>
  ({ type, text, tool_use_id: requestId, content: output }: Body): Remembered[] => {
    if (type === 'tool_result') return [{ role: 'tool', requestId, output }]
    if (type === 'tool_use') return []
    const [, note] = role === 'user' ? (/^\[note: (.*)\]$/s.exec(text) ?? []) : []
    return [note === undefined ? remembered(role, text) : { role: 'note', text: note }]
  }

function remembered(role: string, text: string): HistoryItem {
  return { role: ROLES[role] ?? 'note', text }
}

function withoutFilling(memory: Remembered[]): Remembered[] {
  return memory.filter((one) => one.role !== 'note' || !FILLING.includes(one.text))
}
