import { spawn } from 'node:child_process'
import { encodeMulaw } from '../../audio/mulaw.ts'
import { resample } from '../../audio/resample.ts'
import { pcm16Samples, readWav } from '../../audio/wav.ts'
import { HearthlineError } from '../../lib/errors.ts'
import type { Voice } from './voice.ts'

const TELEPHONE_HZ = 8_000

/** `-v` voice with its variant, `-s` words a minute. */
const VOICE_ARGUMENTS: Readonly<Record<Voice, readonly string[]>> = {
  agent: ['-v', 'en-us+f3', '-s', '180'],
  caller: ['-v', 'en-us+m3', '-s', '160'],
  'caller-2': ['-v', 'en-gb+f2', '-s', '150'],
  'caller-es': ['-v', 'es-419+m2', '-s', '160'],
  'caller-vi': ['-v', 'vi+f2', '-s', '150'],
}

/** About -6 dBFS: as loud as a person who speaks into the handset. */
const PEAK = 16_000

/**
 * Speaks with espeak-ng; the text goes in by stdin, never through a shell. Mu-law, 8 kHz. Resolves to undefined where
 * it is not installed.
 * @throws HearthlineError `espeak_failed` when it is installed and fails.
 */
export async function runEspeak(text: string, voice: Voice): Promise<Buffer | undefined> {
  const spoken = await synthesise(text, VOICE_ARGUMENTS[voice])
  return spoken && encodeMulaw(resample(level(spoken.samples), spoken.sampleRate, TELEPHONE_HZ))
}

/**
 * What espeak-ng makes of a text, at its own rate; undefined where it is not installed.
 * @throws HearthlineError `espeak_failed`.
 */
export async function synthesise(
  text: string,
  voiceArguments: readonly string[],
): Promise<{ samples: Int16Array; sampleRate: number } | undefined> {
  const file = await runProgram(text, voiceArguments)
  if (!file) return undefined
  const { data, sampleRate } = readWav(file)
  return { samples: pcm16Samples(data), sampleRate }
}

function runProgram(text: string, voiceArguments: readonly string[]): Promise<Buffer | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | undefined>()
  const espeak = spawn('espeak-ng', [...voiceArguments, '--stdin', '--stdout'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const pieces: Buffer[] = []
  espeak.stdout.on('data', (piece: Buffer) => pieces.push(piece))
  espeak.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') resolve(undefined)
    else reject(failed(error))
  })
  espeak.on('close', (code) => (code === 0 ? resolve(Buffer.concat(pieces)) : reject(failed(`exit code ${code}`))))
  // A child that is gone cannot take the text; its end is heard above.
  espeak.stdin.on('error', () => {})
  espeak.stdin.end(text)
  return promise
}

function level(samples: Int16Array): Int16Array {
  let peak = 1
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample))
  return samples.map((sample) => (sample * PEAK) / peak)
}

function failed(cause: unknown): HearthlineError {
  return new HearthlineError('espeak_failed', 'Ran espeak-ng to speak a line, but it failed. Try it by hand.', {
    cause,
  })
}
