import { learnedFrom } from '../call-outcome/learned.ts'
import type { Message } from '../messages.ts'
import type { Officer } from '../officers/officer.ts'
import type { MessageParts } from './message-parts.ts'

/**
 * Whom a message is for: the officer who knows the caller, else the one who fits best now, open or not. Nothing counts
 * as offered by it. Undefined: nobody fits, and it is for whoever of the office sees it.
 */
export async function chooseOfficer(parts: MessageParts, message: Message): Promise<Officer | undefined> {
  const { routing, clock, calls, languages } = parts
  const call = await calls.get(message.callId)
  const { language, facts } = learnedFrom(call?.entries ?? [], languages)
  const factOf = (key: string) => facts.find((fact) => fact.key === key)?.value
  const state = factOf('property state')
  const loanPurpose = factOf('loan purpose')
  const { ranked } = await routing.explain({
    at: clock.now(),
    purpose: 'appointment',
    language,
    ...(message.callerNumber !== undefined && { callerNumber: message.callerNumber }),
    ...(state !== undefined && { state }),
    ...(loanPurpose !== undefined && { loanPurpose }),
  })
  const known = ranked.find(({ because }) => because.includes('knows the caller'))
  return (known ?? ranked[0])?.officer
}
