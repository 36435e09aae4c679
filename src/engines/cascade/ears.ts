import { decodeAudio, type EncodedAudio } from '../../audio/encoded-audio.ts'
import { KeptAudio } from '../../audio/kept-audio.ts'
import type { Clock } from '../../lib/clock.ts'
import { EngineError } from '../engine.ts'
import type { Listener, ListenerEvent, ListenerSession } from './listener.ts'
import { ListenerWatch } from './listener-watch.ts'
import { describeFailure, partFailure } from './part-failure.ts'

export type TurnEvent = Extract<ListenerEvent, { type: `turn.${string}` }>

export interface EarsOptions {
  /** In the order of preference; at least one. Those come first, though, that hear most of what may be spoken. */
  readonly listeners: readonly Listener[]
  readonly language: string
  readonly hears: readonly string[]
  readonly clock: Clock
  readonly onTurn: (event: TurnEvent) => void
  readonly onBilled: (model: string, audioSeconds: number) => void
  readonly onComplaint: (code: string, detail: string) => void
  /** Another listener took over in mid-call; it hears again what its predecessor made no finished turn of. */
  readonly onReplaced: () => void
  /** No listener can be had any more. Said once. */
  readonly onLost: (error: EngineError) => void
}

/** A listener that served so long did its work; its loss says nothing about the next. */
const LASTED_MS = 5_000
/** When the next listener is opened, in ms after so many failures in a row; after these the ears are lost. */
const OPEN_AFTER_MS = [0, 250, 750] as const
/** One of several attempts may take this long: a call waits 1.5 s for all of them (RELIABILITY F1). */
const ATTEMPT_LIMIT_MS = 1_000

/** As much of an unfinished turn as a listener can be told again. */
const KEPT_MS = 15_000
/** Of a silence only its end is kept: a voice too faint for our detector may have begun in it. */
const KEPT_OF_SILENCE_MS = 3_000

/** No turn is called over sooner after its last word, though not every listener says how much later it was. */
const SURE_SILENCE_MS = 300

/** One listener at work, or being opened. */
interface Ear {
  readonly listener: Listener
  session: ListenerSession | undefined
  openedAtMs: number
  /** It was lost before it could be taken into use. */
  lost: EngineError | undefined
}

/** Hears the caller through one listener at a time and replaces it when it fails, so that no word is lost. */
export class Ears implements AsyncDisposable {
  readonly #options: EarsOptions
  readonly #kept = new KeptAudio()
  readonly #watch = new ListenerWatch()
  readonly #abort = new AbortController()
  /** Those that may still serve: one that refused us is left out. The first is the one in use. */
  #candidates: readonly Listener[]
  #language: string
  #ear: Ear | undefined
  #failures = 0
  #pause: Disposable | undefined
  #speechInKept = false

  constructor(options: EarsOptions) {
    this.#options = options
    this.#candidates = hearingMostFirst(options)
    this.#language = options.language
  }

  /** Resolves when a listener hears. Each is tried once; throws the error of the last, or the signal's reason. */
  async open(signal: AbortSignal): Promise<void> {
    const listeners = this.#fittest(this.#candidates)
    for (const listener of listeners) {
      const isLast = listener === listeners.at(-1)
      try {
        return await this.#open(listener, signal, isLast ? undefined : ATTEMPT_LIMIT_MS)
      } catch (thrown) {
        signal.throwIfAborted()
        if (isLast) throw partFailure(thrown, listener)
        this.#complain(partFailure(thrown, listener))
        this.#passOver(listener, partFailure(thrown, listener))
      }
    }
  }

  /** Hot path. */
  hear(audio: EncodedAudio): void {
    this.#ear?.session?.hear(audio)
    const verdict = this.#watch.hear(decodeAudio(audio))
    this.#speechInKept ||= this.#watch.hearsSpeech
    this.#kept.add(audio)
    this.#keepLast(this.#speechInKept ? KEPT_MS : KEPT_OF_SILENCE_MS)
    if (verdict === 'deaf') this.#replaceDeaf()
    else if (verdict === 'late') this.#ear?.session?.hurry()
  }

