import type { Clock } from '../../lib/clock.ts'
import { HearthlineError } from '../../lib/errors.ts'
import type { Span } from './audio-timeline.ts'
import { CallerVoice } from './caller-voice.ts'
import type { FramePacer, PacedMember } from './frame-pacer.ts'
import type { MediaStream } from './media-stream.ts'

/** Who listens to a leg's voice. */
export interface VoiceSink {
  /** Where in the sink's own timeline the frame lies; undefined when it has none. */
  positionOf(dueMs: number): number | undefined
  onFrame(frame: Buffer, dueMs: number): void
  /** All frames until now were given. */
  onSettled(): void
}

/** The sound of one leg: its person's voice and keys, and who gets to hear them at the moment. */
export class LegAudio {
  /** What the person says. */
  readonly voice: CallerVoice
  /** All media streams of the leg, the latest last; each keeps what was heard and sent on it. */
  readonly streams: MediaStream[] = []
  readonly #digitListeners = new Set<(digit: string) => void>()
  #sink: VoiceSink | undefined
  #stream: MediaStream | undefined
  #pace: PacedMember | undefined

  constructor(clock: Clock) {
    this.voice = new CallerVoice(clock)
  }

  /** From now on a frame of the voice leaves every 20 ms, whether anyone listens or not. */
  start(pacer: FramePacer): void {
    this.#pace = pacer.join({
      onFrame: (dueMs) => {
        const frame = this.voice.takeFrame(dueMs, this.#sink?.positionOf(dueMs))
        this.#sink?.onFrame(frame, dueMs)
      },
      onSettled: () => this.#sink?.onSettled(),
    })
  }

  /** The leg is over; what was not said is not said any more. */
  stop(): void {
    this.#pace?.[Symbol.dispose]()
    this.voice.stop()
  }

  /** When the voice's next frame leaves, by the clock's monotonic ms. */
  nextFrameMs(): number {
    if (this.#pace) return this.#pace.nextDueMs
    throw new HearthlineError('leg_not_answered', 'No frames leave a leg before it is answered: call start first')
  }

  /** What was heard of the server's audio over all streams, on a timeline the clock's monotonic ms are turned into. */
  heardSpans(toMs: (clockMs: number) => number): Span[] {
    return this.streams.flatMap((stream) => {
      const zeroMs = toMs(stream.zeroMs)
      return stream.heard
        .spans(stream.positionMs)
        .map(({ startMs, endMs }) => ({ startMs: zeroMs + startMs, endMs: zeroMs + endMs }))
    })
  }

  /** Gives every frame of the voice to the sink until disposed. One sink at a time. */
  carryVoice(sink: VoiceSink): Disposable {
    this.#sink = sink
    return {
      [Symbol.dispose]: () => {
        this.#sink = undefined
      },
    }
  }

  /** Lets the stream carry voice and keys until disposed. */
  carryByStream(stream: MediaStream): Disposable {
    this.streams.push(stream)
    this.#stream = stream
    const carried = this.carryVoice(stream)
    return {
      [Symbol.dispose]: () => {
        this.#stream = undefined
        carried[Symbol.dispose]()
      },
    }
  }

  /** Presses a key. A stream takes it as a message; without one, a verb that waits for keys gets it, or nobody. */
  press(digit: string): void {
    if (this.#stream) this.#stream.press(digit)
    else for (const listener of this.#digitListeners) listener(digit)
  }

  /** Calls back for each key pressed while no media stream carries it. */
  onDigit(listener: (digit: string) => void): Disposable {
    this.#digitListeners.add(listener)
    return { [Symbol.dispose]: () => void this.#digitListeners.delete(listener) }
  }
}
