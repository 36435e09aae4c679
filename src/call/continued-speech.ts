import type { WordTiming } from '../lib/heard-text.ts'

/** Where an utterance of the engine goes on: as this one of ours, which begins so far into it. */
interface Continuation {
  readonly as: string
  readonly fromChars: number
  readonly fromMs: number
}

/**
 * Utterances that were cut and go on as the rest of themselves, under another id, while an engine that cannot be stopped
 * still adds to them. The engine knows them by the id they began with, however often they were cut.
 */
export class ContinuedSpeech {
  readonly #continued = new Map<string, Continuation>()

  /** The utterance `cutId` was heard so far, and goes on as `as`. */
  goesOn(cutId: string, as: string, heard: { readonly chars: number; readonly ms: number }): void {
    const engineId = this.engineIdOf(cutId)
    const before = this.#continued.get(engineId)
    this.#continued.set(engineId, {
      as,
      fromChars: heard.chars + (before?.fromChars ?? 0),
      fromMs: heard.ms + (before?.fromMs ?? 0),
    })
  }

  /** What the engine calls an utterance of ours. */
  engineIdOf(utteranceId: string): string {
    const [engineId] = [...this.#continued].find(([, continued]) => continued.as === utteranceId) ?? [utteranceId]
    return engineId
  }

  /** Hot path. Our id of what the engine calls so. */
  idOf(engineId: string): string {
    return this.#continued.get(engineId)?.as ?? engineId
  }

  /** Of all the words of the engine's utterance, those of the rest. */
  wordsOf(engineId: string, text: string): string {
    return text.slice(this.#continued.get(engineId)?.fromChars ?? 0).trimStart()
  }

  timingOf(engineId: string, spoken: readonly WordTiming[]): readonly WordTiming[] {
    const continued = this.#continued.get(engineId)
    if (!continued) return spoken
    const { fromChars, fromMs } = continued
    return spoken.map(({ chars, ms }) => ({ chars: Math.max(0, chars - fromChars), ms: ms - fromMs }))
  }
}
