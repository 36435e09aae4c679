import { durationMs, type EncodedAudio } from '../audio/encoded-audio.ts'
import type { EngineSession, HistoryItem } from '../engines/engine.ts'

/** The caller's words are kept this long. */
const KEPT_AUDIO_MS = 10_000

/** What was said, told and asked for while no engine session was there: the next one is given it. */
export class Meanwhile {
  #audio: EncodedAudio[] = []
  #audioMs = 0
  #told: HistoryItem[] = []
  #answer: { readonly instructions: string | undefined } | undefined

  hear(audio: EncodedAudio): void {
    // A copy: the frame is a window on a socket's read buffer, which may be many times its size.
    this.#audio.push(Buffer.from(audio))
    this.#audioMs += durationMs(audio)
    while (this.#audioMs > KEPT_AUDIO_MS) this.#audioMs -= durationMs(this.#audio.shift() ?? Buffer.alloc(0))
  }

  tell(item: HistoryItem): void {
    this.#told.push(item)
  }

  askFor(instructions: string | undefined): void {
    this.#answer = { instructions }
  }

  askForNothing(): void {
    this.#answer = undefined
  }

  /** A session is briefed now: it learns from its briefing what was told until now. */
  briefed(): void {
    this.#told = []
  }

  handTo(session: EngineSession): void {
    for (const item of this.#told) session.tell(item)
    for (const audio of this.#audio) session.hear(audio)
    const answer = this.#answer
    this.forget()
    if (answer) session.answer(answer.instructions)
  }

  forget(): void {
    this.#audio = []
    this.#audioMs = 0
    this.#told = []
    this.#answer = undefined
  }
}
