import { createHash } from 'node:crypto'
import type { Briefing, HistoryItem } from '../engines/engine.ts'
import { describeTool } from '../tools/tool.ts'
import type { CallServices } from './call-services.ts'
import type { NewCall } from './call-store.ts'
import type { KnownCaller } from './caller-picture.ts'
import type { LedgerEntry } from './facts.ts'
import { historyOf } from './transcript.ts'

/** What a fresh engine session must know at this moment. `underway`: what of ours is on its way to the caller's ear. */
export function briefingOf(
  { instructions, tools, phrases, settings }: CallServices,
  talk: { call: NewCall; caller: KnownCaller; entries: readonly LedgerEntry[]; underway: readonly HistoryItem[] },
): Briefing {
  const { picture } = talk.caller
  const { language } = picture
  const greeted = talk.entries.some(({ fact }) => fact.type === 'agent.speaking')
  // The engine connects while the phone rings: the opening will have been heard before it first speaks.
  const opening = { role: 'agent', text: phrases.phrase('opening', language).text } as const
  return {
    instructions: instructions(picture),
    tools: tools.map(describeTool),
    language,
    hears: settings.languages,
    history: [...(greeted ? [] : [opening]), ...historyOf(talk.entries), ...talk.underway],
    callerKey: callerKeyOf(talk.call),
  }
}

/** The same for each call of a caller, and it tells nothing about them. */
function callerKeyOf({ from, callId }: NewCall): string {
  const hash = createHash('sha256').update(from ?? callId)
  return hash.digest('hex').slice(0, 32)
}
