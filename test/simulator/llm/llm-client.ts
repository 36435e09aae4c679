import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { createClock } from '../../../src/lib/clock.ts'
import { createLog } from '../../../src/lib/log.ts'
import { type LlmEmulator, type LlmEmulatorOptions, startLlmEmulator } from '../../../src/simulator/llm/llm-emulator.ts'
import { modelScriptSchema } from '../../../src/simulator/model/model-script.ts'

/** An emulator whose time runs fifty times faster than ours. Rules are as a scenario writes them. */
export function start(rules: unknown[] = [], options: Partial<LlmEmulatorOptions> = {}): Promise<LlmEmulator> {
  const parts = { clock: createClock(50), log: createLog({ level: 'silent' }) }
  return startLlmEmulator({ ...parts, script: modelScriptSchema.parse(rules), ...options })
}

/** What a client made of a stream, whichever wire it came by. */
export interface Heard {
  readonly text: string
  readonly deltas: number
  readonly calls: readonly { readonly name: string; readonly arguments: unknown }[]
  readonly end: string | null | undefined
  /** Input and, contained in it, what came from the cache. */
  readonly input: number
  readonly cached: number
}

export interface Asked {
  readonly system?: string
  readonly said?: string
  readonly signal?: AbortSignal
  readonly onDelta?: (text: string) => void
}

export type Ask = (emulator: LlmEmulator, asked?: Asked) => Promise<Heard>

const PARAMETERS = { type: 'object' as const, properties: {}, required: [], additionalProperties: false }
const DESCRIPTION = 'Looks something up.'

/** Every wire with its vendor's own client, which retries nothing and knows one tool, `look_up`. */
export const CLIENTS: Readonly<Record<'responses' | 'chat' | 'messages', Ask>> = {
  async responses({ baseUrl }, { system = 'Be kind.', said = 'Hello', signal, onDelta } = {}) {
    const stream = openAi(baseUrl).responses.stream(
      {
        model: 'gpt-5.4-mini',
        instructions: system,
        input: said,
        tools: [{ type: 'function', name: 'look_up', description: DESCRIPTION, parameters: PARAMETERS, strict: true }],
      },
      { signal },
    )
    let deltas = 0
    for await (const event of stream) {
      if (event.type === 'response.failed') throw new Error(event.response.error?.code)
      if (event.type === 'error') throw new Error(event.code ?? '')
      if (event.type !== 'response.output_text.delta') continue
      deltas++
      onDelta?.(event.delta)
    }
    const { output, output_text: text, usage, status } = await stream.finalResponse()
    const made = output.filter((item) => item.type === 'function_call')
    const calls = made.map((call) => ({ name: call.name, arguments: JSON.parse(call.arguments) }))
    const cached = usage?.input_tokens_details.cached_tokens ?? 0
    return { text, deltas, calls, end: status, input: usage?.input_tokens ?? 0, cached }
  },

  async chat({ baseUrl }, { system = 'Be kind.', said = 'Hello', signal, onDelta } = {}) {
    const stream = openAi(baseUrl).chat.completions.stream(
      {
        model: 'gpt-5.4-mini',
        messages: [
          { role: 'developer', content: system },
          { role: 'user', content: said },
        ],
        tools: [{ type: 'function', function: { name: 'look_up', description: DESCRIPTION, parameters: PARAMETERS } }],
        stream_options: { include_usage: true },
      },
      { signal },
    )
    let deltas = 0
    for await (const chunk of stream) {
      const content = chunk.choices[0]?.delta.content
      if (!content) continue
      deltas++
      onDelta?.(content)
    }
    const { choices, usage } = await stream.finalChatCompletion()
    const made = (choices[0]?.message.tool_calls ?? []).filter((call) => call.type === 'function')
    const calls = made.map((call) => ({ name: call.function.name, arguments: JSON.parse(call.function.arguments) }))
    const text = choices[0]?.message.content ?? ''
    const cached = usage?.prompt_tokens_details?.cached_tokens ?? 0
    return { text, deltas, calls, end: choices[0]?.finish_reason, input: usage?.prompt_tokens ?? 0, cached }
  },

  async messages({ baseUrl }, { system = 'Be kind.', said = 'Hello', signal, onDelta } = {}) {
    const stream = new Anthropic({
      baseURL: baseUrl,
      apiKey: 'sk-test',
      maxRetries: 0,
      logLevel: 'off',
    }).messages.stream(
      {
        model: 'claude-haiku-5-5',
        max_tokens: 300,
        system: [{ type: 'text', text: system, cache_control: { type: 'ephemeral', ttl: '1h' } }],
        messages: [{ role: 'user', content: said }],
        tools: [{ name: 'look_up', description: DESCRIPTION, input_schema: PARAMETERS }],
      },
      { signal },
    )
    let deltas = 0
    stream.on('text', (text) => {
      deltas++
      onDelta?.(text)
    })
    const { content, stop_reason, usage } = await stream.finalMessage()
    const text = content.map((block) => (block.type === 'text' ? block.text : '')).join('')
    const made = content.filter((block) => block.type === 'tool_use')
    const calls = made.map(({ name, input }) => ({ name, arguments: input }))
    const cached = usage.cache_read_input_tokens ?? 0
    const input = usage.input_tokens + cached + (usage.cache_creation_input_tokens ?? 0)
    return { text, deltas, calls, end: stop_reason, input, cached }
  },
}

export function openAi(origin: string): OpenAI {
  return new OpenAI({ baseURL: `${origin}/v1`, apiKey: 'sk-test', maxRetries: 0, logLevel: 'off' })
}
