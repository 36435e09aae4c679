/** What the text means as JSON; undefined when it is none. For text of others, which a schema judges next. */
export function parseJson(text: string | Buffer): unknown {
  try {
    return JSON.parse(text.toString())
  } catch {
    return undefined
  }
}
