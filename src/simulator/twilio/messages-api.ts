import type { FastifyInstance, FastifyReply } from 'fastify'
import type { EmulatedMessages, SentText } from './emulated-messages.ts'
import { ACCOUNT, refuse } from './rest-routes.ts'
import { toRfc2822 } from './voice-params.ts'

type MessagesRoute = {
  Params: { accountSid: string; messageSid: string }
  Body: URLSearchParams | undefined
  Querystring: Record<string, string | undefined>
}

const LONGEST_BODY = 1600

const REFUSALS: Readonly<Record<number, string>> = {
  21610: 'Attempt to send to unsubscribed recipient',
  21614: "'To' number is not a valid mobile number",
}

/** Texts by REST: sent, looked up by whom and when, and shown one by one. */
export function addMessagesApi(server: FastifyInstance, messages: EmulatedMessages): void {
  server.post<MessagesRoute>(`${ACCOUNT}/Messages.json`, (request, reply) =>
    create(messages, request.body, request.params.accountSid, reply),
  )
  server.get<MessagesRoute>(`${ACCOUNT}/Messages.json`, async ({ query, params }) => {
    const newest = messages.texts.filter((text) => isAskedFor(text, query)).toReversed()
    const size = Number(query.PageSize ?? 50)
    return {
      messages: newest.slice(0, size).map((text) => describe(text, params.accountSid)),
      ...{ page: 0, page_size: size, start: 0, end: newest.length },
      ...{ first_page_uri: '', previous_page_uri: null, next_page_uri: null, uri: '' },
    }
  })
  server.get<MessagesRoute>(`${ACCOUNT}/Messages/:messageSid.json`, (request, reply) => {
    const { accountSid, messageSid } = request.params
    const text = messages.texts.find(({ sid }) => sid === messageSid)
    if (!text) return refuse(reply, 404, 20404, `The requested resource ${request.url} was not found`)
    return reply.send(describe(text, accountSid))
  })
}

function create(
  messages: EmulatedMessages,
  form = new URLSearchParams(),
  accountSid: string,
  reply: FastifyReply,
): FastifyReply {
  const [to, from, body] = [form.get('To') ?? '', form.get('From') ?? '', form.get('Body') ?? '']
  if (to === '') return refuse(reply, 400, 21604, "A 'To' phone number is required.")
  if (from === '') return refuse(reply, 400, 21603, "A 'From' phone number is required.")
  if (body === '') return refuse(reply, 400, 21602, 'Message body is required.')
  if (body.length > LONGEST_BODY) return refuse(reply, 400, 21617, 'The concatenated message body exceeds the limit.')
  if (!/^(whatsapp:)?\+[1-9]\d{6,14}$/.test(to)) return refuse(reply, 400, 21211, `Invalid 'To' Phone Number: ${to}`)
  const refusal = messages.refusalOf(to, from)
  if (refusal !== undefined) return refuse(reply, 400, refusal, REFUSALS[refusal] ?? '')
  const text = messages.accept({ to, from, body }, form.get('StatusCallback') ?? undefined)
  return reply.code(201).send(describe(text, accountSid))
}

function isAskedFor(text: SentText, query: MessagesRoute['Querystring']): boolean {
  const at = (name: string) => (query[name] === undefined ? undefined : Date.parse(query[name]))
  const [after, before] = [at('DateSent>'), at('DateSent<')]
  if (query.To !== undefined && query.To !== text.to) return false
  if (query.From !== undefined && query.From !== text.from) return false
  if (query.DateSent !== undefined && !new Date(text.createdAt).toISOString().startsWith(query.DateSent)) return false
  return (after === undefined || text.createdAt >= after) && (before === undefined || text.createdAt <= before)
}

/** A text as REST shows it: counts are strings, what is not known is null. */
function describe(text: SentText, accountSid: string) {
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${text.sid}.json`
  const date = toRfc2822(text.createdAt)
  const isSent = text.status !== 'queued'
  return {
    ...{ sid: text.sid, account_sid: accountSid, api_version: '2010-04-01', messaging_service_sid: null },
    ...{ to: text.to, from: text.from, body: text.body, status: text.status, direction: 'outbound-api' },
    ...{ num_segments: '1', num_media: '0', price: null, price_unit: 'USD' },
    ...{ error_code: text.errorCode, error_message: null },
    ...{ date_created: date, date_updated: date, date_sent: isSent ? date : null },
    ...{ subresource_uris: { media: uri.replace('.json', '/Media.json') }, uri },
  }
}
