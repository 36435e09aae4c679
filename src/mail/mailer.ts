import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import type SMTPTransport from 'nodemailer/lib/smtp-transport'
import type { Clock } from '../lib/clock.ts'
import { HearthlineError, messageOf } from '../lib/errors.ts'
import { oneLine } from '../lib/one-line.ts'
import { untilAborted } from '../lib/until-aborted.ts'

/** Sends e-mail in plain text. */
export interface Mailer {
  /**
   * Resolves when the server has taken it. Throws `mail.refused`, which is not `retryable`, when it will never take it;
   * `mail.not-sent` when it may later, or when its answer was lost; then it may be sent again, and is the same mail to
   * whoever gets both.
   */
  send(mail: Mail, signal?: AbortSignal): Promise<void>
}

export interface Mail {
  /** Names the event it tells of. The Message-ID is made from it. */
  readonly key: string
  /** One address. */
  readonly to: string
  readonly subject: string
  readonly text: string
}

export interface MailerOptions {
  /** `smtp://user:password@host:587` or `smtps://...`. */
  readonly smtpUrl: string
  readonly from: string
  readonly clock: Clock
  /** Of each step: to reach it, to be greeted, to be answered. Default: 20 s. */
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 20_000

/** One connection for each mail: they are few. Nothing goes out unencrypted but to this very machine (C18). */
export function createMailer({ smtpUrl, from, clock, timeoutMs = TIMEOUT_MS }: MailerOptions): Mailer {
  const timeouts = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs }
  const closed = { disableFileAccess: true, disableUrlAccess: true }
  const transport = createTransport({
    ...timeouts,
    ...closed,
    dnsTimeout: timeoutMs,
    url: smtpUrl,
    requireTLS: !isThisMachine(smtpUrl),
  } satisfies SMTPTransport.Options)
  return {
    async send({ key, to, subject, text }, signal) {
      signal?.throwIfAborted()
      const messageId = messageIdOf(key, from)
      const mail = {
        messageId,
        date: new Date(clock.now()),
        from: address(from),
        to: address(to),
        subject: oneLine(subject),
        text,
        // Absence notices and the like need not answer it.
        headers: { 'Auto-Submitted': 'auto-generated' },
      }
      // nodemailer cannot be aborted: what it does goes on and ends by its own timeouts, and nobody waits for it.
      const sent = transport.sendMail(mail)
      await (signal ? untilAborted(sent, signal) : sent).catch((error) => {
        if (signal?.aborted) throw signal.reason
        throw failureOf(error, messageId)
      })
    },
  }
}

/** The same for the same key, so that a mail that was sent twice is known to be one. */
function messageIdOf(key: string, from: string): string {
  const name = createHash('sha256').update(key).digest('hex').slice(0, 40)
  return `<${name}@${from.slice(from.lastIndexOf('@') + 1)}>`
}

const ADDRESS = /^[^\s@<>,;:"()[\]\\\p{Cc}]+@[^\s@<>,;:"()[\]\\\p{Cc}]+$/u

/** An address by itself: neither a second one nor a header can stand in it. */
function address(given: string): { name: string; address: string } {
  if (ADDRESS.test(given)) return { name: '', address: given }
  throw new HearthlineError(
    'mail.refused',
    'A mail was to go to what is no single address. Correct it in officers.yaml.',
  )
}

function isThisMachine(smtpUrl: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(smtpUrl).hostname)
}

/** 5xx is a final answer; 4xx, silence and a broken connection are not (RFC 5321, 4.2.1). */
function failureOf(error: unknown, messageId: string): HearthlineError {
  const { responseCode } = error as { responseCode?: number }
  const isFinal = responseCode !== undefined && responseCode >= 500
  const what = `The mail ${messageId} was not taken by the mail server`
  const toDo = isFinal ? 'See SMTP_URL, MAIL_FROM and the address of the officer.' : 'It is tried again.'
  const message = `${what}: ${messageOf(error)} ${toDo}`
  return new HearthlineError(isFinal ? 'mail.refused' : 'mail.not-sent', message, { cause: error, retryable: !isFinal })
}
