import { createId } from '../../lib/ids.ts'
import type { Conversation, Entry } from './conversation.ts'
import type { ServerEvent } from './protocol.ts'

export interface FunctionCallOptions {
  readonly responseId: string
  readonly outputIndex: number
  readonly callId: string
  readonly name: string
  /** JSON text. */
  readonly arguments: string
  readonly conversation: Conversation
  readonly send: (event: ServerEvent) => void
}

/** Arguments arrive in about as many characters a delta as a few tokens have. */
const DELTA_CHARACTERS = 16

/** Sends one function call, from its added item to its done one, and remembers it. */
export function callFunction(options: FunctionCallOptions): Entry {
  const { responseId, outputIndex, callId, name, conversation, send } = options
  const id = createId('item')
  const place = { response_id: responseId, output_index: outputIndex }
  const call = { ...place, item_id: id, call_id: callId }
  const shared = { id, type: 'function_call', name, call_id: callId } as const
  const started = { ...shared, status: 'in_progress', arguments: '' } as const
  const item = { ...shared, status: 'completed', arguments: options.arguments } as const
  const entry: Entry = { item, audioMs: 0, words: options.arguments }

  send({ type: 'response.output_item.added', ...place, item: started })
  const previousId = conversation.append(entry)
  send({ type: 'conversation.item.added', previous_item_id: previousId, item: started })
  for (let at = 0; at < options.arguments.length; at += DELTA_CHARACTERS) {
    const delta = options.arguments.slice(at, at + DELTA_CHARACTERS)
    send({ type: 'response.function_call_arguments.delta', ...call, delta })
  }
  send({ type: 'response.function_call_arguments.done', ...call, name, arguments: options.arguments })
  send({ type: 'response.output_item.done', ...place, item })
  send({ type: 'conversation.item.done', previous_item_id: previousId, item })
  return entry
}
