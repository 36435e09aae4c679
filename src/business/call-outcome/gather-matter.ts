import { consentEventsOf } from '../consent/consents.ts'
import { createMessages } from '../messages.ts'
import { type AppointmentStatus, appointmentsOfCall } from '../scheduling/appointments.ts'
import { createTasks } from '../tasks.ts'
import { createTexts } from '../texting/texts.ts'
import type { AfterCallParts, EndedCall } from './after-call-parts.ts'
import type { CallMatter } from './outcome-of.ts'

const STATUSES: readonly AppointmentStatus[] = ['held', 'confirming', 'booked']
/** Of one number; those of the call are among the newest. */
const TEXTS_LOOKED_AT = 100

/** Reads all that was saved in a call. `number`: E.164, undefined when it is withheld. */
export async function gatherMatter(
  { database, clock, transfers, languages }: AfterCallParts,
  { call, number, robocall }: { call: EndedCall; number: string | undefined; robocall: boolean },
): Promise<CallMatter> {
  const { callId, entries, outcome } = call
  const texts = number === undefined ? [] : await createTexts(database).ofContact(number, { limit: TEXTS_LOOKED_AT })
  const consents = number === undefined ? [] : await consentEventsOf(database, number)
  const talks = await transfers.ofCall(callId)
  return {
    endReason: outcome?.endReason ?? 'interrupted',
    talkedMs: outcome?.talkedMs ?? 0,
    turns: outcome?.turns ?? 0,
    robocall,
    entries,
    languages,
    appointments: await appointmentsOfCall(database, callId, STATUSES),
    talkedWithOfficerMs: new Map(
      talks.flatMap(({ id, talkedMs }) => (talkedMs === undefined ? [] : [[id, talkedMs] as const])),
    ),
    messages: await createMessages(database, { clock }).ofCall(callId),
    tasks: await createTasks(database, { clock }).ofCall(callId),
    texts: texts.filter((text) => text.callId === callId),
    consents: consents.filter((event) => event.callId === callId),
  }
}
