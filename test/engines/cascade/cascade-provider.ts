import { durationMs, type EncodedAudio } from '../../../src/audio/encoded-audio.ts'
import { createCascadeEngine } from '../../../src/engines/cascade/cascade-engine.ts'
import type { Memory, Prompt } from '../../../src/engines/cascade/thinker.ts'
import { EngineError, type HistoryItem } from '../../../src/engines/engine.ts'
import { settle } from '../../fakes/fake-clock.ts'
import { createInbox, type Inbox } from '../../fakes/inbox.ts'
import type { Provider, ProviderCall, ToolRequest } from '../provider.ts'
import { type FakeListenerSession, type FakeThought, type FakeUtterance, failureOf } from './fakes.ts'
import { createParts } from './stage.ts'

type Parts = ReturnType<typeof createParts>

/**
 * A cascade's three services as the conformance suite wants one provider: in process, as the wires of each have tests
 * of their own. Memory is on our side of the wire, so what the engine did to it shows in its next prompt.
 */
export async function startCascadeProvider(): Promise<Provider> {
  const parts = createParts()
  const listener = parts.listeners[0]!
  const sessions: Inbox<FakeListenerSession> = createInbox('a listener that is opened')
  listener.onOpen = (session) => sessions.put(session)
  const calls: CascadeCall[] = []
  return {
    engine: createCascadeEngine(parts),
    clock: parts.clock,
    get attempts() {
      return listener.attempts
    },
    refuseNext: (why) =>
      void listener.refusals.push(why.because === 'bad key' ? failureOf('deepgram', 'refused') : limitedFor(why)),
    async accept() {
      const call = new CascadeCall(parts, await sessions.take())
      calls.push(call)
      await settle()
      call.briefed = call.lookAtBriefing()
      return call
    },
    endings: endingsOf(parts),
    async [Symbol.asyncDispose]() {
      for (const call of calls) call.checkNothingLeft()
    },
  }
}

function limitedFor({ retryAfterMs }: { retryAfterMs: number }): EngineError {
  return new EngineError('limited', 'http_429', 'Too many', { retryAfterMs, provider: 'deepgram' })
}

function endingsOf({ listeners, speaker, clock }: Parts): Provider['endings'] {
  const listener = listeners[0]!
  const loseListener = (error: EngineError) => listener.session.emit({ type: 'lost', error })
  return [
    {
      how: 'a listener that drops and cannot be opened again',
      failure: 'dropped',
      end: () => {
        listener.refusals.push(...Array.from({ length: 2 }, () => failureOf('deepgram', 'dropped')))
        loseListener(failureOf('deepgram', 'dropped'))
        void clock.advanceAsync(2_000)
      },
    },
    {
      how: 'a listener that refuses us',
      failure: 'refused',
      end: () => loseListener(failureOf('deepgram', 'refused')),
    },
    {
      how: 'a voice that refuses us',
      failure: 'refused',
      end: () => speaker.utterance.fails(failureOf('elevenlabs', 'refused')),
    },
    {
      how: 'a voice that drops twice',
      failure: 'dropped',
      end: () => {
        speaker.utterance.fails(failureOf('elevenlabs', 'dropped'))
        speaker.utterance.fails(failureOf('elevenlabs', 'dropped'))
      },
    },
  ]
}

/** What an utterance says when: by each `ms` of its audio so much of its text. */
interface Said {
  text: string
  totalMs: number
  readonly by: { readonly ms: number; readonly text: string }[]
}

type MemoryCheck = { readonly what: string; readonly holds: (memory: readonly Memory[]) => boolean }

class CascadeCall implements ProviderCall {
  briefed!: ProviderCall['briefed']
  readonly #parts: Parts
  readonly #ear: FakeListenerSession
  readonly #requests: Inbox<FakeThought> = createInbox('a request for an answer')
  readonly #said = new Map<string, Said>()
  /** What the next prompt must show. */
  readonly #owed: MemoryCheck[] = []
  #thought: FakeThought | undefined
  #utterance: FakeUtterance | undefined
  #answering = false
  #heard = 0
  #script = Promise.resolve()

  constructor(parts: Parts, ear: FakeListenerSession) {
    this.#parts = parts
    this.#ear = ear
    parts.thinkers[0]!.onThink = (thought) => this.#requests.put(thought)
  }

  lookAtBriefing(): ProviderCall['briefed'] {
    const { instructions, tools, memory, callerKey } = this.#peek()
    return { instructions, callerKey, toolNames: tools.map(({ name }) => name), history: memory as HistoryItem[] }
  }

