import { expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'

const ENV = {
  PUBLIC_URL: 'https://phone.example.com',
  TWILIO_ACCOUNT_SID: 'AC0123456789abcdef0123456789abcdef',
  TWILIO_AUTH_TOKEN: 'secret-token',
  OPENAI_API_KEY: 'sk-secret',
}
const SMTP_URL = 'smtps://calls:secret@mail.example.com'

it('mails where server and sender are set, and nowhere else', () => {
  expect(loadConfig({ env: ENV }).mail).toBeUndefined()
  const env = { ...ENV, SMTP_URL, MAIL_FROM: 'calls@example.com' }
  expect(loadConfig({ env }).mail).toEqual({ smtpUrl: SMTP_URL, from: 'calls@example.com' })
})

it.each([
  [{ SMTP_URL }, 'MAIL_FROM: expected SMTP_URL and MAIL_FROM together'],
  [{ MAIL_FROM: 'calls@example.com' }, 'SMTP_URL: expected SMTP_URL and MAIL_FROM together'],
  [{ SMTP_URL, MAIL_FROM: 'Calls <calls@example.com>' }, 'MAIL_FROM: expected an e-mail address'],
  [{ SMTP_URL: 'https://mail.example.com', MAIL_FROM: 'calls@example.com' }, 'SMTP_URL: expected an address such as'],
])('does not start with %j', (mail, complaint) => {
  expect(() => loadConfig({ env: { ...ENV, ...mail } })).toThrow(complaint)
})
