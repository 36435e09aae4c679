import { BYTES_PER_MS, SILENCE } from '../../audio/encoded-audio.ts'
import { encodeMulaw } from '../../audio/mulaw.ts'
import { babble } from '../speech/babble.ts'

/** What a mailbox plays when it answers. */
export interface MailboxGreeting {
  /** Mu-law: the greeting, a breath, the beep. */
  readonly audio: Buffer
  /** From the answer to the end of the words. */
  readonly spokenMs: number
}

const DEFAULT_GREETING_MS = 4000
const WORDS = 'You have reached my mailbox. Please leave a message after the tone. '

const BREATH_MS = 300
const BEEP_MS = 400
const BEEP_HERTZ = 1000
/** About a quarter of full scale. */
const BEEP_PEAK = 8000

/** Sounds like speech to a detector and holds no words; the same length gives the same sound. */
export function createMailboxGreeting(spokenMs = DEFAULT_GREETING_MS): MailboxGreeting {
  const bytes = spokenMs * BYTES_PER_MS
  const once = babble(WORDS, 'caller-2')
  const words = Buffer.concat(Array.from({ length: Math.ceil(bytes / once.length) }, () => once)).subarray(0, bytes)
  const breath = Buffer.alloc(BREATH_MS * BYTES_PER_MS, SILENCE)
  return { audio: Buffer.concat([words, breath, beep()]), spokenMs }
}

function beep(): Buffer {
  const samplesPerTurn = (BYTES_PER_MS * 1000) / BEEP_HERTZ
  const wave = (_: unknown, at: number) => BEEP_PEAK * Math.sin((2 * Math.PI * at) / samplesPerTurn)
  return encodeMulaw(Int16Array.from({ length: BEEP_MS * BYTES_PER_MS }, wave))
}
