import { isDeepStrictEqual } from 'node:util'
import { decodeAudio, durationMs, type EncodedAudio } from '../../../src/audio/encoded-audio.ts'
import type { HistoryItem } from '../../../src/engines/engine.ts'
import { settle } from '../../fakes/fake-clock.ts'
import type { ScriptedConnection } from '../../fakes/scripted-realtime-server.ts'
import type { ProviderCall, ToolRequest } from '../provider.ts'
import { type House, type OpenSession, takeEar } from './cascade-house.ts'
import { readPrompt, type WirePrompt } from './prompt-on-wire.ts'
import { EARS } from './scripted-ear.ts'
import type { ScriptedAnswer } from './thinkers/scripted-model-server.ts'
import { WIRES } from './thinkers/wires.ts'

/** What an utterance says when: by each `ms` of its audio so much of its text. */
interface Said {
  text: string
  totalMs: number
  readonly by: { readonly ms: number; readonly text: string }[]
}

interface PromptCheck {
  readonly what: string
  readonly holds: (prompt: WirePrompt) => boolean
}

/** A call on three wires at once: the caller is on that of a listener, the agent on those of a thinker and a voice. */
export class CascadeCall implements ProviderCall {
  briefed!: ProviderCall['briefed']
  readonly #house: House
  readonly #open: OpenSession
  readonly #said = new Map<string, Said>()
  /** What the next prompt must show. */
  readonly #owed: PromptCheck[] = []
  readonly #tools: ToolRequest[] = []
  #ear: ScriptedConnection
  #turn = 0
  #answer: OpenAnswer | undefined
  #taken = 0
  #script = Promise.resolve()

  constructor(house: House, ear: ScriptedConnection, open: OpenSession) {
    this.#house = house
    this.#ear = ear
    this.#open = open
  }

  async lookAtBriefing(): Promise<void> {
    const { instructions, toolNames, memory, callerKey } = await this.#peek()
    this.briefed = { instructions, toolNames, history: memory as HistoryItem[], callerKey }
  }

