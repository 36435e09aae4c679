import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { z } from 'zod'
import { dropOldest } from '../../lib/drop-oldest.ts'
import { messageOf } from '../../lib/errors.ts'
import { aloneTwiml, whileAlone } from '../../telephony/transfer-twiml.ts'
import { handOverTwiml } from '../../telephony/twiml.ts'
import { sendTwiml } from '../answer-caller.ts'
import { carrierPaths } from '../carrier-terms.ts'
import { callSid, legQuery, parseForm, parseQuery } from '../form-body.ts'
import type { WebhookServices } from '../webhook-services.ts'

const aloneQuery = legQuery.extend({ asked: z.coerce.number().int().min(0).max(10_000) })
const aloneForm = z.object({ CallSid: callSid })

/** By the time it is asked again so often, a process that rings officers has found out for itself and acted. */
const LONG_ASKED = 5
/** No try comes after that: the caller may be somewhere else by then. */
const REDIRECT_MS = 4_000
/** Callers who may be alone at once. */
const MOST_REMEMBERED = 1_000

/**
 * A caller is where they were to meet an officer, and nobody is there: asked every few seconds for as long as that lasts,
 * of whichever process. A moment later the officer is taken for gone, and the caller brought back (TR11).
 */
export function callerAloneRoute(scope: FastifyInstance, services: WebhookServices): void {
  /** What was last asked of a leg: the same webhook again must not redirect a caller who is back already (F18). */
  const asked = new Map<string, number>()
  scope.post(carrierPaths.callerAlone, async (request, reply) => {
    const { leg, asked: times } = parseQuery(aloneQuery, request)
    const { CallSid: carrierCallId } = parseForm(aloneForm, request)
    if (times > (asked.get(leg) ?? 0)) {
      asked.set(leg, times)
      dropOldest(asked, MOST_REMEMBERED)
      await bringBack({ carrierCallId, isLong: times >= LONG_ASKED }, services, request.log)
      // Whoever holds the call tells the carrier itself; only where that has failed it is told from here, the next time.
      services.officerLegs.tell(leg, { type: 'caller alone' })
    }
    return sendTwiml(reply, aloneTwiml(whileAlone(services.terms.aloneUrl, leg, times + 1)))
  })
}

/** Never rejects: the caller waits, and is asked about again. */
async function bringBack(
  { carrierCallId, isLong }: { readonly carrierCallId: string; readonly isLong: boolean },
  { switchboard, carrier, terms }: WebhookServices,
  log: FastifyBaseLogger,
): Promise<void> {
  try {
    if (!(await switchboard.leftAlone(carrierCallId, { isLong }))) return
    const back = handOverTwiml({ to: 'resume' }, terms)
    await carrier.redirect(carrierCallId, back, AbortSignal.timeout(REDIRECT_MS))
  } catch (error) {
    log.warn({ callSid: carrierCallId, error: messageOf(error) }, 'caller not brought back; trying again')
  }
}
