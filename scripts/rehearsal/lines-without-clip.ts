import { createLog } from '../../src/lib/log.ts'
import type { ClipCache } from '../../src/simulator/speech/clip-cache.ts'
import { createSpeech } from '../../src/simulator/speech/speech.ts'
import type { Voice } from '../../src/simulator/speech/voice.ts'
import { scenarioNames } from './load-scenarios.ts'
import { rehearseAll } from './rehearse-all.ts'

/** What anybody says in any scenario for which there is no clip: found out by rehearsing them all. */
export async function linesWithoutClip(clips: ClipCache): Promise<{ text: string; voice: Voice }[]> {
  const log = createLog({ level: 'silent' })
  const lines: { text: string; voice: Voice }[] = []
  // Babble will do: it takes no time to make, and only the words count.
  const synthesise = async (text: string, voice: Voice) => {
    lines.push({ text, voice })
    return undefined
  }
  const speech = createSpeech({ log, clips, synthesise })
  const options = { speed: 4, speech, log, configDir: 'config', atOnce: 4, onDone: () => {} }
  // One voices whole answers and another a sentence at a time, and none knows beforehand what it will say.
  for (const engine of ENGINES) await rehearseAll(scenarioNames(), { ...options, engine })
  return lines
}

const ENGINES = ['openai', 'elevenlabs', 'cascade'] as const
