import type { EncodedAudio } from '../../../src/audio/encoded-audio.ts'
import { settle } from '../../fakes/fake-clock.ts'
import type { HeardEvents } from '../heard-events.ts'
import type { ToolRequest } from '../provider.ts'
import type { House } from './cascade-house.ts'
import type { VoiceContext } from './scripted-voice.ts'
import type { ScriptedAnswer } from './thinkers/scripted-model-server.ts'
import { WIRES } from './thinkers/wires.ts'

/**
 * One answer as a thinker gives it and a voice speaks it: each step is taken when the one before has arrived, on
 * whichever wire that was. When the engine has hung up on the thinker, only the voice goes on.
 */
export class CascadeAnswer {
  readonly #house: House
  readonly #request: ScriptedAnswer
  readonly #heard: HeardEvents
  /** Which utterance of the voice is its own. */
  #contextAt: number
  readonly #tools: ToolRequest[] = []
  #isClosed = false
  #isEnded = false
  /** How much of its ending was sent already. */
  #endingSent = 0
  #script = Promise.resolve()

  constructor(house: House, request: ScriptedAnswer, heard: HeardEvents) {
    this.#house = house
    this.#request = request
    this.#heard = heard
    this.#contextAt = house.voice.contexts.length
    void request.closed.then(() => {
      this.#isClosed = true
    })
  }

  /** The engine hung up before the script came to its end. */
  get isCancelled(): boolean {
    return this.#isClosed && !this.#isEnded
  }

  /** Resolves when all of the script so far has arrived. */
  get arrived(): Promise<void> {
    return this.#script
  }

  /** What is yet to be said of it is another utterance of the voice. */
  changesVoice(): void {
    this.#contextAt = this.#house.voice.contexts.length
  }

  async cancelled(): Promise<void> {
    await this.#script
    await until('the end of a request', () => this.isCancelled)
  }

  /** The words are thought as a line of text; the voice, asked for them, times them over the audio. */
  speaks(audio: EncodedAudio, words: string): void {
    this.#then(async () => {
      if (!this.#isClosed) this.#request.send(...this.#wire.text(`${words}\n`))
      const isAsked = () => this.#context?.text.trimEnd().endsWith(words.trim()) === true
      await until(`${words} at the voice`, () => this.#isClosed || isAsked())
      if (this.#context) this.#house.voice.speaks(this.#context, audio, words)
    })
  }

  /** What is asked for in one breath is sent in one, for Chat Completions tells no tool before it has told all. */
  requestsTool(request: ToolRequest): void {
    this.#tools.push(request)
    this.#then(async () => {
      const tools = this.#tools.splice(0)
      if (tools.length === 0 || this.#isClosed) return
      const known = this.#heard.of('tool.requested').length
      const parts = tools.map(({ requestId: id, name, argumentsJson: json }) => {
        return { id, name, fragments: [json.slice(0, 5), json.slice(5)] }
      })
      this.#request.send(...this.#wire.tools(...parts), ...this.#proofOfTools())
      await until('a tool request', () => this.#isClosed || this.#heard.of('tool.requested').length > known)
    })
  }

  ends(): void {
    this.#then(async () => {
      if (!this.#isClosed) {
        this.#isEnded = true
        this.#request.send(...this.#wire.ending('done').slice(this.#endingSent))
        this.#request.end()
      }
      await until('the end of a request', () => this.#isClosed)
      this.#isEnded = true
      const context = this.#context
      if (!context) return
      await until('the end of an utterance', () => context.closed)
      this.#house.voice.finishes(context)
    })
  }

  get #context(): VoiceContext | undefined {
    return this.#house.voice.contexts[this.#contextAt]
  }

  get #wire() {
    return WIRES[this.#house.wires.thinker]
  }

  /** What shows that requests are whole and not cut off in the middle: the next block, or the reason to finish. */
  #proofOfTools() {
    if (this.#house.wires.thinker === 'anthropic') return this.#wire.text()
    if (this.#house.wires.thinker === 'responses') return []
    this.#endingSent = 1
    return this.#wire.ending('done').slice(0, 1)
  }

  #then(step: () => Promise<void>): void {
    this.#script = this.#script.then(step)
    // Whoever waits for the script hears of it.
    this.#script.catch(() => undefined)
  }
}

const PATIENCE_MS = 5_000

/** Waits for what arrives over a wire and says nothing when it does. */
async function until(what: string, holds: () => boolean): Promise<void> {
  const giveUpAtMs = performance.now() + PATIENCE_MS
  while (!holds()) {
    if (performance.now() > giveUpAtMs) throw new Error(`Waited ${PATIENCE_MS} ms for ${what}; nothing came`)
    await settle()
  }
}
