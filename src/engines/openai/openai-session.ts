import type { EncodedAudio } from '../../audio/encoded-audio.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Briefing, EngineError, EngineEvent, EngineSession, HistoryItem } from '../engine.ts'
import { lateResultNote } from '../notes.ts'
import type { ProviderSocket, SocketListener } from '../wire/provider-socket.ts'
import {
  appendAudio,
  cancelResponse,
  createItem,
  createResponse,
  createToolOutput,
  truncateItem,
  updateSession,
} from './protocol.ts'
import { ResponseSequencer } from './response-sequencer.ts'
import type { ServerMessage } from './server-events.ts'
import { describeChange, endpointingMs, type OpenAiSettings } from './session-settings.ts'
import { Translator } from './translator.ts'
import { Utterances } from './utterances.ts'

export interface OpenAiSessionOptions {
  /** Open and configured; the session closes it. */
  readonly connection: ProviderSocket<ServerMessage>
  readonly model: string
  readonly settings: OpenAiSettings
  /** Languages the caller may speak. */
  readonly hears: Briefing['hears']
  readonly clock: Clock
  readonly log: Log
  readonly onEvent: (event: EngineEvent) => void
}

/** A live session: what the call wants becomes client events, what the provider says becomes engine events. */
export class OpenAiSession implements EngineSession, SocketListener<ServerMessage> {
  readonly #connection: ProviderSocket<ServerMessage>
  readonly #settings: OpenAiSettings
  readonly #hears: Briefing['hears']
  readonly #onEvent: (event: EngineEvent) => void
  readonly #sequencer: ResponseSequencer
  readonly #utterances = new Utterances()
  readonly #translator: Translator
  #droppingAudio = false
  #over = false

  constructor({ connection, model, settings, hears, clock, log, onEvent }: OpenAiSessionOptions) {
    this.#connection = connection
    this.#settings = settings
    this.#hears = hears
    this.#onEvent = onEvent
    this.#sequencer = new ResponseSequencer({
      clock,
      create: (eventId, instructions) => connection.send(createResponse(eventId, instructions)),
      cancel: (responseId) => connection.send(cancelResponse(responseId)),
      onUnanswered: () => this.#complain('answer_unanswered', 'a request for an answer got no reply'),
    })
    this.#translator = new Translator({
      model,
      transcriptionModel: settings.transcriptionModel,
      endpointingMs: endpointingMs(settings.turnDetection),
      sequencer: this.#sequencer,
      utterances: this.#utterances,
      clock,
      log,
      emit: (event) => this.#emit(event),
      send: (event) => connection.send(event),
      lose: (error) => this.#lose(error),
    })
  }

  hear(audio: EncodedAudio): void {
    const sent = this.#connection.sendAudio(appendAudio(audio))
    if (!sent && !this.#droppingAudio) this.#complain('caller_audio_dropped', 'the provider does not keep up')
    this.#droppingAudio = !sent
  }

  answer(instructions?: string): void {
    if (!this.#over) this.#sequencer.request(instructions)
  }

  /**
   * Cuts by truncation throughout, to 0 for what was not heard at all: the contract shows truncation while a response
   * is still running, which it does not for `conversation.item.delete`, and either way the unheard words are gone.
   */
  interrupt(heard: readonly { utteranceId: string; heardMs: number }[]): void {
    if (this.#over) return
    this.#sequencer.interrupt()
    for (const { utteranceId, heardMs } of heard) {
      const cut = this.#utterances.cut(utteranceId, heardMs)
      if (cut) this.#connection.send(truncateItem(cut.itemId, cut.audioEndMs))
    }
  }

  tell(item: HistoryItem): void {
    this.#sequencer.contextGrew()
    this.#connection.send(createItem(item))
  }

  returnToolResult(requestId: string, output: string): void {
    this.#sequencer.contextGrew()
    const isOpen = this.#translator.takeToolCall(requestId)
    const note = { role: 'note', text: lateResultNote(output) } as const
    this.#connection.send(isOpen ? createToolOutput(requestId, output) : createItem(note))
  }

  rebrief(change: Partial<Pick<Briefing, 'instructions' | 'tools' | 'language'>>): void {
    this.#connection.send(updateSession(describeChange(this.#settings, change, this.#hears)))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end()
    await this.#connection[Symbol.asyncDispose]()
  }

  get expectsEvents(): boolean {
    return this.#sequencer.isAnswering
  }

  received(message: ServerMessage): void {
    if (!this.#over) this.#translator.translate(message)
  }

  lost(error: EngineError): void {
    this.#lose(error)
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
    this.#over = true
    this.#sequencer[Symbol.dispose]()
  }
}