  /** The caller speaks another language from now on: another session listens for it, unless none would hear it better. */
  useLanguage(language: string): void {
    if (language === this.#language) return
    this.#language = language
    const { session, listener } = this.#ear ?? {}
    const [fittest] = this.#fittest(this.#candidates)
    if (session && listener?.multilingual && (listener.understands(language) || listener === fittest)) return
    // One that is being opened is given up too: its language is the old one.
    this.#letGo(session)
    this.#pause?.[Symbol.dispose]()
    void this.#openNext()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#abort.abort(new Error('The session is over'))
    this.#pause?.[Symbol.dispose]()
    const { session } = this.#ear ?? {}
    this.#ear = undefined
    await session?.[Symbol.asyncDispose]()
  }

  /** Resolves when the listener is in use. Throws what it throws, or the error it was lost with meanwhile. */
  async #open(listener: Listener, signal: AbortSignal, limitMs: number | undefined): Promise<void> {
    const ear: Ear = { listener, session: undefined, openedAtMs: 0, lost: undefined }
    this.#ear = ear
    const limit = new AbortController()
    using _timer =
      limitMs === undefined ? undefined : this.#options.clock.after(limitMs, () => limit.abort(slowOpening(listener)))
    const session = await listener.open({
      language: this.#language,
      hears: this.#options.hears,
      signal: AbortSignal.any([signal, this.#abort.signal, limit.signal]),
      onEvent: (event) => this.#onEvent(ear, event),
    })
    if (this.#ear !== ear || ear.lost) {
      this.#dispose(session)
      throw ear.lost ?? signal.reason ?? new Error('Nobody waits for this listener any more')
    }
    ear.session = session
    ear.openedAtMs = this.#nowMs
    for (const audio of this.#kept.pieces) session.hear(audio)
  }

  #onEvent(ear: Ear, event: ListenerEvent): void {
    const { onTurn, onBilled, onComplaint } = this.#options
    // What is billed is owed, whoever listens now.
    if (event.type === 'billed') onBilled(ear.listener.model, event.audioSeconds)
    if (this.#ear !== ear || event.type === 'billed') return
    if (event.type === 'complained') onComplaint(event.code, event.detail)
    else if (event.type === 'lost' && !ear.session) ear.lost = event.error
    else if (event.type === 'lost') this.#lose(ear, event.error)
    else {
      this.#note(event)
      onTurn(event)
    }
  }

  #note(event: TurnEvent): void {
    const over = event.type === 'turn.ended'
    this.#watch.noticed({ turnRuns: !over, words: 'text' in event && event.text !== '' })
    this.#speechInKept = !over
    // What came since the speech ended may be the beginning of the next turn.
    if (over) this.#keepLast(Math.max(event.endpointingMs, SURE_SILENCE_MS))
  }

  #keepLast(ms: number): void {
    this.#kept.forgetBefore(this.#kept.positionMs - ms)
  }

  #replaceDeaf(): void {
    const ear = this.#ear
    if (!ear?.session) return
    const { name, provider } = ear.listener
    const message = `${name} makes no words of audible speech: another listener takes over.`
    this.#lose(ear, new EngineError('stalled', 'listener_deaf', message, { provider }))
  }

  #lose(ear: Ear, error: EngineError): void {
    this.#letGo(ear.session)
    if (this.#nowMs - ear.openedAtMs >= LASTED_MS) this.#failures = 0
    else this.#failures += 1
    this.#goOnWithout(ear.listener, error)
  }

  #goOnWithout(listener: Listener, error: EngineError): void {
    this.#passOver(listener, error)
    const pauseMs = this.#candidates.length > 0 ? OPEN_AFTER_MS[this.#failures] : undefined
    if (pauseMs === undefined) {
      this.#options.onLost(error)
      return
    }
    this.#complain(error)
    if (pauseMs === 0) void this.#openNext()
    else this.#pause = this.#options.clock.after(pauseMs, () => void this.#openNext())
  }

  /** Puts a listener that failed behind the others; one that refused us would refuse again. */
  #passOver(listener: Listener, { failure }: EngineError): void {
    const others = this.#candidates.filter((one) => one !== listener)
    this.#candidates = failure === 'refused' ? others : [...others, listener]
  }

  /** Those that know the caller's language first. */
  #fittest(listeners: readonly Listener[]): Listener[] {
    const knows = (listener: Listener) => listener.understands(this.#language)
    return [...listeners.filter(knows), ...listeners.filter((listener) => !knows(listener))]
  }

  /** Never rejects. */
  async #openNext(): Promise<void> {
    const [listener] = this.#fittest(this.#candidates)
    if (!listener) return
    const opening = this.#open(listener, this.#abort.signal, ATTEMPT_LIMIT_MS)
    const ear = this.#ear
    try {
      await opening
      this.#watch.listenerChanged()
      this.#options.onReplaced()
    } catch (thrown) {
      if (this.#abort.signal.aborted || this.#ear !== ear) return
      this.#failures += 1
      this.#goOnWithout(listener, partFailure(thrown, listener))
    }
  }

  #letGo(session: ListenerSession | undefined): void {
    this.#ear = undefined
    this.#dispose(session)
  }

  /** It may take its time to close, and one that cannot even be closed is as gone: nobody waits. */
  #dispose(session: ListenerSession | undefined): void {
    void Promise.resolve(session?.[Symbol.asyncDispose]()).catch(() => undefined)
  }

  #complain(error: EngineError): void {
    this.#options.onComplaint(error.code, describeFailure(error))
  }

  get #nowMs(): number {
    return this.#options.clock.monotonicMs()
  }
}

/** A caller who is not understood cannot even ask for their language, so the first words need the most languages. */
function hearingMostFirst({ listeners, hears }: Pick<EarsOptions, 'listeners' | 'hears'>): Listener[] {
  const heardBy = (listener: Listener) =>
    listener.multilingual ? hears.filter((language) => listener.understands(language)).length : 1
  return listeners.toSorted((one, other) => heardBy(other) - heardBy(one))
}

function slowOpening({ name, provider }: Listener): EngineError {
  const message = `${name} did not open within ${ATTEMPT_LIMIT_MS} ms: another listener is tried.`
  return new EngineError('stalled', 'listener_open_timeout', message, { provider })
}
