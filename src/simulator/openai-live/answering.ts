import type { RememberedTalk } from '../model/remembered-talk.ts'
import type { Reply, ScriptedModel } from '../model/scripted-model.ts'
import type { Faults } from '../service/faults.ts'
import type { Backend, Delegated } from './backend.ts'
import type { CloseReason, Send } from './protocol.ts'
import type { LiveConfig } from './session-schema.ts'
import type { Timeline } from './timeline.ts'
import type { Voice } from './voice.ts'

export interface AnsweringOptions {
  readonly talk: RememberedTalk
  readonly scripted: ScriptedModel
  /** Names of all tools the script calls: under client delegation nobody tells the model which there are. */
  readonly scriptedTools: readonly string[]
  readonly faults: Faults
  readonly timeline: Timeline
  readonly voice: Voice
  readonly backend: Backend
  readonly config: () => LiveConfig
  readonly thinkMs: number
  readonly send: Send
  readonly onEnded: (reason: CloseReason) => void
}

/** Codes of a failed answer that end the session instead, with this reason. */
const FATAL: readonly CloseReason[] = ['content', 'connection_lost', 'remote_hangup']

/** Moderation lets so much be said before it cuts. */
const MODERATED_AFTER_MS = 600

/** Said by itself while work is delegated, unless the model has said something (contract 3). */
const ACKNOWLEDGEMENT = 'One moment.'

/** What the model makes of what it has heard: speech, or work for the backend and then speech. */
export class Answering {
  readonly #options: AnsweringOptions
  #thinking: Disposable | undefined
  #acknowledging: Disposable | undefined
  #answers = 0
  /** What was asked of the next answer, and of no other. */
  #directions: string[] = []

  constructor(options: AnsweringOptions) {
    this.#options = options
  }

  get thinking(): boolean {
    return this.#thinking !== undefined
  }

  /** Asks something of the next answer. */
  direct(direction: string): void {
    this.#directions.push(direction)
  }

  /** Answers what was heard so far. */
  answer(): void {
    this.dropThought()
    const { act, afterMs } = this.#think((reply, failure) => this.#act(reply, failure))
    this.#thinking = this.#options.timeline.after(afterMs, () => {
      this.#thinking = undefined
      act()
    })
  }

  /** The caller goes on speaking: the answer would be to half a question. */
  dropThought(): void {
    this.#thinking?.[Symbol.dispose]()
    this.#thinking = undefined
  }

  /** Work that was delegated goes on, whoever speaks meanwhile. */
  proceed(delegated: Delegated): void {
    const { act, afterMs } = this.#think((reply, failure) => this.#continue(reply, delegated, failure))
    this.#options.timeline.after(afterMs, act)
  }

  /** Something was appended that stands in for the acknowledgement. */
  dropAcknowledgement(): void {
    this.#acknowledging?.[Symbol.dispose]()
  }

  #think(act: (reply: Reply, failure: string | undefined) => void): { act: () => void; afterMs: number } {
    const { faults, scripted, talk, thinkMs } = this.#options
    this.#answers += 1
    const due = this.#answers
    const reply = scripted.answer(talk.situation(this.#prompt()))
    this.#directions = []
    const fault = faults.all('failed response').find(({ response = due }) => response === due)
    const afterMs = (reply.rule.thinkMs ?? thinkMs) + (faults.find('slow first audio')?.ms ?? 0)
    return { act: () => act(reply, reply.rule.fail?.code ?? fault?.code), afterMs }
  }

  #prompt(): { instructions: string; toolNames: readonly string[] } {
    const { backend, config, scriptedTools } = this.#options
    const { delegation, instructions } = config()
    const responses = delegation.type === 'responses' ? delegation.responses : undefined
    const read = [instructions, responses?.instructions, ...this.#directions].filter(Boolean).join('\n')
    if (!responses) return { instructions: read, toolNames: scriptedTools }
    const blocked = responses.tool_choice === 'none' || backend.waiting
    return { instructions: read, toolNames: blocked ? [] : (responses.tools ?? []).map(({ name }) => name) }
  }

  #act(reply: Reply, failure: string | undefined): void {
    const { backend, config } = this.#options
    const { calls } = reply
    if (this.#isOver(failure)) return
    if (failure !== undefined && calls.length === 0) this.#fail(reply, failure)
    else this.#say(reply)
    if (calls.length === 0) return
    if (config().delegation.type === 'client') backend.delegateToClient()
    else backend.delegate(calls, failure)
    if (failure === undefined && reply.say === undefined) this.#acknowledge()
  }

  #continue(reply: Reply, delegated: Delegated, failure: string | undefined): void {
    if (this.#isOver(failure)) return
    this.dropAcknowledgement()
    this.#options.backend.continueWith(reply, delegated, failure)
    if (failure === undefined) this.#say(reply)
  }

  #say({ say, rule }: Reply): void {
    if (say !== undefined) this.#options.voice.say({ text: say, stallMs: rule.stallMs, cutShort: rule.cutShort })
  }

  #acknowledge(): void {
    const { config, timeline, voice } = this.#options
    const { acknowledgement_delay_ms = 0 } = config().delegation
    this.#acknowledging = timeline.after(acknowledgement_delay_ms, () => voice.say({ text: ACKNOWLEDGEMENT }))
  }

  #isOver(failure: string | undefined): boolean {
    const reason = FATAL.find((one) => one === failure)
    if (reason) this.#options.onEnded(reason)
    return reason !== undefined
  }

  /** An error that nobody asked for, and the session goes on. Moderation cuts speech that has begun; its code is unknown. */
  #fail({ say }: Reply, failure: string): void {
    const { send, voice } = this.#options
    const message = `The emulated service was told to fail with ${failure}.`
    const isModeration = failure === 'moderation'
    const code = isModeration ? null : failure
    const complain = () => send({ type: 'error', error: { type: 'server_error', code, message } })
    if (isModeration && say !== undefined) voice.say({ text: say, cutAfterMs: MODERATED_AFTER_MS, onOver: complain })
    else complain()
  }
}
