import type { Log } from '../../lib/log.ts'
import { babble } from './babble.ts'
import { type ClipCache, openClipCache } from './clip-cache.ts'
import { runEspeak } from './espeak.ts'
import type { Voice } from './voice.ts'

/** Turns words into telephone sound for rehearsals. Nobody is billed for it and nothing leaves the machine. */
export interface Speech {
  /** Mu-law, 8 kHz, mono. The same words in the same voice always sound the same. */
  speak(text: string, voice: Voice): Promise<Buffer>
}

export interface SpeechOptions {
  readonly log: Log
  /** Clips made beforehand; by default those that are shipped. */
  readonly clips?: ClipCache
  /** Gives mu-law, or undefined where it is not installed; by default espeak-ng. */
  readonly synthesise?: (text: string, voice: Voice) => Promise<Buffer | undefined>
}

/**
 * Speaks from the best source there is: a shipped clip, else espeak-ng, else babble that lasts as long as the words
 * would. Babble is announced once, so that nobody takes it for a fault of the line.
 */
export function createSpeech({ log, clips = openClipCache(), synthesise = runEspeak }: SpeechOptions): Speech {
  const spoken = new Map<string, Promise<Buffer>>()
  let announced = false

  const find = async (text: string, voice: Voice): Promise<Buffer> => {
    const found = (await clips.find(text, voice)) ?? (await synthesise(text, voice))
    if (found) return found
    if (!announced)
      log.warn('Some rehearsal speech is babble: no clip holds these words and espeak-ng is not installed.')
    announced = true
    return babble(text, voice)
  }

  return {
    speak(text, voice) {
      const key = `${voice}\n${text}`
      const audio = spoken.get(key) ?? find(text, voice)
      spoken.set(key, audio)
      return audio
    },
  }
}
