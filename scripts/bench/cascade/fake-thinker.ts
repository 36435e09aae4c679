import type { ServerResponse } from 'node:http'
import { PROVIDER_TICKS } from './turn-plan.ts'

/** A delta each 40 ms. */
const DELTA_TICKS = 2

/** One streamed answer of the Responses API: says that it thinks, then a whole sentence at once, then word by word. */
export class FakeAnswer {
  readonly #response: ServerResponse
  readonly #words: string[]
  readonly #onFirst: () => void
  #ticks = 0

  constructor(response: ServerResponse, { text, onFirst }: { text: readonly [string, string]; onFirst: () => void }) {
    this.#response = response
    this.#onFirst = onFirst
    const [sentence, rest] = text
    this.#words = [sentence, ...rest.split(/(?<= )/)]
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' })
    this.#send({ type: 'response.created', response: { ...RESPONSE, status: 'in_progress' } })
    this.#send({ type: 'response.output_item.added', output_index: 0, item: { ...ITEM, content: [] } })
  }

  /** Each 20 ms. True when it is over. */
  tick(): boolean {
    this.#ticks++
    const sinceFirst = this.#ticks - PROVIDER_TICKS
    if (sinceFirst < 0 || sinceFirst % DELTA_TICKS !== 0) return false
    if (sinceFirst === 0) this.#onFirst()
    const delta = this.#words.shift()
    if (delta !== undefined) this.#send({ type: 'response.output_text.delta', item_id: ITEM.id, ...PLACE, delta })
    else this.#end()
    return delta === undefined
  }

  #end(): void {
    this.#send({ type: 'response.output_text.done', item_id: ITEM.id, ...PLACE, text: '' })
    this.#send({ type: 'response.completed', response: { ...RESPONSE, status: 'completed', usage: USAGE } })
    this.#response.end()
  }

  #send(event: { readonly type: string } & Record<string, unknown>): void {
    this.#response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  }
}

const PLACE = { output_index: 0, content_index: 0 }
const ITEM = { id: 'msg_1', type: 'message', role: 'assistant', status: 'in_progress' }
const RESPONSE = { id: 'resp_1', object: 'response', model: 'bench', output: [] }
const USAGE = {
  input_tokens: 2_400,
  input_tokens_details: { cached_tokens: 2_048 },
  output_tokens: 40,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 2_440,
}
