import type { Clock } from '../../lib/clock.ts'
import type { RememberedTalk } from '../model/remembered-talk.ts'
import type { ScriptedModel } from '../model/scripted-model.ts'
import { createRandom } from '../seeded-random.ts'
import type { Ear } from '../service/ear.ts'
import type { Faults } from '../service/faults.ts'
import type { Speech } from '../speech/speech.ts'
import { Answering } from './answering.ts'
import { Backend } from './backend.ts'
import { Caller } from './caller.ts'
import type { AppendEvent, BackendItem } from './client-event.ts'
import type { CloseReason, Send } from './protocol.ts'
import type { LiveConfig } from './session-schema.ts'
import { Timeline } from './timeline.ts'
import { Transcript } from './transcript.ts'
import { Voice } from './voice.ts'

export interface LiveModelParts {
  readonly clock: Clock
  readonly talk: RememberedTalk
  readonly scripted: ScriptedModel
  readonly scriptedTools: readonly string[]
  readonly speech: Speech
  readonly ear: Ear
  readonly faults: Faults
  readonly timing: Timing
  readonly manners: Manners
  /** Length of one piece of output. */
  readonly chunkMs: number
  readonly config: () => LiveConfig
  readonly send: Send
  /** The next piece of output, and whether there is speech in it. */
  readonly onOutput: (mulaw: Buffer, speaking: boolean) => void
  readonly onToolAsked: (name: string) => void
  readonly onEnded: (reason: CloseReason) => void
  readonly onFailed: (error: unknown) => void
}

/** How quick the emulated service is. */
export interface Timing {
  /** From the caller's end, or a tool's output, to speech, where the rule does not say. */
  readonly thinkMs: number
  /** Fragments of a transcript come up to so much later than their sound. */
  readonly transcriptionMs: number
  /** Quiet for this long, and the model takes it that the caller is done. */
  readonly silenceMs: number
  /** The model falls silent when the caller has spoken over it for so long. */
  readonly yieldAfterMs: number
  /** How long an append takes on the timeline. */
  readonly appendMs: number
  /** From `session.close` to its end. */
  readonly drainMs: number
}

/** What nobody can set from outside, and clients have to live with. */
export interface Manners {
  /** What the model does when the caller speaks over it. */
  readonly overlap: 'yield' | 'ignore'
  /** Says "mm-hm" into a caller's long sentence: by design no interruption. */
  readonly backchannels: boolean
  /** Time stands still while no audio comes in. */
  readonly drivenByInput: boolean
  /** A delegation is announced behind its first response event. */
  readonly announcesLate: boolean
}

const BACKCHANNEL_AFTER_MS = 2_000

/** Asks for speech now, where most instructions only change how later speech sounds. A real model reads this; we look for words. */
const ASKS_TO_SPEAK = /\b(now|greet|say|tell|ask|answer|continue|go on|begin|apologi[sz]e)\b/i
const ASKS_FOR_SILENCE = /\bstop speaking\b/i

/** The voice model and what works behind it: hears and speaks at the same time, and decides by itself when to. */
export class LiveModel implements Disposable {
  readonly timeline: Timeline
  readonly backend: Backend
  readonly #parts: LiveModelParts
  readonly #voice: Voice
  readonly #caller: Caller
  readonly #answering: Answering
  #backchanneled = false

  constructor(parts: LiveModelParts) {
    const { faults, manners, timing } = parts
    this.#parts = parts
    this.timeline = new Timeline({ ...parts, ...manners, onChunk: () => this.#speak() })
    const random = createRandom(1)
    const told = { ...parts, timeline: this.timeline, lagMs: timing.transcriptionMs, random }
    const duplicateCalls = faults.find('duplicate call')?.as
    this.backend = new Backend({ ...told, ...manners, duplicateCalls })
    this.#voice = new Voice({
      ...told,
      transcript: new Transcript({ ...told, type: 'session.output_transcript.delta' }),
      mayBegin: () => !this.#caller.speaking,
    })
    this.#answering = new Answering({ ...told, ...timing, voice: this.#voice, backend: this.backend })
    this.#caller = new Caller({
      ...told,
      ...timing,
      transcript: new Transcript({ ...told, type: 'session.input_transcript.delta' }),
      onStarted: () => this.#answering.dropThought(),
      onSpeaking: (ms) => this.#onCallerSpeaking(ms),
      onDone: (words) => this.#onCallerDone(words),
    })
  }

  hear(mulaw: Buffer): void {
    this.#caller.hear(mulaw)
  }

  mute(muted: boolean): void {
    this.#caller.mute(muted)
  }

  /** Reads what was appended: facts are only remembered, the rest may make it speak, or stop. */
  read({ content, type }: AppendEvent): void {
    if (type !== 'session.instructions.append') this.#answering.dropAcknowledgement()
    if (type === 'session.commentary.append') this.#comment(content)
    else if (type === 'session.instructions.append' && ASKS_FOR_SILENCE.test(content)) this.#voice.yield()
    else if (type === 'session.instructions.append' && ASKS_TO_SPEAK.test(content)) this.#direct(content)
    else this.#parts.talk.remember({ by: 'note', words: content })
  }

  addItem(item: BackendItem): void {
    this.backend.addItem(item)
  }

  /** The client asks the backend to start or to go on. */
  proceed(): void {
    const delegated = this.backend.proceed()
    if (delegated) this.#answering.proceed(delegated)
  }

  [Symbol.dispose](): void {
    this.timeline[Symbol.dispose]()
  }

  #speak(): void {
    const mulaw = this.#voice.next()
    this.#parts.onOutput(mulaw, this.#voice.speaking)
  }

  #onCallerSpeaking(ms: number): void {
    const { manners, timing } = this.#parts
    if (this.#backchanneled) return
    if (manners.overlap === 'yield' && this.#voice.speaking && ms >= timing.yieldAfterMs) this.#voice.yield()
    if (!manners.backchannels || this.#voice.busy || ms < BACKCHANNEL_AFTER_MS) return
    this.#backchanneled = true
    this.#voice.say({ text: 'Mm-hm.', backchannel: true })
  }

  #onCallerDone(words: string): void {
    this.#backchanneled = false
    this.#parts.talk.remember({ by: 'caller', words })
    this.#answering.answer()
  }

  /** Meant to be said aloud. Before anybody has spoken it is how some clients ask for the greeting. */
  #comment(content: string): void {
    const hasBegun = this.#parts.talk.entries.some(({ by }) => by === 'caller' || by === 'agent')
    if (hasBegun) this.#voice.say({ text: content })
    else this.#direct(content)
  }

  /** Once: now, or with the next answer when somebody speaks or an answer is on its way. */
  #direct(content: string): void {
    this.#answering.direct(content)
    if (!this.#caller.speaking && !this.#voice.busy && !this.#answering.thinking) this.#answering.answer()
  }
}
