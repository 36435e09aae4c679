import type { Briefing, HistoryItem } from '../engine.ts'
import { toolsSection } from '../notes.ts'

/**
 * All an agent must know before its first word, as one prompt: there is no other way to tell it what was said before
 * this conversation was opened.
 */
export function promptFor({ instructions, tools, history }: Briefing): string {
  return [instructions, toolsSection(tools), ...(history.length > 0 ? [talkSection(history)] : [])].join('\n\n')
}

const SPEAKERS = { caller: 'Caller', agent: 'You', note: 'Note' } as const satisfies Record<HistoryItem['role'], string>

function talkSection(history: readonly HistoryItem[]): string {
  const lines = history.map(({ role, text }) => `${SPEAKERS[role]}: ${oneLine(text)}`)
  const heading = '# The talk so far\nThis call is under way. Go on where it stands, and do not greet again.'
  return [heading, ...lines].join('\n')
}

/** So that nobody's words can pass for another line, or for a placeholder, which would have to have a value. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/\{(?=\{)/g, '{ ')
}
