import type { Clock } from '../../lib/clock.ts'
import { messageOf } from '../../lib/errors.ts'
import { createId } from '../../lib/ids.ts'
import type { Log } from '../../lib/log.ts'
import { RememberedTalk } from '../model/remembered-talk.ts'
import type { ScriptedModel } from '../model/scripted-model.ts'
import { type SoundFormat, toMulaw } from '../openai/audio-format.ts'
import type { Pace } from '../openai/response-run.ts'
import type { Ear } from '../service/ear.ts'
import type { FragileSocket } from '../service/fragile-socket.ts'
import type { Speech } from '../speech/speech.ts'
import { type AgentPage, type AudioFormatName, settingsFor } from './agent-page.ts'
import { Answering } from './answering.ts'
import { CallerTurns } from './caller-turns.ts'
import { type ClientMessage, type Initiation, parseClientMessage } from './client-message.ts'
import { Heartbeat } from './heartbeat.ts'
import { ALWAYS_SENT, ConversationError, type ServerEvent } from './protocol.ts'
import { ToolCalls } from './tool-calls.ts'

export interface ConversationParts {
  readonly clock: Clock
  readonly log: Log
  readonly page: AgentPage
  readonly scripted: ScriptedModel
  readonly speech: Speech
  readonly ear: Ear
  readonly socket: FragileSocket
  readonly timing: Timing
  /** The page's tools, or all the script calls. */
  readonly toolNames: readonly string[]
  readonly onToolAsked: (name: string) => void
  /** The language it speaks, to its end: ISO 639-1. */
  readonly onBegun: (language: string) => void
  readonly onComplaint: (complaint: string) => void
}

/** How quick the emulated service is, and how patient. */
export interface Timing {
  /** From the end of a turn to the first output, where the rule does not say. */
  readonly thinkMs: number
  /** From the end of a turn to its words. */
  readonly transcriptionMs: number
  readonly pace: Pace
  /** Quiet for this long ends the caller's turn. */
  readonly silenceMs: number
  readonly pingEveryMs: number
  /** A ping may stay unanswered for so long. */
  readonly pongWithinMs: number
  readonly toolTimeoutMs: number
  /** Without audio from the client for so long, the conversation ends. */
  readonly receiveTimeoutMs: number
  readonly maxDurationMs: number
  /** The agent speaks up when nobody has spoken for so long; undefined: never, as the page can say. */
  readonly inactivityMs?: number | undefined
}

/** One conversation: what the service does with each message, and what it does by itself. */
export class EmulatedConversation implements Disposable {
  readonly id = createId('conv')
  /** What the model remembers, cut where it was interrupted. */
  readonly talk = new RememberedTalk()
  readonly #parts: ConversationParts
  readonly #resources = new DisposableStack()
  readonly #tools: ToolCalls
  readonly #answering: Answering
  readonly #turns: CallerTurns
  readonly #heartbeat: Heartbeat
  #sentTypes: readonly string[] | undefined
  #eventIds = 0

