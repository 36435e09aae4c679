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
import { Backend } from './backend.ts'
import { CallerWords } from './caller-words.ts'
import { appendAudio, appendInstructions, appendThinking, closeSession, updateBackend } from './protocol.ts'
import type { ServerMessage } from './server-events.ts'
import type { OpenAiLiveSettings } from './settings.ts'
import { Translator } from './translator.ts'
import { SessionMeter } from './usage.ts'

export interface OpenAiLiveSessionOptions {
  /** Open and started; the session closes it. */
  readonly connection: ProviderSocket<ServerMessage>
  readonly settings: OpenAiLiveSettings
  readonly clock: Clock
  readonly log: Log
  readonly onEvent: (event: EngineEvent) => void
}

/** Fine enough for limits of some 100 ms, and one shared timer for all calls. */
const TICK_MS = 100

/** Quiet that ends the caller's turn, for our own account of it: the model has its own idea, and does not tell. */
const SILENCE_DURATION_MS = 600

/** The session's time may stand still without input, so that what we append is not taken (contract 7). */
const FILLING = { lineLostMs: 2 * TICK_MS, everyMs: TICK_MS, silence: encodedSilence(TICK_MS) }

/** The provider drains for up to 10 s when it is asked to close; a caller who has hung up is not made to pay for it. */
const FAREWELL_LIMIT_MS = 2_000

/** A live session: what the call wants becomes client events, what the model does becomes engine events. */
export class OpenAiLiveSession implements EngineSession, SocketListener<ServerMessage> {
  readonly #connection: ProviderSocket<ServerMessage>
  readonly #clock: Clock
  readonly #onEvent: (event: EngineEvent) => void
  readonly #turns: LocalTurns
  readonly #callerWords: CallerWords
  readonly #requests: AnswerRequests
  readonly #answers: Answers
  readonly #backend: Backend
  readonly #translator: Translator
  readonly #meter: SessionMeter
  readonly #filler: SilenceFiller
  readonly #timer: Disposable
  readonly #closed = Promise.withResolvers<void>()
  #droppingAudio = false
  #over = false

