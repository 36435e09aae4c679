import { z } from 'zod'

/** Words to be found in any case, or `/regular expression/flags`. */
export const pattern = z.string().min(1).refine(isPattern, 'is no valid regular expression')

const callSchema = z.strictObject({
  name: z.string().min(1),
  /** Strings in it may hold placeholders; one of which nothing comes is left out. */
  arguments: z.record(z.string(), z.unknown()).default({}),
})

const ruleSchema = z
  .strictObject({
    /**
     * All conditions must hold. A pattern is words to be found in any case, or `/regular expression/flags`, whose named
     * groups become placeholders.
     */
    when: z
      .strictObject({
        /** The caller's words that want an answer. */
        callerSays: pattern.optional(),
        /** The caller's latest words, answered or not: what a tool was asked for. */
        callerHadSaid: pattern.optional(),
        /** What the agent had said since the caller's words before these. */
        agentSaid: pattern.optional(),
        /** A result of this tool wants an answer. */
        toolReturned: z.string().optional(),
        /** Found in that result's JSON. */
        resultIncludes: pattern.optional(),
        /** The n-th turn of the caller that had words, counted from 1; 0 is before the caller's first words. */
        turn: z.int().min(0).optional(),
        /** Found in the instructions in force for this answer. */
        instructionsInclude: pattern.optional(),
        /** The caller made a sound without words, or none for the idle timeout. */
        silence: z.literal(true).optional(),
      })
      .default({}),
    /**
     * Placeholders in braces: `{callerSaid}`, `{callerSaidBefore}`, `{<named group>}`, and what tools gave: `{result.<key>}`
     * of the result that wants an answer, `{<tool>.<key>}` of the latest one of that tool; `slots.0.when` leads into it.
     */
    say: z.string().min(1).optional(),
    call: z.union([callSchema.transform((call) => [call]), z.array(callSchema).min(1)]).optional(),
    /** From the start of the response to its first output. */
    thinkMs: z.int().min(0).optional(),
    /** Silence in the middle of the audio. */
    stallMs: z.int().min(0).optional(),
    /** The response fails instead, as `rate_limit_exceeded` or `insufficient_quota` do. */
    fail: z
      .strictObject({ code: z.string(), message: z.string().default('The emulated model was told to fail.') })
      .optional(),
    /** Completes with neither speech nor a call. */
    emptyAnswer: z.literal(true).optional(),
    /** Ends half way as if it had reached `max_output_tokens`. */
    cutShort: z.literal(true).optional(),
    /** How often it may match during the emulator's life, reconnects included; without it, always. */
    times: z.int().min(1).optional(),
  })
  .refine(({ say, call, fail, emptyAnswer }) => (say ?? call ?? fail) !== undefined || emptyAnswer, {
    error: 'A rule needs one of say, call, fail or emptyAnswer.',
  })

/** What the emulated model does: the first rule whose conditions hold. When none does, it answers politely. */
export const modelScriptSchema = z.array(ruleSchema)

export type ModelScript = z.infer<typeof modelScriptSchema>
export type ModelRule = ModelScript[number]

/** The named groups of a pattern found in the text; undefined when it is not there. */
export function find(wanted: string, text: string): Readonly<Record<string, string>> | undefined {
  const expression = expressionOf(wanted)
  if (!expression) return text.toLowerCase().includes(wanted.toLowerCase()) ? {} : undefined
  const found = expression.exec(text)
  return found ? (found.groups ?? {}) : undefined
}

function expressionOf(wanted: string): RegExp | undefined {
  const parts = /^\/(?<source>.+)\/(?<flags>[imsu]*)$/s.exec(wanted)?.groups
  return parts ? new RegExp(parts.source ?? '', parts.flags) : undefined
}

function isPattern(wanted: string): boolean {
  try {
    expressionOf(wanted)
    return true
  } catch {
    return false
  }
}
