import { createHash } from 'node:crypto'
import type { Briefing, HistoryItem } from '../engines/engine.ts'
import { describeTool } from '../tools/tool.ts'
import type { CallServices } from './call-services.ts'
import type { NewCall } from './call-store.ts'
import type { CallerPicture, KnownCaller } from './caller-picture.ts'
import type { LedgerEntry } from './facts.ts'
import { describeErrand, openingOf } from './outbound/placed-call.ts'
import { historyOf } from './transcript.ts'

/** What a fresh engine session must know at this moment. `underway`: what of ours is on its way to the caller's ear. */
export function briefingOf(
  services: CallServices,
  talk: { call: NewCall; caller: KnownCaller; entries: readonly LedgerEntry[]; underway: readonly HistoryItem[] },
): Briefing {
  const { tools, phrases, settings } = services
  const { picture } = talk.caller
  const { language } = picture
  const greeted = talk.entries.some(({ fact }) => fact.type === 'agent.speaking')
  // The engine connects while the phone rings: the opening will have been heard before it first speaks.
  const opening = { role: 'agent', text: phrases.phrase(openingOf(talk.call.outbound), language).text } as const
  return {
    instructions: instructionsFor(services, talk.call, picture),
    tools: tools.map(describeTool),
    language,
    hears: settings.languages,
    history: [...(greeted ? [] : [opening]), ...historyOf(talk.entries), ...talk.underway],
    callerKey: callerKeyOf(talk.call),
  }
}

/** How the agent is to behave in this call, and why it is held where we placed it. */
export function instructionsFor(
  { instructions }: Pick<CallServices, 'instructions'>,
  { outbound }: NewCall,
  picture: CallerPicture,
): string {
  return outbound ? [instructions(picture), describeErrand(outbound)].join('\n') : instructions(picture)
}

/** The same for each call of a caller, and it tells nothing about them. */
function callerKeyOf({ from, callId }: NewCall): string {
  const hash = createHash('sha256').update(from ?? callId)
  return hash.digest('hex').slice(0, 32)
}
