import { join } from 'node:path'
import { normaliseLoudness, trimSilence } from '../src/audio/loudness.ts'
import { encodeMulaw } from '../src/audio/mulaw.ts'
import { resample } from '../src/audio/resample.ts'
import { REHEARSAL_VOICE } from '../src/business/phrase-book.ts'
import { openVoiceClips } from '../src/business/phrase-clips.ts'
import { loadWording, PHRASE_KEYS } from '../src/business/phrase-wording.ts'
import { loadBusinessConfig } from '../src/config/load.ts'
import { messageOf } from '../src/lib/errors.ts'
import { readCommandLine } from './command-line.ts'
import {
  elevenLabsRenderer,
  espeakRenderer,
  openAiRenderer,
  type Speech,
  type SpeechRenderer,
} from './speech-renderers.ts'

/** Loud enough for a mobile in the street, and no peak that mu-law or a carrier would clip. */
const LOUDNESS = { rmsDb: -20, peakDb: -3.5 }

const USAGE = `Renders the fixed phrases of phrases.yaml that have no clip of their words yet. Asked again, it renders what has changed.

  npm run -s render-phrases -- --with openai|elevenlabs|espeak
      --voice cedar     the voice; else marin with openai, ELEVENLABS_VOICE_ID with elevenlabs
      --language es     one language; else all of phrases.yaml

It needs OPENAI_API_KEY, or ELEVENLABS_API_KEY, and is billed; espeak is the rehearsal voice, and must be installed.`

async function main(): Promise<void> {
  const options = { with: { type: 'string' }, voice: { type: 'string' }, language: { type: 'string' } } as const
  const { values } = readCommandLine({ options }, USAGE)
  const { configDir, company, outbound, agent } = loadBusinessConfig()
  const { voice, render } = rendererOf(values.with, values.voice)
  const wordings = loadWording({
    wordingFile: join(configDir, 'phrases.yaml'),
    company: company.spokenName ?? company.name,
    agentName: agent.name,
    tollFreeNumber: outbound.tollFreeNumber,
    ...(values.language === undefined ? {} : { languages: [values.language] }),
  })
  const clips = await openVoiceClips(join(configDir, 'phrases'), voice)
  for (const [language, wording] of wordings) {
    for (const key of PHRASE_KEYS) {
      if (clips.has(language, key, wording[key])) continue
      await clips.write(language, key, wording[key], toClip(await render(wording[key], language)))
      console.log(`${voice}/${language}/${key}: ${wording[key]}`)
    }
  }
  console.log(`All phrases of ${[...wordings.keys()].join(', ')} are there in the voice "${voice}".`)
}

function rendererOf(service: string | undefined, voice: string | undefined): { voice: string; render: SpeechRenderer } {
  switch (service) {
    case 'openai': {
      const name = voice ?? 'marin'
      return { voice: name, render: openAiRenderer(name) }
    }
    case 'elevenlabs': {
      const { ELEVENLABS_API_KEY, ELEVENLABS_VOICE_ID, ELEVENLABS_BASE_URL } = process.env
      const name = voice ?? ELEVENLABS_VOICE_ID
      if (!name || !ELEVENLABS_API_KEY) throw new Error('Set ELEVENLABS_API_KEY, and --voice or ELEVENLABS_VOICE_ID.')
      const baseUrl = ELEVENLABS_BASE_URL || 'https://api.elevenlabs.io'
      return { voice: name, render: elevenLabsRenderer({ voice: name, apiKey: ELEVENLABS_API_KEY, baseUrl }) }
    }
    case 'espeak':
      return { voice: voice ?? REHEARSAL_VOICE, render: espeakRenderer }
    default:
      throw new Error(`Say which service is to speak.\n\n${USAGE}`)
  }
}

/** As the telephone wants it: 8 kHz, no silence around it, as loud as every other phrase. */
function toClip({ samples, sampleRate }: Speech): Buffer {
  const telephone = trimSilence(resample(samples, sampleRate, 8_000), 8_000)
  return encodeMulaw(normaliseLoudness(telephone, LOUDNESS))
}

main().catch((thrown: unknown) => {
  console.error(messageOf(thrown))
  process.exitCode = 1
})
