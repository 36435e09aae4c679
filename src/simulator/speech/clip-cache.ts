import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { mulawWavHeader, readWav } from '../../audio/wav.ts'
import { HearthlineError } from '../../lib/errors.ts'
import { VOICES, type Voice } from './voice.ts'

const indexSchema = z.record(
  z.string(),
  z.strictObject({
    text: z.string(),
    voice: z.enum(VOICES),
    /** The tool that spoke it, for the licence question: `espeak-ng`. */
    madeBy: z.string(),
  }),
)

type Index = z.infer<typeof indexSchema>

/** Speech made beforehand, as mu-law WAV files beside an `index.json` that says what each one holds. */
export interface ClipCache {
  /** Mu-law, or undefined when there is no clip of these words in this voice. */
  find(text: string, voice: Voice): Promise<Buffer | undefined>
  /** Writes a clip and its index entry; the same words in the same voice replace the clip before. */
  add(text: string, voice: Voice, mulaw: Buffer, madeBy: string): Promise<void>
}

const SHIPPED_CLIPS = fileURLToPath(new URL('./clips/', import.meta.url))

/**
 * Opens a folder of clips; one that does not exist is empty and is made with the first clip.
 * @throws HearthlineError `clip_index_unreadable` when its index.json is not what it should be.
 */
export function openClipCache(folder: string = SHIPPED_CLIPS): ClipCache {
  const index = readIndex(folder)
  return {
    async find(text, voice) {
      const file = fileNameOf(text, voice)
      return index[file] ? readWav(await readFile(join(folder, file))).data : undefined
    },
    async add(text, voice, mulaw, madeBy) {
      const file = fileNameOf(text, voice)
      index[file] = { text, voice, madeBy }
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, file), [mulawWavHeader({ channels: 1, dataBytes: mulaw.length }), mulaw])
      await writeFile(join(folder, 'index.json'), `${JSON.stringify(sorted(index), null, 2)}\n`)
    },
  }
}

function readIndex(folder: string): Index {
  const path = join(folder, 'index.json')
  try {
    return indexSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return {}
    const advice = 'Delete it and run "npm run render-clips".'
    throw new HearthlineError('clip_index_unreadable', `Read the index of speech clips ${path}. ${advice}`, { cause })
  }
}

function fileNameOf(text: string, voice: Voice): string {
  return `${createHash('sha256').update(`${voice}\n${text}`).digest('hex').slice(0, 16)}.wav`
}

/** In one order, so that a clip more is a line more in a review. */
function sorted(index: Index): Index {
  return Object.fromEntries(Object.entries(index).sort(([a], [b]) => a.localeCompare(b)))
}
