import { type EncodedAudio, encodedSilence } from '../../audio/encoded-audio.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { AnswerRequests } from '../answer-requests.ts'
import type { Briefing, EngineError, EngineEvent, EngineSession, HistoryItem } from '../engine.ts'
import { type CallerEvent, LocalTurns } from '../local-turns.ts'
import { lateResultNote, noteOf, rebriefingNote, stoppedNote } from '../notes.ts'
import { SilenceFiller } from '../silence-filler.ts'
import type { ProviderSocket, SocketListener } from '../wire/provider-socket.ts'
import { Answers } from './answers.ts'
import { appendAudio, contextualUpdate, type ElevenLabsSettings, toolResult, userMessage } from './protocol.ts'
import type { ServerMessage } from './server-events.ts'
import { Translator } from './translator.ts'
import { UsageMeter } from './usage-meter.ts'

export interface ElevenLabsSessionOptions {
  /** Open and configured; the session closes it. */
  readonly connection: ProviderSocket<ServerMessage>
  readonly briefing: Briefing
  readonly settings: ElevenLabsSettings
  readonly clock: Clock
  readonly log: Log
  readonly onEvent: (event: EngineEvent) => void
}

/** Fine enough for limits of some 100 ms, and one shared timer for all calls. */
const TICK_MS = 100

/** Far from the 60 s without audio after which the provider ends a conversation (RELIABILITY 2.2). */
const FILLING = { lineLostMs: 10_000, everyMs: 5_000, silence: encodedSilence(100) }

/** A live conversation: what the call wants becomes client messages, what the agent does becomes engine events. */
export class ElevenLabsSession implements EngineSession, SocketListener<ServerMessage> {
  readonly #connection: ProviderSocket<ServerMessage>
  readonly #onEvent: (event: EngineEvent) => void
  readonly #turns: LocalTurns
  readonly #requests: AnswerRequests
  readonly #answers: Answers
  readonly #translator: Translator
  readonly #meter: UsageMeter
  readonly #filler: SilenceFiller
  readonly #timer: Disposable
  #droppingAudio = false
  #over = false

  constructor({ connection, briefing, settings, clock, log, onEvent }: ElevenLabsSessionOptions) {
    const emit = (event: EngineEvent) => this.#emit(event)
    this.#connection = connection
    this.#onEvent = onEvent
    this.#requests = new AnswerRequests({
      clock,
      ask: (instructions) => connection.send(userMessage(requestFor(instructions))),
      onUnanswered: () => this.#complain('answer_unanswered', 'a request for an answer got no reply'),
    })
    this.#answers = new Answers({
      clock,
      emit,
      onBegan: () => this.#requests.began(),
      onUnheard: () => connection.send(contextualUpdate(stoppedNote(''))),
      onEnded: (outcome, byUs) => this.#requests.ended(outcome, byUs),
    })
    this.#turns = new LocalTurns({ ...settings, clock, onEvent: (event) => this.#onCaller(event) })
    this.#translator = new Translator({
      tools: briefing.tools,
      answers: this.#answers,
      requests: this.#requests,
      turns: this.#turns,
      clock,
      log,
      emit,
      send: (message) => connection.send(message),
      lose: (error) => this.#lose(error),
    })
    this.#meter = new UsageMeter(clock.monotonicMs(), emit)
    this.#filler = new SilenceFiller(clock.monotonicMs(), FILLING)
    this.#timer = clock.every(TICK_MS, () => this.#tick(clock.monotonicMs()))
  }

  hear(audio: EncodedAudio): void {
    if (this.#over) return
    const sent = this.#connection.sendAudio(appendAudio(audio))
    if (!sent && !this.#droppingAudio) this.#complain('caller_audio_dropped', 'the provider does not keep up')
    this.#droppingAudio = !sent
    this.#filler.heard()
    this.#turns.hear(audio)
  }

  answer(instructions?: string): void {
    if (!this.#over) this.#requests.request(instructions)
  }

  /**
   * There is no message to cancel or to truncate: what comes of a stopped answer is passed over. When the caller spoke,
   * the provider finds out by itself what they heard; when a rule stopped the answer, it is told.
   */
  interrupt(heard: readonly { utteranceId: string; heardMs: number }[]): void {
    if (this.#over) return
    this.#requests.callOff()
    const words = this.#answers.stop(heard)
    if (words === undefined || this.#turns.callerSpeaks) return
    this.#connection.send(contextualUpdate(stoppedNote(words)))
  }

  tell(item: HistoryItem): void {
    this.#requests.contextGrew()
    this.#connection.send(contextualUpdate(noteOf(item)))
  }

  returnToolResult(requestId: string, output: string): void {
    const isOpen = this.#translator.takeToolCall(requestId)
    if (isOpen) this.#requests.toolAnswered()
    else this.#requests.contextGrew()
    this.#connection.send(isOpen ? toolResult(requestId, output) : contextualUpdate(lateResultNote(output)))
  }

  /** The prompt of a running conversation cannot be changed, only added to. */
  rebrief(change: Partial<Pick<Briefing, 'instructions' | 'tools' | 'language'>>): void {
    if (change.tools) this.#translator.tools = change.tools
    const text = rebriefingNote(change)
    if (text !== '') this.#connection.send(contextualUpdate(text))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end()
    await this.#connection[Symbol.asyncDispose]()
  }

  /** An answer that stalls is ended by the clock, and its socket is found dead by protocol pings: silence means nothing. */
  get expectsEvents(): boolean {
    return false
  }

  received(message: ServerMessage): void {
    if (!this.#over) this.#translator.translate(message)
  }

  lost(error: EngineError): void {
    this.#lose(error)
  }

  /** Before the event: its listener asks for an answer, or interrupts one, by what it learns. */
  #onCaller(event: CallerEvent): void {
    if (event.type === 'caller.started-speaking') this.#requests.callerStarted(this.#turns.hearsCaller)
    if (event.type === 'caller.stopped-speaking') this.#requests.callerStopped()
    if (event.type === 'caller.words' && event.final && event.text.trim() !== '') this.#requests.callerUnderstood()
    this.#emit(event)
  }

  #tick(nowMs: number): void {
    this.#answers.tick(nowMs)
    this.#requests.tick(nowMs)
    this.#meter.tick(nowMs)
    const silence = this.#filler.tick(nowMs)
    if (silence) this.#connection.sendAudio(appendAudio(silence))
  }

  #lose(error: EngineError): void {
    if (this.#over) return
    this.#end()
    // Never rejects; the socket may take its time to close, and nobody waits for it.
    void this.#connection[Symbol.asyncDispose]()
    this.#onEvent({ type: 'engine.lost', error })
  }

  #complain(code: string, detail: string): void {
    this.#emit({ type: 'engine.complained', code, detail })
  }

  #emit(event: EngineEvent): void {
    if (!this.#over) this.#onEvent(event)
  }

  #end(): void {
    if (this.#over) return
    this.#meter[Symbol.dispose]()
    this.#over = true
    this.#timer[Symbol.dispose]()
    this.#turns[Symbol.dispose]()
  }
}

/** Put so that the model does not take it for the caller's own words. */
function requestFor(instructions: string | undefined): string {
  const whose = 'This is from the system; the caller did not say it.'
  return `[${whose} ${instructions ?? 'The caller is waiting: go on with what is due.'}]`
}
