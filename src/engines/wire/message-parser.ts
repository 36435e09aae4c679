import { z } from 'zod'
import { parseJson } from '../../lib/json.ts'

/** What a provider's message may turn out to be, besides what its schema holds. */
export type PassedOver =
  /** A known message we have no use for, or one we have never heard of. */
  | { readonly type: 'unused'; readonly name: string; readonly known: boolean }
  /** Not JSON, or without a field it cannot do without. `detail` names the place, never a value. */
  | { readonly type: 'malformed'; readonly detail: string }

export interface MessageTypes {
  /** Types the schema holds. */
  readonly used: ReadonlySet<string>
  /** Types that are right and say nothing we need. */
  readonly unused: ReadonlySet<string>
}

const envelope = z.object({ type: z.string() })

/** A reader of messages that name their type. It never throws, and lets unknown types and fields pass. */
export function createParser<Message>(
  schema: z.ZodType<Message>,
  { used, unused }: MessageTypes,
): (data: Buffer | string) => Message | PassedOver {
  return (data) => {
    const json = parseJson(data)
    const { data: head } = envelope.safeParse(json)
    if (!head) return { type: 'malformed', detail: 'no JSON object with a type' }
    if (!used.has(head.type)) return { type: 'unused', name: head.type, known: unused.has(head.type) }
    const { data: message, error } = schema.safeParse(json)
    return message ?? { type: 'malformed', detail: `${head.type}: ${error?.issues[0]?.path.join('.')}` }
  }
}
