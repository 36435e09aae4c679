/**
 * Fills the placeholders of an agent's instructions: `{company}` becomes the company's name. Gives the names of
 * placeholders that do not exist, so that the start can be refused instead of the model being told "{compnay}".
 */
export function fillPlaceholders(
  text: string,
  values: Readonly<Record<string, string>>,
): { readonly filled: string; readonly unknown: readonly string[] } {
  const unknown = new Set<string>()
  const filled = text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) unknown.add(placeholder)
    return value ?? placeholder
  })
  return { filled, unknown: [...unknown] }
}
