import { z } from 'zod'

/**
 * A list item that says what it is by its one key, as in `- press: "0"`. What is wrong with its value is reported at
 * that key. A bare word stands for a key without a value.
 */
export function keyed<Schemas extends Readonly<Record<string, z.ZodType>>>(schemas: Schemas) {
  return z.unknown().transform((item, context): z.output<Schemas[keyof Schemas]> => {
    const entries = typeof item === 'string' ? [[item, undefined] as const] : entriesOf(item)
    const [key = '', value] = entries[0] ?? []
    const schema = entries.length === 1 && Object.hasOwn(schemas, key) ? schemas[key] : undefined
    if (!schema) {
      context.addIssue({ code: 'custom', message: `one key of ${Object.keys(schemas).join(', ')}` })
      return z.NEVER
    }
    const checked = schema.safeParse(value, { error: () => UNWORDED })
    if (checked.success) return checked.data as z.output<Schemas[keyof Schemas]>
    for (const issue of checked.error.issues) context.addIssue(at(key, issue))
    return z.NEVER
  })
}

function entriesOf(item: unknown): (readonly [string, unknown])[] {
  return typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.entries(item) : []
}

/** Stands for the words of an issue whose schema has none of its own. */
const UNWORDED = 'unworded'

/** Without words of its own it is worded by whoever reads the whole document. */
function at(key: string, { message, ...issue }: z.core.$ZodIssue) {
  const path = [key, ...issue.path]
  return message === UNWORDED ? { ...issue, path } : { ...issue, path, message }
}
