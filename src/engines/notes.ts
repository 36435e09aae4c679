import type { Briefing, HistoryItem, ToolDescription } from './engine.ts'

/** What an engine without a memory that could be added to is told instead, in words that stand alone. */

export function noteOf({ role, text }: HistoryItem): string {
  switch (role) {
    case 'caller':
      return `The caller said: "${quotable(text)}"`
    case 'agent':
      return `Already said to the caller: "${quotable(text)}"`
    case 'note':
      return text
    default:
      return role satisfies never
  }
}

/** So that nobody's words can end their own quotation and go on as a note of ours. */
function quotable(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/["“”]/g, "'")
}

/** For a tool that was asked for in an earlier session: this one has no call that the output could belong to. */
export function lateResultNote(output: string): string {
  return `Result of a tool that was asked for earlier: ${output}`
}

/** `words`: what the caller heard of what was being said. */
export function stoppedNote(words: string): string {
  const heard = `only this of what you said last: "${quotable(words)}"`
  const what = words === '' ? 'nothing of what you said last' : heard
  return `You were stopped. The caller heard ${what}.`
}

/** Which tools a session may use, where it knows more. */
export function toolsSection(tools: readonly ToolDescription[]): string {
  const names = tools.map(({ name }) => name).join(', ')
  return `# Tools of this call\nUse ${names === '' ? 'no tools' : `no other tools than these: ${names}`}.`
}

/** A change of the briefing as an addition to the prompt; empty when nothing changes. */
export function rebriefingNote({
  instructions,
  tools,
  language,
}: Partial<Pick<Briefing, 'instructions' | 'tools' | 'language'>>): string {
  const parts = [
    ...(instructions === undefined ? [] : [`From now on these are your instructions:\n${instructions}`]),
    ...(tools === undefined ? [] : [toolsSection(tools)]),
    ...(language === undefined ? [] : [`From now on speak to the caller in the language ${language}.`]),
  ]
  return parts.join('\n\n')
}