  checkNothingOwed(): void {
    if (this.#owed.length > 0) throw new Error(`Never seen in a prompt: ${this.#owed.map(({ what }) => what)}`)
  }

  async expectCallerAudio(audio: EncodedAudio): Promise<void> {
    await this.#ear.expect('binary', { data: decodeAudio(audio) })
  }

  async expectAnswerRequest(): Promise<void> {
    const { model, voice, wires } = this.#house
    await this.#script
    const request = await model.nextRequest()
    this.#taken += 1
    this.#answer = { request, isClosed: false, isEnded: false, finished: 0, at: voice.contexts.length }
    void request.closed.then(markClosed(this.#answer))
    if (request.path !== WIRES[wires.thinker].path) throw new Error(`Expected another path than ${request.path}`)
    for (const check of this.#owed.splice(0)) verify(check, this.#read(request))
  }

  async expectCancel(answerId: string): Promise<void> {
    await this.#script
    await until(`the end of ${answerId}`, () => this.#answer?.isClosed === true && !this.#answer.isEnded)
  }

  async expectMemoryCut(itemId: string, heardMs: number): Promise<void> {
    await this.#script
    const said = this.#said.get(itemId)
    const text = said?.by.findLast(({ ms }) => ms <= heardMs)?.text
    await this.#remembers(`${itemId} up to ${heardMs} ms`, ({ memory }) => {
      const own = memory.flatMap((one) => (one.role === 'agent' && said?.text.startsWith(one.text) ? [one.text] : []))
      return isDeepStrictEqual(own, text === undefined ? [] : [text])
    })
  }

  expectToolResult(requestId: string, output: string): Promise<void> {
    const result = { role: 'tool', requestId, output }
    return this.#remembers(`the result of ${requestId}`, ({ memory }) =>
      memory.some((one) => isDeepStrictEqual(one, result)),
    )
  }

  expectNote(containing: string): Promise<void> {
    return this.#remembers(`a note with ${containing}`, ({ memory }) =>
      memory.some((one) => one.role === 'note' && one.text.includes(containing)),
    )
  }

  async expectRebriefing({ instructions, language }: Parameters<ProviderCall['expectRebriefing']>[0]): Promise<void> {
    this.#ear = await takeEar(this.#house)
    const { searchParams } = new URL(this.#ear.url, 'ws://deepgram')
    const hint = searchParams.get(EARS[this.#house.wires.ear].languageParameter)
    if (hint !== language.slice(0, 2)) throw new Error(`Listens for ${hint}`)
    await this.#remembers('other instructions', (prompt) => prompt.instructions === instructions)
  }

  /** A cascade need not wait for the end of what it cancelled: the next request may be here before the script has it. */
  async expectNothing(): Promise<void> {
    await this.settled()
    const mayBeEarly = this.#answer?.isClosed === true && !this.#answer.isEnded
    const asked = this.#open.heard.of('answer.started').length - this.#taken
    if (asked > (mayBeEarly ? 1 : 0)) throw new Error('An answer was requested')
    if (this.#ear.leftOver.length > 0) throw new Error(this.#ear.leftOver.join('; '))
  }

  callerStartsSpeaking(): void {
    this.#ear.send(this.#earWire.starts(this.#turn))
  }

  /** A cascade learns that a turn ended with its words, not before. */
  callerStopsSpeaking(): void {}

  transcribes(_turnId: string, partial: readonly string[], final: string): void {
    partial.forEach((_, at) => this.#ear.send(this.#earWire.words(this.#turn, partial.slice(0, at + 1).join(''))))
    this.#ear.send(this.#earWire.ends(this.#turn, final))
    this.#turn += 1
  }

  /** It does not say so. */
  startsAnswer(): void {}

  /** The words are thought as a line of text; the voice, asked for them, times them over the audio. */
  speaks(_answerId: string, itemId: string, audio: EncodedAudio, words: string): void {
    this.#time(itemId, audio, words)
    const { voice } = this.#house
    this.#then(async (answer) => {
      if (!answer.isClosed) answer.request.send(...this.#wire.text(`${words}\n`))
      const isAsked = () => voice.contexts[answer.at]?.text.trimEnd().endsWith(words.trim()) === true
      await until(`${words} at the voice`, () => answer.isClosed || isAsked())
      const context = voice.contexts[answer.at]
      if (context) voice.speaks(context, audio, words)
    })
  }

  /** Its text has ended when the answer has. */
  finishesUtterance(): void {}

  /** What is asked for in one breath is sent in one, for Chat Completions tells no tool before it has told all. */
  requestsTool(_answerId: string, request: ToolRequest): void {
    this.#tools.push(request)
    this.#then(async (answer) => {
      const tools = this.#tools.splice(0)
      if (tools.length === 0 || answer.isClosed) return
      const { heard } = this.#open
      const known = heard.of('tool.requested').length
      const parts = tools.map(({ requestId: id, name, argumentsJson: json }) => {
        return { id, name, fragments: [json.slice(0, 5), json.slice(5)] }
      })
      answer.request.send(...this.#wire.tools(...parts), ...this.#proveTools(answer))
      await until('a tool request', () => answer.isClosed || heard.of('tool.requested').length > known)
    })
  }

  endsAnswer(): void {
    const { voice } = this.#house
    this.#then(async (answer) => {
      if (!answer.isClosed) {
        answer.isEnded = true
        answer.request.send(...this.#wire.ending('done').slice(answer.finished))
        answer.request.end()
      }
      await until('the end of a request', () => answer.isClosed)
      answer.isEnded = true
      const context = voice.contexts[answer.at]
      if (!context) return
      await until('the end of an utterance', () => context.closed)
      voice.finishes(context)
    })
  }

  sendsGarbage(): void {
    this.#ear.sendRaw('{"type":"Results"')
  }

  sendsUnknownEvent(): void {
    this.#ear.send({ type: 'Hummed', melody: [1, 2] })
    this.#house.voice.hums()
  }

  fallsSilent(): void {
    this.#ear.fallSilent()
  }

  async settled(): Promise<void> {
    await this.#script
    await Promise.race([this.#ear.settled(), this.#ear.closed])
    await this.#house.voice.settled()
    await settle()
  }

  hangUp(code?: number, reason?: string): void {
    this.#ear.close(code, reason)
  }

  drop(): void {
    this.#ear.drop()
  }

  get closed(): Promise<unknown> {
    return this.#ear.closed
  }

  get voiceConnection(): ScriptedConnection {
    return this.#house.voice.contexts.at(-1)!.connection
  }

  voiceFails(error: string, code: number): void {
    this.voiceConnection.sendRaw(JSON.stringify({ message: 'x', error, code }))
  }

  /** The one that takes over is lost too. */
  losesVoices(lose: (voice: ScriptedConnection) => void): void {
    this.#house.voice.onConnection = lose
    lose(this.voiceConnection)
  }

  /** And none can be opened again. */
  async losesListeners(closeCode: number, reason?: string): Promise<void> {
    const { deepgram, clock } = this.#house
    deepgram.refuseNext({ status: 503 })
    deepgram.refuseNext({ status: 503 })
    this.hangUp(closeCode, reason)
    await this.#open.heard.first('engine.complained')
    clock.advance(250)
    await this.#open.heard.first('engine.complained', 2)
    clock.advance(750)
  }

  /** The next one: the running one ends well. */
  async refusesAnswer(status: number): Promise<void> {
    this.endsAnswer()
    await this.#open.heard.first('answer.ended')
    this.#open.session.answer()
    const request = await this.#house.model.nextRequest()
    request.refuse(status, {}, { 'retry-after': '2' })
  }

  get #wire() {
    return WIRES[this.#house.wires.thinker]
  }

  get #earWire() {
    return EARS[this.#house.wires.ear]
  }

  #read({ body }: ScriptedAnswer): WirePrompt {
    return readPrompt[this.#house.wires.thinker](body)
  }

  /** What shows that requests are whole and not cut off in the middle: the next block, or the reason to finish. */
  #proveTools(answer: OpenAnswer) {
    if (this.#house.wires.thinker === 'anthropic') return this.#wire.text()
    if (this.#house.wires.thinker === 'responses') return []
    answer.finished = 1
    return this.#wire.ending('done').slice(0, 1)
  }

  #time(itemId: string, audio: EncodedAudio, words: string): void {
    const said = this.#said.get(itemId) ?? { text: '', totalMs: 0, by: [] }
    this.#said.set(itemId, said)
    for (const { 0: word, index } of words.matchAll(/\S+/g)) {
      const chars = index + word.length
      const ms = said.totalMs + (durationMs(audio) * chars) / words.length
      said.by.push({ ms: Math.floor(ms), text: said.text + words.slice(0, chars) })
    }
    said.text += words
    said.totalMs += durationMs(audio)
  }

  /** One step after the other, each when the one before has arrived; of the answer of the moment. */
  #then(step: (answer: OpenAnswer) => Promise<void>): void {
    const answer = this.#answer
    if (!answer) throw new Error('Nobody asked for an answer')
    this.#script = this.#script.then(() => step(answer))
    // Whoever waits for the script hears of it.
    this.#script.catch(() => undefined)
  }

  /** Looks into the memory now, or where the engine is busy at its next request. */
  async #remembers(what: string, holds: PromptCheck['holds']): Promise<void> {
    await this.settled()
    const { heard } = this.#open
    const isBusy = heard.of('answer.started').length > heard.of('answer.ended').length
    if (isBusy) this.#owed.push({ what, holds })
    else verify({ what, holds }, await this.#peek())
  }

  /** Makes the engine ask its thinker, and takes it back. */
  async #peek(): Promise<WirePrompt> {
    this.#open.peeking = true
    this.#open.session.answer()
    const request = await this.#house.model.nextRequest()
    this.#open.session.interrupt([])
    this.#open.peeking = false
    await request.closed
    return this.#read(request)
  }
}

interface OpenAnswer {
  readonly request: ScriptedAnswer
  /** Nothing more can be sent. */
  isClosed: boolean
  /** By the script, or with its knowledge. */
  isEnded: boolean
  /** How much of its ending was sent already. */
  finished: number
  /** Which utterance of the voice is its own. */
  readonly at: number
}

function markClosed(answer: OpenAnswer): () => void {
  return () => {
    answer.isClosed = true
  }
}

function verify({ what, holds }: PromptCheck, prompt: WirePrompt): void {
  if (!holds(prompt)) throw new Error(`Expected ${what} in the prompt: ${JSON.stringify(prompt)}`)
}

const PATIENCE_MS = 2_000

/** Waits for what arrives over a wire and says nothing when it does. */
async function until(what: string, holds: () => boolean): Promise<void> {
  const giveUpAtMs = performance.now() + PATIENCE_MS
  while (!holds()) {
    if (performance.now() > giveUpAtMs) throw new Error(`Waited ${PATIENCE_MS} ms for ${what}; nothing came`)
    await settle()
  }
}
