import { z } from 'zod'
import { keyed } from './keyed.ts'
import { STRIKES } from './service/emulated-service.ts'

const ms = z.number().min(0)
const words = z.string().min(1)
const language = z.string().regex(/^[a-z]{2}$/, { error: 'a language of two letters, such as es' })
/** The caller gives up on the agent after this; 30000 unless set. */
const withinMs = ms.exactOptional()

/**
 * One thing that happens in a talk: something the caller does, or something that befalls the server meanwhile. Steps
 * are done one after the other.
 */
export const talkStepSchema = keyed({
  /** Speaks, whether or not the agent does. */
  say: z
    .preprocess(
      (said) => (typeof said === 'string' ? { words: said } : said),
      z.strictObject({ words, /** That of the caller's voice unless set. */ language: language.exactOptional() }),
    )
    .transform((said) => ({ do: 'say' as const, ...said })),
  /** Plays a recorded caller; `words` is what the emulated engine understands of it. The path counts from the scenario. */
  clip: z
    .strictObject({ file: words, words, language: language.default('en') })
    .transform((clip) => ({ do: 'clip' as const, ...clip })),
  /** Lets the agent speak, and goes on when it was silent for `silentMs` (800 unless set). */
  'hear out': z
    .strictObject({ silentMs: ms.exactOptional(), withinMs })
    .default({})
    .transform((patience) => ({ do: 'hear out' as const, ...patience })),
  /** Waits until the agent has been heard for so long without a pause. */
  hear: z.strictObject({ forMs: ms, withinMs }).transform((patience) => ({ do: 'hear' as const, ...patience })),
  /** Waits until the model has asked for a tool. */
  'until tool': words.transform((tool) => ({ do: 'until tool' as const, tool })),
  press: z
    .string({ error: 'keys in quotes, such as "0"' })
    .regex(/^[0-9*#]+$/, { error: 'keys in quotes, such as "0"' })
    .transform((digits) => ({ do: 'press' as const, digits })),
  waitMs: ms.transform((waitMs) => ({ do: 'wait' as const, ms: waitMs })),
  /** Coughs: loud, and without words. */
  noiseMs: ms.transform((noiseMs) => ({ do: 'noise' as const, ms: noiseMs })),
  /** The caller's telephone sends a text to the number they called; also when they have hung up. */
  text: z.strictObject({ says: words }).transform(({ says }) => ({ do: 'text' as const, words: says })),
  'hang up': z.undefined().transform(() => ({ do: 'hang up' as const })),
  /** When the call is over, the office asks for the same call once more, and it is seen what comes of it. */
  'office calls': z.undefined().transform(() => ({ do: 'office calls' as const })),
  /** The process that holds the call is killed without a word; the next of `servers` gets what comes then. */
  'kill server': z.undefined().transform(() => ({ do: 'kill server' as const })),
  /** The server is told to stop, as a deploy does; calls that are on after `deadlineMs` are handed over. */
  drain: z.strictObject({ deadlineMs: ms }).transform((drain) => ({ do: 'drain' as const, ...drain })),
  /** The providers of the call's engine, or of all, misbehave in `afterMs`; the talk goes on meanwhile. */
  strike: z
    .strictObject({ how: z.enum(STRIKES), afterMs: ms.default(0), engines: z.enum(['own', 'all']).default('own') })
    .transform((strike) => ({ do: 'strike' as const, ...strike })),
  /** Another program holds the database's write lock for so long. */
  lockDatabaseMs: ms.transform((lockMs) => ({ do: 'lock database' as const, ms: lockMs })),
})

export type TalkStep = z.output<typeof talkStepSchema>

/** What an expectation calls the step when it counts from it: its words, or what it does. */
export function nameOf(step: TalkStep): string {
  if (step.do === 'say' || step.do === 'clip') return step.words
  if (step.do === 'text') return `text ${step.words}`
  return step.do === 'press' ? `press ${step.digits}` : step.do
}
