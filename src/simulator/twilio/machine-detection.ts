import { BYTES_PER_MS } from '../../audio/encoded-audio.ts'
import type { Person } from './carrier.ts'
import { createMailboxGreeting } from './mailbox.ts'
import type { WebhookMethod } from './webhook-client.ts'

/** As the carrier names it. */
export type AnsweredBy =
  | 'human'
  | 'machine_start'
  | 'machine_end_beep'
  | 'machine_end_silence'
  | 'machine_end_other'
  | 'fax'
  | 'unknown'

/** What a request asks of answering machine detection. */
export interface MachineDetection {
  /** As soon as it is known, or when the greeting is over. */
  readonly mode: 'Enable' | 'DetectMessageEnd'
  /** Instructions are followed meanwhile, and the callback tells of it; else they wait for it. */
  readonly callback: { readonly address: string; readonly method: WebhookMethod } | undefined
  readonly isAsync: boolean
  readonly timeoutMs: number
  readonly silenceMs: number
}

/** What the detection finds, and how long after the answer. */
export interface Detected {
  readonly answeredBy: AnsweredBy
  readonly afterMs: number
}

/** A "hello", and a pause behind it that no greeting has. */
const HUMAN_MS = 1800
/** As much speech as no person says before they wait for an answer: `MachineDetectionSpeechThreshold`. */
const MACHINE_START_MS = 2400
const FAX_MS = 3000
/** A beep is known as one when it is over. */
const BEEP_KNOWN_MS = 200

const DEFAULT_TIMEOUT_SECONDS = 30
const DEFAULT_SILENCE_MS = 5000

/** Undefined where none is asked for. `isAsync` of a participant is always so. */
export function readMachineDetection(
  form: URLSearchParams,
  {
    isAsync,
    callback,
  }: { readonly isAsync: boolean; readonly callback: 'AsyncAmdStatusCallback' | 'AmdStatusCallback' },
): MachineDetection | undefined {
  const mode = form.get('MachineDetection')
  if (mode !== 'Enable' && mode !== 'DetectMessageEnd') return undefined
  const address = form.get(callback)
  return {
    mode,
    isAsync,
    callback:
      address === null ? undefined : { address, method: form.get(`${callback}Method`) === 'GET' ? 'GET' : 'POST' },
    timeoutMs: Number(form.get('MachineDetectionTimeout') ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
    silenceMs: Number(form.get('MachineDetectionSilenceTimeout') ?? DEFAULT_SILENCE_MS),
  }
}

/** What the detection makes of a person: by who they are, not by listening. Slower than the timeout is `unknown`. */
export function detectMachine(person: Person | undefined, detection: MachineDetection): Detected {
  const detected = judge(person, detection)
  return detected.afterMs <= detection.timeoutMs ? detected : { answeredBy: 'unknown', afterMs: detection.timeoutMs }
}

function judge(person: Person | undefined, { mode, silenceMs }: MachineDetection): Detected {
  const isMailbox = person?.outcome === 'voicemail'
  switch (person?.detectedAs ?? (isMailbox ? 'machine' : 'human')) {
    case 'human':
      return { answeredBy: 'human', afterMs: HUMAN_MS }
    case 'fax':
      return { answeredBy: 'fax', afterMs: FAX_MS }
    case 'unknown':
      return { answeredBy: 'unknown', afterMs: silenceMs }
    case 'machine': {
      const { audio, spokenMs } = createMailboxGreeting(person?.greetingMs)
      if (mode === 'Enable') return { answeredBy: 'machine_start', afterMs: Math.min(spokenMs, MACHINE_START_MS) }
      // What only sounds like a machine has no beep.
      if (!isMailbox) return { answeredBy: 'machine_end_silence', afterMs: spokenMs + silenceMs }
      return { answeredBy: 'machine_end_beep', afterMs: audio.length / BYTES_PER_MS + BEEP_KNOWN_MS }
    }
  }
}
