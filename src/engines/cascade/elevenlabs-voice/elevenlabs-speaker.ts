import type { Clock } from '../../../lib/clock.ts'
import { languageOf } from '../../../lib/language-tag.ts'
import type { Log } from '../../../lib/log.ts'
import type { Speaker, SpeakerConnection, SpeechListener, SpokenUtterance } from '../speaker.ts'
import { speechUrl, type VoiceSettings } from './protocol.ts'
import { SpeechSocket } from './speech-socket.ts'

export interface ElevenLabsSpeakerOptions {
  readonly apiKey: string
  /** `https://api.elevenlabs.io`, or a region's; http(s) becomes ws(s). */
  readonly baseUrl: string
  readonly voiceId: string
  /** Other voices for other languages, by their code (`es`). */
  readonly voices?: Readonly<Record<string, string>>
  /** Any model but `eleven_v3*` and `eleven_v4*`, which have a socket of their own. */
  readonly model: string
  readonly settings: VoiceSettings
  readonly clock: Clock
  readonly log: Log
}

/** ElevenLabs over its multi-context speech WebSocket: mu-law out, with the time of every word. */
export function createElevenLabsSpeaker(options: ElevenLabsSpeakerOptions): Speaker {
  return {
    name: 'elevenlabs',
    model: options.model,
    provider: 'elevenlabs',
    connect: ({ language }) => new ElevenLabsConnection(options, language),
  }
}

/** Opens a socket when one is needed, and another when that one is full, lost or was not used for too long. */
class ElevenLabsConnection implements SpeakerConnection {
  readonly #options: ElevenLabsSpeakerOptions
  readonly #language: string
  #socket: SpeechSocket | undefined

  constructor(options: ElevenLabsSpeakerOptions, language: string) {
    this.#options = options
    this.#language = language
  }

  prepare(): void {
    this.#socket ??= this.#open()
  }

  begin(listener: SpeechListener): SpokenUtterance {
    if (this.#socket?.isFull) {
      // All its utterances are over, for one begins when the one before is. Nobody waits for it to close.
      void this.#socket[Symbol.asyncDispose]()
      this.#socket = undefined
    }
    this.#socket ??= this.#open()
    return this.#socket.begin(listener)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#socket?.[Symbol.asyncDispose]()
  }

  get #voiceId(): string {
    const { voices = {}, voiceId } = this.#options
    return voices[languageOf(this.#language)] ?? voiceId
  }

  #open(): SpeechSocket {
    const { apiKey, settings: voiceSettings, clock, log } = this.#options
    const socket = new SpeechSocket({
      url: speechUrl({ ...this.#options, voiceId: this.#voiceId, language: this.#language }),
      apiKey,
      voiceSettings,
      clock,
      log,
      onGone: () => {
        if (this.#socket === socket) this.#socket = undefined
      },
    })
    return socket
  }
}
