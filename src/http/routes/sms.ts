import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { sendTwiml } from '../answer-caller.ts'
import { carrierPaths } from '../carrier-terms.ts'
import { messageSid, parseForm } from '../form-body.ts'
import type { TextServices } from '../text-services.ts'

const form = z.object({
  MessageSid: messageSid,
  From: z.string().max(256),
  Body: z.string().max(10_000).default(''),
  NumMedia: z.coerce.number().int().min(0).max(100).catch(0).default(0),
  /** Sent when the carrier has answered the word itself. */
  OptOutType: z.enum(['STOP', 'START', 'HELP']).optional().catch(undefined),
})

const COMMANDS = { STOP: 'stop', START: 'start', HELP: 'help' } as const

const WHATSAPP = 'whatsapp:'

/**
 * A text came. It is kept before this answers, and answered by a text of its own: the same answer, and nothing more,
 * however often the carrier delivers it (RELIABILITY F18).
 */
export function smsRoute(scope: FastifyInstance, { texts }: { readonly texts: TextServices }): void {
  scope.post(carrierPaths.sms, async (request, reply) => {
    const { MessageSid: carrierSid, From, Body: body, NumMedia: attachments, OptOutType } = parseForm(form, request)
    const isWhatsapp = From.startsWith(WHATSAPP)
    await texts.received({
      carrierSid,
      from: isWhatsapp ? From.slice(WHATSAPP.length) : From,
      body,
      channel: isWhatsapp ? 'whatsapp' : 'sms',
      attachments,
      carrierAnswered: OptOutType && COMMANDS[OptOutType],
    })
    return sendTwiml(reply, '<?xml version="1.0" encoding="UTF-8"?><Response/>')
  })
}