  constructor({ connection, settings, clock, log, onEvent }: OpenAiLiveSessionOptions) {
    const emit = (event: EngineEvent) => this.#emit(event)
    this.#connection = connection
    this.#clock = clock
    this.#onEvent = onEvent
    this.#requests = this.#createRequests()
    this.#answers = this.#createAnswers()
    this.#turns = new LocalTurns({
      silenceDurationMs: SILENCE_DURATION_MS,
      clock,
      onEvent: (event) => this.#onCaller(event),
    })
    this.#callerWords = new CallerWords(this.#turns)
    this.#meter = new SessionMeter(settings.model, clock.monotonicMs(), emit)
    this.#backend = new Backend({
      model: settings.backendModel,
      emit,
      send: (event) => connection.send(event),
      onToolRequested: (request) => this.#answers.toolRequested(request),
      onFailed: (failure) => this.#translator.complain(failure),
    })
    this.#translator = new Translator({
      answers: this.#answers,
      backend: this.#backend,
      callerWords: this.#callerWords,
      meter: this.#meter,
      clock,
      log,
      emit,
      lose: (error) => this.#lose(error),
    })
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
   * There is no event to cancel or to truncate. Spoken over by the caller, the model decides by itself whether to stop:
   * what it goes on to say is reported, and the call keeps it until it knows what the caller meant (SPEC TT13). Stopped
   * by a rule, it is told so, and the rest is passed over until it pauses or the caller has had a turn.
   */
  interrupt(heard: readonly { utteranceId: string; heardMs: number }[]): void {
    if (this.#over) return
    if (this.#turns.callerSpeaks) {
      this.#requests.forget()
      this.#answers.expectAnother()
      return
    }
    const wasAsked = this.#requests.callOff()
    const { wasSpeaking, heardWords } = this.#answers.stop(heard)
    const note = heardWords === undefined ? '' : stoppedNote(heardWords)
    if (wasAsked || wasSpeaking) this.#instruct(`Stop speaking immediately, then wait. ${note}`)
    else if (note !== '') this.#think(note)
  }

  tell(item: HistoryItem): void {
    this.#requests.contextGrew()
    this.#think(noteOf(item))
  }

  returnToolResult(requestId: string, output: string): void {
    if (this.#backend.returnResult(requestId, output)) {
      // It speaks of the result by itself; "one moment" may not be over yet.
      this.#answers.expectAnother()
      this.#requests.toolAnswered()
    } else {
      this.#requests.contextGrew()
      this.#think(lateResultNote(output))
    }
  }

  /** The voice's prompt cannot be changed, only added to; the backend's can. */
  rebrief({ tools, ...words }: Partial<Pick<Briefing, 'instructions' | 'tools' | 'language'>>): void {
    const { instructions } = words
    if (tools !== undefined || instructions !== undefined) this.#connection.send(updateBackend({ tools, instructions }))
    this.#instruct(rebriefingNote(words))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#over) {
      this.#end()
      this.#connection.send(closeSession())
      using _limit = this.#clock.after(FAREWELL_LIMIT_MS, this.#closed.resolve)
      await this.#closed.promise
    }
    await this.#connection[Symbol.asyncDispose]()
  }

  /** Output comes without a pause, silence included: once that is seen, a gap in it is a stall. */
  get expectsEvents(): boolean {
    return this.#answers.flows
  }

  received(message: ServerMessage): void {
    if (message.type === 'session.closed') this.#closed.resolve()
    if (!this.#over) this.#translator.translate(message)
  }

  lost(error: EngineError): void {
    this.#closed.resolve()
    this.#lose(error)
  }

  #createRequests(): AnswerRequests {
    return new AnswerRequests({
      clock: this.#clock,
      ask: (instructions) => this.#instruct(requestFor(instructions)),
      instruct: (instructions) => this.#instruct(`For your next answer: ${instructions}`),
      onUnanswered: () => this.#complain('answer_unanswered', 'a request for an answer got no reply'),
    })
  }

  #createAnswers(): Answers {
    return new Answers({
      clock: this.#clock,
      emit: (event) => this.#emit(event),
      onBegan: () => this.#requests.began(),
      onEnded: (outcome) => {
        // Said while the caller speaks on: what they will have said is not answered by it.
        if (this.#turns.callerSpeaks) this.#requests.contextGrew()
        this.#requests.ended(outcome)
      },
    })
  }

  /** Before the event: its listener asks for an answer, or interrupts one, by what it learns. */
  #onCaller(event: CallerEvent): void {
    if (event.type === 'caller.started-speaking') {
      this.#requests.callerStarted()
      this.#callerWords.callerStarted()
    }
    if (event.type === 'caller.stopped-speaking') {
      this.#requests.callerStopped()
      this.#callerWords.callerStopped(this.#clock.monotonicMs())
      this.#answers.hearAgain()
    }
    this.#emit(event)
  }

  #tick(nowMs: number): void {
    this.#answers.tick(nowMs)
    this.#requests.tick(nowMs)
    this.#callerWords.tick(nowMs)
    const silence = this.#filler.tick(nowMs)
    if (silence) this.#connection.sendAudio(appendAudio(silence))
  }

  #instruct(text: string): void {
    for (const event of appendInstructions(text)) this.#connection.send(event)
  }

  #think(text: string): void {
    for (const event of appendThinking(text)) this.#connection.send(event)
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
    this.#meter.close(this.#clock.monotonicMs())
    this.#over = true
    this.#timer[Symbol.dispose]()
    this.#turns[Symbol.dispose]()
  }
}

/** The request stands last: of several events, only the last asks. */
function requestFor(instructions: string | undefined): string {
  const because = instructions ?? 'The caller is waiting: go on with what is due.'
  return `${because}\nSpeak to the caller now.`
}
