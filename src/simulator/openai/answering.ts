import type { Clock } from '../../lib/clock.ts'
import { createId } from '../../lib/ids.ts'
import type { ScriptedModel } from '../model/scripted-model.ts'
import type { Faults } from '../service/faults.ts'
import type { Speech } from '../speech/speech.ts'
import type { ResponseOverrides } from './client-event.ts'
import type { Conversation } from './conversation.ts'
import { ProtocolError, type ServerEvent } from './protocol.ts'
import { type Pace, type ResponseEnd, type ResponseFailure, ResponseRun } from './response-run.ts'
import type { SessionConfig } from './session-config.ts'
import { situationOf } from './situation.ts'
import { type Tokens, UsageMeter } from './usage.ts'

export const CANCEL_CODE = 'response_cancel_not_active'

export interface AnsweringOptions {
  readonly clock: Clock
  readonly conversation: Conversation
  readonly scripted: ScriptedModel
  readonly speech: Speech
  readonly faults: Faults
  /** From the start of a response to its first output, where the rule does not say. */
  readonly thinkMs: number
  readonly pace: Pace
  readonly send: (event: ServerEvent, audioMs?: number) => void
  /** A response is over; its speech plays for so long. */
  readonly onAnswered: (speechPlaysForMs: number) => void
}

/** Tokens a minute of a mid-sized account. */
const TOKENS_PER_MINUTE = 200_000

/** The model's side of a session: at most one response at a time. */
export class Answering implements Disposable {
  readonly #options: AnsweringOptions
  readonly #conversationId = createId('conv')
  readonly #usage = new UsageMeter()
  #running: ResponseRun | undefined
  #responses = 0

  constructor(options: AnsweringOptions) {
    this.#options = options
  }

  /** @throws ProtocolError while a response is running. */
  respond(config: SessionConfig, overrides: ResponseOverrides = {}): void {
    if (this.#running) throw alreadyActive(this.#running.id)
    this.#responses += 1
    this.#running = this.#plan(config, overrides)
    this.#running.start()
  }

  /** The caller speaks over the response, if there is one. */
  interrupt(): void {
    this.#running?.cancel('turn_detected')
  }

  /** @throws ProtocolError when no response, or another one, is running. */
  cancel(responseId: string | undefined): void {
    const running = this.#running
    if (!running || (responseId ?? running.id) !== running.id)
      throw new ProtocolError({
        code: CANCEL_CODE,
        message: 'Cancellation failed: no active response found',
      })
    running.cancel('client_cancelled')
  }

  [Symbol.dispose](): void {
    this.#running?.[Symbol.dispose]()
  }

  #plan(config: SessionConfig, overrides: ResponseOverrides): ResponseRun {
    const { clock, conversation, faults, pace, scripted, send, speech, thinkMs } = this.#options
    const prompt = {
      instructions: overrides.instructions ?? config.instructions,
      tools: overrides.tools ?? config.tools,
      tool_choice: overrides.tool_choice ?? config.tool_choice,
    }
    const reply = scripted.answer(situationOf(conversation, prompt))
    const input = conversation.entries.slice()
    const task = {
      reply,
      audio: reply.say === undefined ? NOTHING_SAID : speech.speak(reply.say, 'agent'),
      thinkMs: (reply.rule.thinkMs ?? thinkMs) + (faults.find('slow first audio')?.ms ?? 0),
      pace,
      format: config.audio.output.format,
      voice: config.audio.output.voice,
      maxOutputTokens: overrides.max_output_tokens ?? config.max_output_tokens,
      metadata: overrides.metadata ?? null,
      failure: reply.rule.fail ?? this.#failure(),
      duplicateCalls: faults.find('duplicate call')?.as,
      lateDeltas: faults.find('late deltas')?.count ?? 0,
      conversation,
      conversationId: this.#conversationId,
      bill: (output: Tokens) => this.#usage.bill(prompt, input, output),
    }
    return new ResponseRun(task, { clock, send, onEnd: (end) => this.#onEnd(end) })
  }

  #failure(): ResponseFailure | undefined {
    const due = this.#responses
    const fault = this.#options.faults.all('failed response').find(({ response = due }) => response === due)
    return fault && { code: fault.code, message: `The emulated service was told to fail with ${fault.code}.` }
  }

  #onEnd({ audioMs, usage }: ResponseEnd): void {
    this.#running = undefined
    const usedTokens = usage?.total_tokens ?? TOKENS_PER_MINUTE
    const limit = {
      name: 'tokens' as const,
      limit: TOKENS_PER_MINUTE,
      remaining: Math.max(0, TOKENS_PER_MINUTE - usedTokens),
      reset_seconds: (usedTokens / TOKENS_PER_MINUTE) * 60,
    }
    this.#options.send({ type: 'rate_limits.updated', rate_limits: [limit] })
    this.#options.onAnswered(audioMs)
  }
}

const NOTHING_SAID = Promise.resolve(Buffer.alloc(0))

function alreadyActive(responseId: string): ProtocolError {
  const advice = 'Wait until the response is finished before creating a new one.'
  return new ProtocolError({
    code: 'conversation_already_has_active_response',
    message: `Conversation already has an active response in progress: ${responseId}. ${advice}`,
  })
}
