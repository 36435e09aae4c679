import { afterEach, expect, it } from 'vitest'
import { HearthlineError } from '../../src/lib/errors.ts'
import { createMailer, type Mail } from '../../src/mail/mailer.ts'
import type { SmtpFault } from '../../src/simulator/mail/smtp-dialogue.ts'
import { type SmtpEmulator, startSmtpEmulator } from '../../src/simulator/mail/smtp-emulator.ts'
import { FakeClock } from '../fakes/fake-clock.ts'

const MAIL: Mail = {
  key: 'message.mail:message_1',
  to: 'dana@example.com',
  subject: 'Message, call back by Tuesday',
  text: 'From: Ada Byron\n\n.begins with a dot\nsueño, 夢: äöü and a line that is longer than any server wants a line to be, and so goes on and on and on\n',
}

const started: SmtpEmulator[] = []
afterEach(async () => {
  for (const server of started.splice(0)) await server[Symbol.asyncDispose]()
})

async function start(...faults: SmtpFault[]) {
  const server = await startSmtpEmulator({ faults })
  started.push(server)
  const options = { smtpUrl: server.url, from: 'calls@example.org', clock: new FakeClock(), timeoutMs: 300 }
  return { server, mailer: createMailer(options) }
}

const failureOf = (sending: Promise<void>): Promise<HearthlineError> =>
  sending.then(
    () => expect.unreachable('it was sent'),
    (error) => error,
  )

it('sends plain text as it is, from and to the addresses it was given', async () => {
  const { server, mailer } = await start()
  await mailer.send(MAIL)
  const [mail] = server.mails
  expect(mail).toMatchObject({ from: 'calls@example.org', to: ['dana@example.com'] })
  expect(mail?.text.trimEnd()).toBe(MAIL.text.trimEnd())
  expect(mail?.headers.get('subject')).toBe(MAIL.subject)
  expect(mail?.headers.get('content-type')).toMatch(/^text\/plain; charset=utf-8/)
  expect(mail?.headers.get('date')).toBe('Fri, 20 Nov 2026 15:00:00 +0000')
})

it.each<SmtpFault>([
  { fault: 'refuse', at: 'greeting', code: 421 },
  { fault: 'refuse', at: 'rcpt', code: 450 },
  { fault: 'refuse', at: 'end of data', code: 451 },
  { fault: 'hang', at: 'greeting' },
  { fault: 'hang', at: 'data' },
])('may be tried again after %j, and then sends one', async (fault) => {
  const { server, mailer } = await start(fault)
  expect(await failureOf(mailer.send(MAIL))).toMatchObject({ code: 'mail.not-sent', retryable: true })
  await mailer.send(MAIL)
  expect(server.mails).toHaveLength(1)
})

it.each<SmtpFault>([
  { fault: 'refuse', at: 'mail', code: 550 },
  { fault: 'refuse', at: 'rcpt', code: 550 },
  { fault: 'refuse', at: 'end of data', code: 554 },
])('is not tried again after %j', async (fault) => {
  const { mailer } = await start(fault)
  expect(await failureOf(mailer.send(MAIL))).toMatchObject({ code: 'mail.refused', retryable: false })
})

it('is the same mail when the answer was lost and it is sent again, and another one for another event', async () => {
  const { server, mailer } = await start({ fault: 'lose answer' })
  expect(await failureOf(mailer.send(MAIL))).toMatchObject({ retryable: true })
  await mailer.send(MAIL)
  await mailer.send({ ...MAIL, key: 'message.mail:message_2' })
  const [lost, again, other] = server.mails.map(({ headers }) => headers.get('message-id'))
  expect(lost).toMatch(/^<[0-9a-f]{40}@example\.org>$/)
  expect(again).toBe(lost)
  expect(other).not.toBe(lost)
})

it('may be tried again when nobody listens there', async () => {
  const { server, mailer } = await start()
  await server[Symbol.asyncDispose]()
  expect(await failureOf(mailer.send(MAIL))).toMatchObject({ code: 'mail.not-sent', retryable: true })
})

it('lets no words become a header', async () => {
  const { server, mailer } = await start()
  await mailer.send({ ...MAIL, subject: 'Hello\r\nBcc: thief@example.net\r\n\r\nbody' })
  expect(server.mails[0]?.to).toEqual(['dana@example.com'])
  expect(server.mails[0]?.headers.has('bcc')).toBe(false)
  expect(server.mails[0]?.headers.get('subject')).toBe('Hello Bcc: thief@example.net body')
})

it.each([
  'a@example.com, thief@example.net',
  'a@example.com\r\nBcc: thief@example.net',
  'Dana <dana@example.com>',
  'dana',
])('sends nothing to %j', async (to) => {
  const { server, mailer } = await start()
  expect(await failureOf(mailer.send({ ...MAIL, to }))).toMatchObject({ code: 'mail.refused', retryable: false })
  expect(server.connections).toBe(0)
})

it('does not wait for a server that hangs once its job is called off', async () => {
  const { mailer } = await start({ fault: 'hang', at: 'data' })
  const stop = new AbortController()
  const failure = failureOf(mailer.send(MAIL, stop.signal))
  stop.abort(new HearthlineError('worker_stopped', 'The process stops.'))
  expect(await failure).toMatchObject({ code: 'worker_stopped' })
})

it('says nothing to another machine that does not encrypt', async () => {
  // Another address of this machine is another machine, as far as anybody can tell.
  const server = await startSmtpEmulator({ host: '127.0.0.2' })
  started.push(server)
  const options = { smtpUrl: server.url, from: 'calls@example.org', clock: new FakeClock(), timeoutMs: 300 }
  expect(await failureOf(createMailer(options).send(MAIL))).toBeInstanceOf(HearthlineError)
  expect([server.connections, server.mails]).toEqual([1, []])
})
