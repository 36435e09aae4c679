import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { RECEPTIONIST_SCRIPT } from '../src/simulator/model/receptionist-script.ts'
import { fixedSayings } from '../src/simulator/model/scripted-model.ts'
import { openClipCache } from '../src/simulator/speech/clip-cache.ts'
import { runEspeak } from '../src/simulator/speech/espeak.ts'
import { VOICES, type Voice } from '../src/simulator/speech/voice.ts'
import { readCommandLine } from './command-line.ts'
import { linesWithoutClip } from './rehearsal/lines-without-clip.ts'

const USAGE = `Speaks lines with espeak-ng into src/simulator/speech/clips/, so that a rehearsal sounds like speech where espeak-ng
is not installed, and need not wait for it where it is.

  npm run -s render-clips                                what the built-in receptionist says
  npm run -s render-clips -- --rehearsals                what is said in any scenario and is not there yet
  npm run -s render-clips -- --voice caller lines.txt    one clip for each line of the file`

const { values, positionals } = readCommandLine(
  {
    allowPositionals: true,
    options: { voice: { type: 'string', default: 'agent' }, rehearsals: { type: 'boolean', default: false } },
  },
  USAGE,
)

const clips = openClipCache()
for (const { text, voice } of await lines()) {
  const mulaw = await runEspeak(text, voice)
  if (!mulaw) {
    console.error('espeak-ng is not installed. Install it (on Debian: apt-get install espeak-ng) and try again.')
    process.exit(1)
  }
  await clips.add(text, voice, mulaw, 'espeak-ng')
  console.log(`${voice}: ${text}`)
}

async function lines(): Promise<readonly { text: string; voice: Voice }[]> {
  if (values.rehearsals) return await linesWithoutClip(clips)
  const voice = z.enum(VOICES).parse(values.voice)
  const file = positionals[0]
  const texts = file
    ? (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim())
    : fixedSayings(RECEPTIONIST_SCRIPT)
  return texts.map((text) => ({ text, voice }))
}
