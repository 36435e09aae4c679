import type { Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import { isOptedOut } from '../consent/opt-outs.ts'
import { nextOpen } from '../open-time.ts'
import { localDateOf } from '../scheduling/open-span.ts'
import { textPlacesOf } from '../scheduling/text-hours.ts'
import { queueText } from '../texting/texts.ts'
import type { AfterCallParts } from './after-call-parts.ts'
import type { CallLook } from './look-at-call.ts'

/** So soon after they rang they are awake, and wait for an answer. */
const SOON_MS = 10 * 60_000

/**
 * Texts somebody who rang and was gone before anybody served them, once a day at most. Nobody whose ring was suspicious:
 * robocallers hang up early, too, and would have us text whatever number they show.
 */
export async function textMissedCall(
  transaction: Transaction<Tables>,
  { office, texting, clock }: Pick<AfterCallParts, 'office' | 'texting' | 'clock'>,
  look: CallLook,
): Promise<void> {
  const { number, outcome, call } = look
  if (!texting || number === undefined || !wasMissed(look) || (await isOptedOut(transaction, number))) return
  const now = clock.now()
  const isSoon = now - (call.outcome?.endedAt ?? 0) < SOON_MS
  const notBefore = isSoon ? now : nextOpen(now, textPlacesOf({ number, timeZone: office.timeZone }, texting.hours))
  if (notBefore === undefined) return
  await queueText(transaction, {
    key: `missed call:${number}:${localDateOf(call.startedAt, office.timeZone)}`,
    number,
    purpose: 'missed call',
    language: outcome.language,
    body: texting.book.say('missed-call', outcome.language, {}),
    callId: call.callId,
    at: now,
    notBefore,
  })
}

function wasMissed({ outcome, matter }: CallLook): boolean {
  const isTrusted = matter.entries.every(({ fact }) => fact.type !== 'call.screened' || fact.verdict === 'accept')
  return outcome.disposition === 'abandoned' && isTrusted
}
