import type { Briefing, HistoryItem, ToolDescription } from '../engine.ts'

/**
 * All an agent must know before its first word, as one prompt: there is no other way to tell it what was said before
 * this conversation was opened.
 */
export function promptFor({ instructions, tools, history }: Briefing): string {
  return [instructions, toolsSection(tools), ...(history.length > 0 ? [talkSection(history)] : [])].join('\n\n')
}

/** The agent's page may hold more tools than this call may use. */
export function toolsSection(tools: readonly ToolDescription[]): string {
  const names = tools.map(({ name }) => name).join(', ')
  return `# Tools of this call\nUse ${names === '' ? 'no tools' : `no other tools than these: ${names}`}.`
}

const SPEAKERS = { caller: 'Caller', agent: 'You', note: 'Note' } as const satisfies Record<HistoryItem['role'], string>

function talkSection(history: readonly HistoryItem[]): string {
  const lines = history.map(({ role, text }) => `${SPEAKERS[role]}: ${oneLine(text)}`)
  const heading = '# The talk so far\nThis call is under way. Go on where it stands, and do not greet again.'
  return [heading, ...lines].join('\n')
}

/** So that nobody's words can pass for another line, or for a placeholder, which would have to have a value. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('{{', '{ {')
}

/** A change of the briefing as an addition to the prompt; empty when nothing changes. */
export function describeRebriefing({
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