  constructor(parts: ConversationParts) {
    const { clock, onComplaint, onToolAsked, page, socket, timing } = parts
    const nextEventId = () => ++this.#eventIds
    const shared = { ...parts, ...timing, faults: socket.faults, talk: this.talk, nextEventId, send: this.#send }
    this.#parts = parts
    this.#tools = this.#resources.use(
      new ToolCalls({
        ...shared,
        timeoutMs: timing.toolTimeoutMs,
        onAsked: onToolAsked,
        onSettled: () => this.#answerUnlessCallerSpeaks(),
        onComplaint,
      }),
    )
    const onFailed = (error: unknown) => this.#fail(error)
    const format = soundFormat(page.outputFormat)
    this.#answering = this.#resources.use(new Answering({ ...shared, tools: this.#tools, format, onFailed }))
    this.#turns = this.#resources.use(
      new CallerTurns({
        ...shared,
        onStarted: () => this.#answering.interrupt(),
        onTurn: (words) => this.#hearTurn(words),
      }),
    )
    this.#heartbeat = this.#resources.use(
      new Heartbeat({
        ...shared,
        isBusy: () => this.#turns.speaking || this.#answering.busy,
        onQuiet: this.#speakUp,
        onFailed,
      }),
    )
    const lifeMs = socket.faults.find('early expiry')?.afterMs ?? timing.maxDurationMs
    this.#resources.use(clock.after(lifeMs, () => this.#expire()))
  }

  /** One message of the client's. What is wrong with it ends the conversation. */
  receive(text: string): void {
    try {
      this.#handle(parseClientMessage(text))
    } catch (error) {
      this.#fail(error)
    }
  }

  [Symbol.dispose](): void {
    this.#resources.dispose()
  }

  #handle(message: ClientMessage): void {
    const type = 'user_audio_chunk' in message ? 'user_audio_chunk' : message.type
    // Whether the service waits for its first message is not documented; the official client always sends it first.
    if ((type === 'conversation_initiation_client_data') === this.#begun)
      this.#parts.onComplaint(`${type} ${this.#begun ? 'a second time' : 'before conversation_initiation_client_data'}`)
    else if ('user_audio_chunk' in message) this.#hear(message.user_audio_chunk)
    else this.#handleTyped(message)
  }

  #handleTyped(message: Exclude<ClientMessage, { user_audio_chunk: string }>): void {
    switch (message.type) {
      case 'conversation_initiation_client_data':
        this.#begin(message)
        break
      case 'pong':
        this.#heartbeat.take(message.event_id)
        break
      case 'client_tool_result':
        this.#tools.take(message)
        break
      case 'contextual_update':
        this.#tell(message.text, message.context_id)
        break
      case 'user_message':
        this.#heartbeat.onActivity()
        this.#takeTyped(message.text ?? '')
        break
      case 'user_activity':
        this.#heartbeat.onActivity()
        break
      case 'feedback':
        break
      default:
        message satisfies never
    }
  }

  get #begun(): boolean {
    return this.#sentTypes !== undefined
  }

  #begin(initiation: Initiation): void {
    const { inputFormat, outputFormat } = this.#parts.page
    const settings = settingsFor(this.#parts.page, initiation)
    this.#sentTypes = settings.clientEvents
    this.#parts.onBegun(settings.language)
    for (const entry of settings.talk) this.talk.remember(entry)
    this.#send({
      type: 'conversation_initiation_metadata',
      conversation_initiation_metadata_event: {
        conversation_id: this.id,
        agent_output_audio_format: outputFormat,
        user_input_audio_format: inputFormat,
      },
    })
    this.#heartbeat.start(settings.clientEvents.includes('ping'))
    this.#answering.begin(settings.instructions, settings.firstMessage)
  }

  #hear(audio: string): void {
    this.#heartbeat.onAudio()
    this.#turns.hear(toMulaw(audio, soundFormat(this.#parts.page.inputFormat)))
  }

  #hearTurn(words: string): void {
    this.talk.remember({ by: 'caller', words })
    this.#heartbeat.onActivity()
    this.#answerUnlessCallerSpeaks()
  }

  /** Acts as a turn of the caller, so it interrupts what is being said (contract 1.3). */
  #takeTyped(text: string): void {
    this.#answering.interrupt()
    // A model knows a direction in brackets from the caller's words: it does as it is told, this once.
    if (/^\s*[[(].*[\])]\s*$/s.test(text)) this.#answering.direct(text)
    else this.talk.remember({ by: 'caller', words: text })
    this.#answering.answer()
  }

  #tell(text: string, contextId: string | undefined): void {
    const known = this.talk.entries.find(({ by, tool }) => by === 'note' && tool !== undefined && tool === contextId)
    if (/^for your next answer\b/i.test(text)) this.#answering.direct(text)
    else if (known) known.words = text
    else this.talk.remember({ by: 'note', words: text, ...(contextId === undefined ? {} : { tool: contextId }) })
  }

  readonly #speakUp = () => {
    this.talk.remember({ by: 'caller', words: '' })
    this.#answering.answer()
  }

  #answerUnlessCallerSpeaks(): void {
    if (!this.#turns.speaking) this.#answering.answer()
  }

  #expire(): void {
    const reached = new ConversationError('max_duration_exceeded', 'Maximum duration of the conversation exceeded.')
    this.#fail(reached)
  }

  #fail(error: unknown): void {
    if (!(error instanceof ConversationError))
      this.#parts.log.error({ err: error }, 'the ElevenLabs emulator failed on a message')
    const failure =
      error instanceof ConversationError ? error : new ConversationError('unknown_websocket_crash', messageOf(error))
    if (failure.closeCode === 1008) this.#parts.onComplaint(failure.errorType)
    this.#send(failure.event)
    this.#parts.socket.close(failure.closeCode, failure.message.slice(0, LONGEST_REASON))
    this[Symbol.dispose]()
  }

  readonly #send = (event: ServerEvent, audioMs = 0): void => {
    if (![...ALWAYS_SENT, ...(this.#sentTypes ?? [])].includes(event.type)) return
    this.#parts.socket.sendEvent(event.type, () => JSON.stringify(event), audioMs)
  }
}

/** A close frame takes 123 bytes of reason. */
const LONGEST_REASON = 120

function soundFormat(name: AudioFormatName): SoundFormat {
  return name === 'ulaw_8000' ? { type: 'audio/pcmu' } : { type: 'audio/pcm', rate: Number(name.replace('pcm_', '')) }
}
