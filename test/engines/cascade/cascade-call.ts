import { isDeepStrictEqual } from 'node:util'
import { decodeAudio, durationMs, type EncodedAudio } from '../../../src/audio/encoded-audio.ts'
import type { HistoryItem } from '../../../src/engines/engine.ts'
import { settle } from '../../fakes/fake-clock.ts'
import type { ScriptedConnection } from '../../fakes/scripted-realtime-server.ts'
import type { ProviderCall, ToolRequest } from '../provider.ts'
import { CascadeAnswer } from './cascade-answer.ts'
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
  #ear: ScriptedConnection
  #turn = 0
  #answer: CascadeAnswer | undefined
  #taken = 0

  constructor(house: House, ear: ScriptedConnection, open: OpenSession) {
    this.#house = house
    this.#ear = ear
    this.#open = open
  }

  async lookAtBriefing(): Promise<void> {
    const { instructions, toolNames, memory, callerKey } = await this.#peek()
    this.briefed = { instructions, toolNames, history: memory as HistoryItem[], callerKey, hears: this.#hints }
  }

  checkNothingOwed(): void {
    if (this.#owed.length > 0) throw new Error(`Never seen in a prompt: ${this.#owed.map(({ what }) => what)}`)
  }

  async expectCallerAudio(audio: EncodedAudio): Promise<void> {
    await this.#ear.expect('binary', { data: decodeAudio(audio) })
  }

  async expectAnswerRequest(): Promise<void> {
    await this.#answer?.arrived
    const request = await this.#house.model.nextRequest()
    this.#taken += 1
    this.#answer = new CascadeAnswer(this.#house, request, this.#open.heard)
    const { path } = WIRES[this.#house.wires.thinker]
    if (request.path !== path) throw new Error(`Expected ${path}, got ${request.path}`)
    for (const check of this.#owed.splice(0)) verify(check, this.#read(request))
  }

  async expectCancel(): Promise<void> {
    await this.#running.cancelled()
  }

  async expectMemoryCut(itemId: string, heardMs: number): Promise<void> {
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
    const { languageParameter } = EARS[this.#house.wires.ear]
    // One that hears many languages goes on listening.
    if (languageParameter !== undefined) {
      await this.takeNextEar()
      const { searchParams } = new URL(this.#ear.url, 'ws://deepgram')
      const hint = searchParams.get(languageParameter)
      if (hint !== language.slice(0, 2)) throw new Error(`Listens for ${hint}`)
    }
    await this.#remembers('other instructions', (prompt) => prompt.instructions === instructions)
  }

  /** A cascade need not wait for the end of what it cancelled: the next request may be here before the script has it. */
  async expectNothing(): Promise<void> {
    await this.settled()
    const mayBeEarly = this.#answer?.isCancelled === true
    const asked = this.#open.heard.of('answer.started').length - this.#taken
    if (asked > (mayBeEarly ? 1 : 0)) throw new Error('An answer was requested')
    if (this.#ear.leftOver.length > 0) throw new Error(this.#ear.leftOver.join('; '))
  }

  callerStartsSpeaking(): void {
    this.#ear.send(this.#earWire.starts(this.#turn))
  }

  /** A cascade learns that a turn ended with its words, not before. */
  callerStopsSpeaking(): void {}

  transcribes(_turnId: string, partial: readonly string[], final: string, language?: string): void {
    const soFar = partial.map((_, at) => partial.slice(0, at + 1).join(''))
    this.#ear.send(...soFar.map((text) => this.#earWire.words(this.#turn, text)))
    this.#ear.send(this.#earWire.ends(this.#turn, final, language))
    this.#turn += 1
  }

  /** It does not say so. */
  startsAnswer(): void {}

  speaks(_answerId: string, itemId: string, audio: EncodedAudio, words: string): void {
    this.#time(itemId, audio, words)
    this.#running.speaks(audio, words)
  }

  /** Its text has ended when the answer has. */
  finishesUtterance(): void {}

  requestsTool(_answerId: string, request: ToolRequest): void {
    this.#running.requestsTool(request)
  }

  endsAnswer(): void {
    this.#running.ends()
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
    await this.#answer?.arrived
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

  /** The caller is on the wire of another listener from now on. */
  async takeNextEar(): Promise<void> {
    this.#ear = await takeEar(this.#house)
  }

  get voiceConnection(): ScriptedConnection {
    return this.#house.voice.contexts.at(-1)!.connection
  }

  voiceFails(error: string, code: number): void {
    const { voiceConnection } = this
    this.#running.changesVoice()
    voiceConnection.sendRaw(JSON.stringify({ message: 'x', error, code }))
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

  get #running(): CascadeAnswer {
    if (!this.#answer) throw new Error('Nobody has asked for an answer')
    return this.#answer
  }

  get #earWire() {
    return EARS[this.#house.wires.ear]
  }

  #read({ body }: ScriptedAnswer): WirePrompt {
    return readPrompt[this.#house.wires.thinker](body)
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

  get #hints(): readonly string[] | undefined {
    const hints = new URL(this.#ear.url, 'ws://deepgram').searchParams.getAll('language_hint')
    return hints.length > 0 ? hints : undefined
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

function verify({ what, holds }: PromptCheck, prompt: WirePrompt): void {
  if (!holds(prompt)) throw new Error(`Expected ${what} in the prompt: ${JSON.stringify(prompt)}`)
}
