import { createId } from '../../lib/ids.ts'
import type { ToolResult } from '../model/scripted-model.ts'
import type { ClientItem } from './client-event.ts'
import { ProtocolError, type WireItem } from './protocol.ts'

/** One thing the model remembers. */
export interface Entry {
  /** As the wire shows it; replaced whole when it changes. */
  item: WireItem & { id: string }
  /** Audio of the item, in ms: what was heard of the caller, or made for the agent and not truncated. */
  audioMs: number
  /** Words the model knows. Empty for the agent's once the item was truncated: nobody knows how far they got. */
  words: string
}

/** What the model remembers, in order. Every rule about items that the service enforces is enforced here. */
export class Conversation {
  readonly #entries: Entry[] = []

  get entries(): readonly Entry[] {
    return this.#entries
  }

  get lastId(): string | null {
    return this.#entries.at(-1)?.item.id ?? null
  }

  /** Appends what the service itself made: a committed turn or a piece of an answer. Gives the id before it. */
  append(entry: Entry): string | null {
    const previousId = this.lastId
    this.#entries.push(entry)
    return previousId
  }

  /**
   * Adds what a client created.
   * @throws ProtocolError for a taken id, an unknown predecessor or an output without its call.
   */
  create(item: ClientItem, after: string | undefined): { entry: Entry; previousId: string | null } {
    if (item.id && this.#find(item.id))
      throw invalidItem('item_create_duplicate_item_id', `'${item.id}' already exists`)
    if (item.type === 'function_call_output' && !this.#callNamed(item.call_id))
      throw invalidItem('invalid_tool_call_id', `tool call '${item.call_id}' is not in this conversation`)
    const at = this.#positionAfter(after)
    const entry = {
      item: { status: 'completed' as const, ...item, id: item.id ?? createId('item') },
      audioMs: 0,
      words: wordsOf(item),
    }
    this.#entries.splice(at, 0, entry)
    return { entry, previousId: this.#entries[at - 1]?.item.id ?? null }
  }

  /** @throws ProtocolError when there is no such item. */
  get(itemId: string): Entry {
    const entry = this.#find(itemId)
    if (!entry) throw invalidItem('item_not_found', `'${itemId}' does not exist`)
    return entry
  }

  /** @throws ProtocolError when there is no such item. */
  delete(itemId: string): void {
    this.#entries.splice(this.#entries.indexOf(this.get(itemId)), 1)
  }

  /**
   * Cuts an agent's message at what the caller heard; its words go, for they no longer match.
   * @throws ProtocolError when it is no spoken message of the agent's, or shorter than that already.
   */
  truncate(itemId: string, audioEndMs: number): void {
    const entry = this.get(itemId)
    const { item } = entry
    if (item.type !== 'message' || item.role !== 'assistant')
      throw invalidItem('invalid_value', `only the agent's messages can be truncated, '${itemId}' is none`)
    const audioMs = Math.floor(entry.audioMs)
    if (audioEndMs > audioMs)
      throw new ProtocolError({
        code: 'invalid_value',
        message: `Audio content of ${audioMs}ms is already shorter than ${audioEndMs}ms`,
        param: 'audio_end_ms',
      })
    entry.audioMs = audioEndMs
    entry.words = ''
    entry.item = { ...item, content: [{ type: 'output_audio', transcript: null }] }
  }

  /**
   * What the next answer answers: everything since the model last spoke or asked for a tool. Agent's words a client
   * added (a fixed phrase, replayed history) end nothing once the model has spoken for itself.
   */
  sinceLastAnswer(): readonly Entry[] {
    const own = this.#entries.findLastIndex(({ item }) => isMadeByModel(item))
    return this.#entries.slice((own === -1 ? this.#entries.findLastIndex(isAgent) : own) + 1)
  }

  toolResult({ item }: Entry): ToolResult | undefined {
    if (item.type !== 'function_call_output') return undefined
    return { name: this.#callNamed(item.call_id) ?? '', output: item.output }
  }

  #find(itemId: string): Entry | undefined {
    return this.#entries.find(({ item }) => item.id === itemId)
  }

  #callNamed(callId: string): string | undefined {
    for (const { item } of this.#entries) if (item.type === 'function_call' && item.call_id === callId) return item.name
    return undefined
  }

  #positionAfter(previousId: string | undefined): number {
    if (previousId === undefined) return this.#entries.length
    if (previousId === 'root') return 0
    return this.#entries.indexOf(this.get(previousId)) + 1
  }
}

export function isCaller({ item }: Entry): boolean {
  return item.type === 'message' && item.role === 'user'
}

export function isAgent({ item }: Entry): boolean {
  return item.type === 'message' && item.role === 'assistant'
}

function isMadeByModel(item: WireItem): boolean {
  if (item.type === 'function_call') return true
  return item.type === 'message' && item.role === 'assistant' && item.content[0]?.type !== 'output_text'
}

function wordsOf(item: ClientItem): string {
  if (item.type === 'function_call') return item.arguments
  if (item.type === 'function_call_output') return item.output
  return item.content.map(({ text }) => text).join(' ')
}

/** The service's own codes for these are not documented; clients must not branch on them. */
function invalidItem(code: string, problem: string): ProtocolError {
  return new ProtocolError({ code, message: `Invalid item: ${problem}.`, param: 'item' })
}
