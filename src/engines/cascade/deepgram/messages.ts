import { z } from 'zod'

/** What every message of Deepgram may turn out to be, besides what the schemas of v1 and v2 hold. */
export type PassedOver =
  /** A known message we have no use for, or one we have never heard of. */
  | { readonly type: 'unused'; readonly name: string; readonly known: boolean }
  /** Not JSON, or without a field it cannot do without. `detail` names the place, never a value. */
  | { readonly type: 'malformed'; readonly detail: string }

/** Both versions say `Error`; v1 names a `variant`, v2 a `code`. What follows in words is for people. */
export const providerError = z.object({
  type: z.literal('Error'),
  code: z.string().nullish(),
  variant: z.string().nullish(),
  description: z.string().nullish(),
})

export type ProviderErrorMessage = z.infer<typeof providerError>

export interface MessageTypes {
  /** Types the schema holds. */
  readonly used: ReadonlySet<string>
  /** Types that are right and say nothing we need. */
  readonly unused: ReadonlySet<string>
}

const envelope = z.object({ type: z.string() })

/** A reader of one version's messages. It never throws, and lets unknown types and fields pass. */
export function createParser<Message>(
  schema: z.ZodType<Message>,
  { used, unused }: MessageTypes,
): (data: Buffer) => Message | PassedOver {
  return (data) => {
    const json = parseJson(data)
    const { data: head } = envelope.safeParse(json)
    if (!head) return { type: 'malformed', detail: 'no JSON object with a type' }
    if (!used.has(head.type)) return { type: 'unused', name: head.type, known: unused.has(head.type) }
    const { data: message, error } = schema.safeParse(json)
    return message ?? { type: 'malformed', detail: `${head.type}: ${error?.issues[0]?.path.join('.')}` }
  }
}

function parseJson(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'))
  } catch {
    return undefined
  }
}
