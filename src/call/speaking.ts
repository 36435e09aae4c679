import type { EncodedAudio } from '../audio/encoded-audio.ts'
import type { BarredSpeech } from '../pipeline/speech-rule.ts'
import type { AgentSpeech, Cut } from './agent-speech.ts'
import type { Answering } from './answering.ts'
import type { CallFact } from './facts.ts'
import type { Floor } from './floor.ts'
import type { AgentEvent } from './held-speech.ts'
import type { PhraseKey } from './phrases.ts'
import type { SpeechGuard } from './speech-guard.ts'
import type { WaitBridge } from './wait-bridge.ts'

export interface SpeakingOptions {
  readonly speech: AgentSpeech
  readonly guard: SpeechGuard
  readonly answering: Answering
  readonly bridge: WaitBridge
  readonly floor: Floor
  readonly note: (fact: CallFact) => void
  /** Silences us and calls off what the engine is saying. */
  readonly hush: () => readonly Cut[]
  readonly say: (key: PhraseKey) => void
  /** Whether nothing the model says is heard: our part is over, or what listens is probably a recording. */
  readonly isUnheard: () => boolean
}

/** The engine's side of the talk: its speech on the way to the caller's ear, past the guard. */
export class Speaking {
  readonly #options: SpeakingOptions
  #spokeSinceCaller = false

  constructor(options: SpeakingOptions) {
    this.#options = options
  }

  /** The engine has said something since the caller last spoke. */
  get spokeSinceCaller(): boolean {
    return this.#spokeSinceCaller
  }

  callerHadTurn(): void {
    this.#spokeSinceCaller = false
  }

  onAgent(event: AgentEvent): void {
    const { speech, floor, isUnheard } = this.#options
    // Nor is the rest of it, should a person show in its middle.
    if (isUnheard()) floor.bar(event.utteranceId)
    if (floor.holdsBack(event)) return
    switch (event.type) {
      case 'agent.audio':
        this.#onAudio(event.utteranceId, event.audio)
        break
      case 'agent.words':
        this.#onWords(event)
        break
      case 'agent.timing':
        speech.time(event.utteranceId, event.spoken)
        break
      case 'agent.utterance-complete':
        this.#onComplete(event.utteranceId)
        break
      default:
        event satisfies never
    }
  }

  /** Hot path. */
  #onAudio(utteranceId: string, audio: EncodedAudio): void {
    const { speech, answering, bridge } = this.#options
    if (!speech.hasLine) return
    this.#spokeSinceCaller = true
    answering.spoke()
    bridge.answered()
    speech.play(utteranceId, audio)
  }

  /** The words run ahead of their sound: what may not be said is stopped before it is heard (SG1). */
  #onWords({ utteranceId, text, final }: Extract<AgentEvent, { type: 'agent.words' }>): void {
    const { speech, guard, answering } = this.#options
    answering.worded()
    speech.setWords(utteranceId, text, final)
    const barred = guard.hear(utteranceId, text, final)
    if (barred) this.#bar(utteranceId, barred)
  }

  /** Its last word may have been waited for: a number may go on. */
  #onComplete(utteranceId: string): void {
    const { speech, guard } = this.#options
    const barred = guard.end(utteranceId)
    if (barred) this.#bar(utteranceId, barred)
    else speech.complete(utteranceId)
  }

  #bar(utteranceId: string, { rule, phrase }: BarredSpeech): void {
    const { answering, floor, note, hush, say } = this.#options
    note({ type: 'speech.barred', utteranceId, rule })
    const cut = hush()
    floor.bar(utteranceId)
    // Of its memory nothing may be left that was not heard, whether or not a sound of it came.
    if (!cut.some(({ engineId }) => engineId === utteranceId)) answering.callOffUnasked([utteranceId])
    say(phrase)
  }
}
