import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { mulawWavHeader, readWav } from '../audio/wav.ts'
import type { PhraseKey } from '../call/phrases.ts'
import { HearthlineError, messageOf } from '../lib/errors.ts'

/**
 * The rendered phrases of one voice: `<clipsDir>/<voice>/<language>/<key>.wav`, and a manifest that says which words
 * each clip speaks, so that a clip is never played for other words.
 */
export interface VoiceClips {
  /** Whether there is a clip of exactly this text. */
  has(language: string, key: PhraseKey, text: string): boolean
  /**
   * The clip as mu-law.
   * @throws HearthlineError `phrase_clip_unreadable` naming the file.
   */
  read(language: string, key: PhraseKey): Promise<Buffer>
  /** Stores a clip with the words it speaks, over an older one. One at a time: the manifest is written whole. */
  write(language: string, key: PhraseKey, text: string, mulaw: Buffer): Promise<void>
}

/** `<language>/<key>` to the text its clip speaks. */
const manifestSchema = z.record(z.string(), z.string())

/** Opens a voice's folder. One that does not exist yet has no clips. */
export async function openVoiceClips(clipsDir: string, voice: string): Promise<VoiceClips> {
  const folder = join(clipsDir, voice)
  const manifestFile = join(folder, 'manifest.json')
  const spoken = await readManifest(manifestFile)
  const fileOf = (language: string, key: PhraseKey) => join(folder, language, `${key}.wav`)

  return {
    has: (language, key, text) => spoken[`${language}/${key}`] === text,
    read: (language, key) => readClip(fileOf(language, key)),
    async write(language, key, text, mulaw) {
      await mkdir(join(folder, language), { recursive: true })
      const header = mulawWavHeader({ channels: 1, dataBytes: mulaw.length })
      await writeFile(fileOf(language, key), Buffer.concat([header, mulaw]))
      spoken[`${language}/${key}`] = text
      await writeFile(manifestFile, `${JSON.stringify(spoken, Object.keys(spoken).sort(), 2)}\n`)
    },
  }
}

async function readManifest(file: string): Promise<Record<string, string>> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw unreadable(file, messageOf(thrown), thrown)
  }
}

async function readClip(file: string): Promise<Buffer> {
  try {
    const { encoding, channels, sampleRate, data } = readWav(await readFile(file))
    if (encoding === 'mulaw' && channels === 1 && sampleRate === 8_000) return data
    throw new Error(`it is ${encoding}, ${channels} channels, ${sampleRate} Hz instead of mulaw, 1 channel, 8000 Hz`)
  } catch (thrown) {
    throw unreadable(file, messageOf(thrown), thrown)
  }
}

function unreadable(file: string, reason: string, cause: unknown): HearthlineError {
  const message = `Read ${file} of the rendered phrases, but ${reason}. Delete it and run \`npm run render-phrases\`.`
  return new HearthlineError('phrase_clip_unreadable', message, { cause })
}
