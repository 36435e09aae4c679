import type { Clock } from '../../lib/clock.ts'
import { createId } from '../../lib/ids.ts'
import type { Ear } from '../service/ear.ts'
import type { SpokenWord } from '../service/understanding.ts'
import { toMulaw } from './audio-format.ts'
import type { Conversation, Entry } from './conversation.ts'
import { type HeardTurn, InputBuffer } from './input-buffer.ts'
import { ProtocolError, type ServerEvent } from './protocol.ts'
import type { SessionConfig } from './session-config.ts'
import type { Transcription, TurnDetection } from './session-schema.ts'
import { transcriptionEvents } from './transcription.ts'

export interface CallerTurnsOptions {
  readonly clock: Clock
  readonly conversation: Conversation
  readonly ear: Ear
  /** From a commit to its transcript. */
  readonly transcriptionMs: number
  readonly send: (event: ServerEvent) => void
  /** Turn detection heard the caller begin to speak. */
  readonly onStarted: (detection: TurnDetection) => void
  /** A turn was committed for which turn detection wants an answer. */
  readonly onAnswerWanted: () => void
}

/** The service refuses to commit less. */
const SHORTEST_COMMIT_MS = 100

/** The caller's side of a session: audio becomes turns, turns become items, items get their words. */
export class CallerTurns implements Disposable {
  readonly #options: CallerTurnsOptions
  readonly #input = new InputBuffer()
  readonly #timers = new DisposableStack()
  #config: SessionConfig['audio']['input']
  #idle: Disposable | undefined
  /** Named when speech begins; the item exists from the commit on. */
  #itemId: string | undefined

  constructor(config: SessionConfig, options: CallerTurnsOptions) {
    this.#options = options
    this.#config = config.audio.input
    this.#input.detect(this.#config.turn_detection)
  }

  configure(config: SessionConfig): void {
    const before = this.#config.turn_detection
    this.#config = config.audio.input
    if (this.#config.turn_detection !== before) this.#input.detect(this.#config.turn_detection)
  }

  /** @param audio base64 in the session's input format. */
  hear(audio: string): void {
    const mulaw = toMulaw(audio, this.#config.format)
    this.#options.ear.hear(mulaw)
    for (const turn of this.#input.append(mulaw)) {
      if (turn.type === 'started') this.#onStarted(turn.audioStartMs)
      else this.#onStopped(turn)
    }
  }

  clear(): void {
    this.#input.take()
    this.#options.ear.take()
    this.#options.send({ type: 'input_audio_buffer.cleared' })
  }

  /** @throws ProtocolError when less than 100 ms are buffered. */
  commit(): void {
    const { bufferedMs } = this.#input
    if (bufferedMs < SHORTEST_COMMIT_MS) throw tooShort(bufferedMs)
    this.#commit(this.#takeItemId(), this.#input.take())
  }

  /** The idle timeout runs from when the speech should have been heard to its end (contract 3). */
  waitForCaller(speechPlaysForMs: number): void {
    this.stopWaiting()
    const detection = this.#config.turn_detection
    if (detection?.type !== 'server_vad' || detection.idle_timeout_ms === null || this.#input.speaking) return
    this.#idle = this.#options.clock.after(speechPlaysForMs + detection.idle_timeout_ms, () => this.#onIdle())
  }

  stopWaiting(): void {
    this.#idle?.[Symbol.dispose]()
  }

  [Symbol.dispose](): void {
    this.stopWaiting()
    this.#timers.dispose()
  }

  #onStarted(audioStartMs: number): void {
    this.stopWaiting()
    this.#itemId = createId('item')
    const { send, onStarted } = this.#options
    send({ type: 'input_audio_buffer.speech_started', audio_start_ms: audioStartMs, item_id: this.#itemId })
    if (this.#config.turn_detection) onStarted(this.#config.turn_detection)
  }

  #onStopped({ audioEndMs, audioMs }: Extract<HeardTurn, { type: 'stopped' }>): void {
    const itemId = this.#takeItemId()
    this.#options.send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: audioEndMs, item_id: itemId })
    this.#commit(itemId, audioMs)
    if (this.#config.turn_detection?.create_response) this.#options.onAnswerWanted()
  }

  #onIdle(): void {
    const itemId = this.#takeItemId()
    const { positionMs, bufferedMs } = this.#input
    const silence = { audio_start_ms: Math.round(positionMs - bufferedMs), audio_end_ms: Math.round(positionMs) }
    this.#options.send({ type: 'input_audio_buffer.timeout_triggered', ...silence, item_id: itemId })
    this.#commit(itemId, this.#input.take())
    this.#options.onAnswerWanted()
  }

  #commit(itemId: string, audioMs: number): void {
    const { conversation, ear, send } = this.#options
    const content = [{ type: 'input_audio' as const, transcript: null }]
    const item = { id: itemId, type: 'message' as const, role: 'user' as const, status: 'completed' as const, content }
    const { spoken } = ear
    const entry: Entry = { item, audioMs, words: ear.take() }
    const previousId = conversation.append(entry)
    send({ type: 'input_audio_buffer.committed', previous_item_id: previousId, item_id: itemId })
    send({ type: 'conversation.item.added', previous_item_id: previousId, item })
    send({ type: 'conversation.item.done', previous_item_id: previousId, item })
    if (this.#config.transcription) this.#transcribe(entry, spoken, this.#config.transcription)
  }

  /** Runs beside the response, as the service's own transcription model does. */
  #transcribe({ item, audioMs }: Entry, words: readonly SpokenWord[], how: Transcription): void {
    const { clock, transcriptionMs, send } = this.#options
    const transcribe = () => {
      for (const event of transcriptionEvents(item.id, { words, audioMs }, how)) send(event)
    }
    this.#timers.use(clock.after(transcriptionMs, transcribe))
  }

  #takeItemId(): string {
    const itemId = this.#itemId ?? createId('item')
    this.#itemId = undefined
    return itemId
  }
}

function tooShort(bufferedMs: number): ProtocolError {
  const expected = `Expected at least ${SHORTEST_COMMIT_MS}ms of audio, but buffer only has ${bufferedMs.toFixed(2)}ms of audio.`
  return new ProtocolError({
    code: 'input_audio_buffer_commit_empty',
    message: `Error committing input audio buffer: buffer too small. ${expected}`,
  })
}