  checkNothingLeft(): void {
    if (this.#owed.length > 0) throw new Error(`Never seen in a prompt: ${this.#owed.map(({ what }) => what)}`)
  }

  async expectCallerAudio(audio: EncodedAudio): Promise<void> {
    const piece = this.#ear.heard[this.#heard]
    this.#heard += 1
    if (!piece?.equals(audio)) throw new Error('Expected caller audio')
  }

  async expectAnswerRequest(): Promise<void> {
    await this.#script
    this.#thought = await this.#requests.take()
    this.#utterance = undefined
    this.#answering = true
    for (const check of this.#owed.splice(0)) verify(check, this.#thought.prompt.memory)
  }

  async expectCancel(answerId: string): Promise<void> {
    await this.#script
    if (!this.#thought?.signal.aborted) throw new Error(`${answerId} was not cancelled`)
  }

  async expectMemoryCut(itemId: string, heardMs: number): Promise<void> {
    await this.#script
    const said = this.#said.get(itemId)
    const text = said?.by.findLast(({ ms }) => ms <= heardMs)?.text ?? ''
    const isOfIt = (one: Memory) => one.role === 'agent' && said !== undefined && said.text.startsWith(one.text)
    this.#remembers(`${itemId} up to ${heardMs} ms`, (memory) => {
      const [remembered] = memory.filter(isOfIt)
      return text === '' ? remembered === undefined : remembered?.role === 'agent' && remembered.text === text
    })
  }

  async expectToolResult(requestId: string, output: string): Promise<void> {
    this.#remembers(`the result of ${requestId}`, (memory) => {
      const asked = memory.findIndex((one) => one.role === 'tool request' && one.requestId === requestId)
      const result = memory.findIndex((one) => one.role === 'tool result' && one.requestId === requestId)
      const found = memory[result]
      return asked >= 0 && result > asked && found?.role === 'tool result' && found.output === output
    })
  }

  async expectNote(containing: string): Promise<void> {
    const isIt = (one: Memory | undefined) => one?.role === 'note' && one.text.includes(containing)
    this.#remembers(`a note with ${containing}`, (memory) => isIt(memory.at(-1)))
  }

  /** A cascade need not wait for the end of what it cancelled: the next request may be here before the script has it. */
  async expectNothing(): Promise<void> {
    await this.settled()
    const early = this.#answering && this.#thought?.signal.aborted ? 1 : 0
    if (this.#requests.left.length > early) throw new Error('An answer was requested')
    if (this.#ear.heard.length > this.#heard) throw new Error('Caller audio came')
  }

  callerStartsSpeaking(): void {
    this.#ear.emit({ type: 'turn.started' })
  }

  /** A cascade learns that a turn ended with its words, not before. */
  callerStopsSpeaking(): void {}

  transcribes(_turnId: string, partial: readonly string[], final: string): void {
    partial.forEach((_, at) => {
      this.#ear.emit({ type: 'turn.words', text: partial.slice(0, at + 1).join('') })
    })
    this.#ear.emit({ type: 'turn.ended', text: final, endpointingMs: 300 })
  }

  startsAnswer(): void {}

  /** The words come as a line of text, and are timed at the end of their audio. */
  speaks(_answerId: string, itemId: string, audio: EncodedAudio, words: string): void {
    const said = this.#said.get(itemId) ?? { text: '', totalMs: 0, by: [] }
    this.#said.set(itemId, said)
    const before = said.text
    said.text += words
    for (const [at] of words.matchAll(/\S+/g)) {
      const upTo = before + words.slice(0, words.indexOf(at) + at.length)
      said.by.push({
        ms: said.totalMs + (durationMs(audio) * (upTo.length - before.length)) / words.length,
        text: upTo,
      })
    }
    const timed = said.by.filter(({ ms }) => ms > said.totalMs).map(({ ms, text }) => ({ ms, chars: text.length }))
    said.totalMs += durationMs(audio)
    this.#then(() => this.#thought?.says(`${words}\n`))
    this.#then(() => {
      if (this.#thought?.signal.aborted || !this.#answering) return
      this.#utterance = this.#parts.speaker.utterance
      this.#utterance.speaks(0, audio).times(...timed)
    })
  }

  finishesUtterance(): void {}

  requestsTool(_answerId: string, request: ToolRequest): void {
    this.#then(() => this.#thought?.gives({ type: 'tool', ...request }))
  }

  endsAnswer(): void {
    this.#then(() => this.#thought?.ends())
    this.#then(() => {
      this.#answering = false
      this.#utterance?.completes()
    })
  }

  sendsGarbage(): void {
    this.#ear.emit({ type: 'complained', code: 'malformed_event', detail: 'not JSON' })
  }

  sendsUnknownEvent(): void {
    throw new Error('Parts tell a cascade nothing unknown')
  }

  fallsSilent(): void {
    throw new Error('Parts notice themselves when their wire is dead')
  }

  async settled(): Promise<void> {
    await this.#script
    await settle()
  }

  hangUp(): void {
    throw new Error('Parts have no wire to be closed')
  }

  drop(): void {
    throw new Error('Parts have no wire to be closed')
  }

  get closed(): Promise<unknown> {
    return this.#ear.disposed
  }

  /** Lets everything settle between two steps, as a wire would. */
  #then(step: () => unknown): void {
    this.#script = this.#script.then(async () => {
      step()
      await settle()
    })
  }

  /** Looks into the memory now, or where the engine is busy at its next request. */
  #remembers(what: string, holds: MemoryCheck['holds']): void {
    const [request] = this.#requests.left
    const isBusy = this.#answering && !this.#thought?.signal.aborted
    if (request) verify({ what, holds }, request.prompt.memory)
    else if (isBusy) this.#owed.push({ what, holds })
    else verify({ what, holds }, this.#peek().memory)
  }

  /** Makes the engine think ahead, which nobody hears of, and takes it back. */
  #peek(): Prompt {
    const { thinkers } = this.#parts
    const onThink = thinkers[0]!.onThink
    const prompts: Prompt[] = []
    thinkers[0]!.onThink = ({ prompt }) => prompts.push(prompt)
    this.#ear.emit({ type: 'turn.nearly-ended', text: 'Peek' }, { type: 'turn.resumed' })
    thinkers[0]!.onThink = onThink
    const [prompt] = prompts
    if (!prompt) throw new Error('The cascade does not think ahead')
    return { ...prompt, memory: prompt.memory.slice(0, -1) }
  }
}

function verify({ what, holds }: MemoryCheck, memory: readonly Memory[]): void {
  if (!holds(memory)) throw new Error(`Expected ${what} in the memory: ${JSON.stringify(memory)}`)
}
