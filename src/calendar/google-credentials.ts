import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { HearthlineError } from '../lib/errors.ts'
import { parseJson } from '../lib/json.ts'

/** The key of a service account. Officers share their calendars with its address, or their domain delegates to it. */
export interface GoogleCredentials {
  readonly email: string
  /** PEM. */
  readonly privateKey: string
}

const keyFile = z.object({
  type: z.literal('service_account'),
  client_email: z.email(),
  private_key: z.string().refine(isPrivateKey),
})

/**
 * Reads GOOGLE_CALENDAR_CREDENTIALS: the JSON key of a service account itself, or the path of its file. Throws
 * `google_credentials_bad` and names what is wrong, never what it read (RELIABILITY S28).
 */
export function readGoogleCredentials(setting: string): GoogleCredentials {
  const inline = setting.trimStart().startsWith('{')
  const where = inline ? 'GOOGLE_CALENDAR_CREDENTIALS' : 'the file GOOGLE_CALENDAR_CREDENTIALS names'
  const found = keyFile.safeParse(parse(inline ? setting : readKeyFile(setting.trim()), where))
  if (found.success) return { email: found.data.client_email, privateKey: found.data.private_key }
  const keys = [...new Set(found.error.issues.map(({ path }) => path.join('.') || 'the whole'))]
  throw bad(`${where} is not the key of a service account: look at ${keys.join(', ')}.`)
}

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    // The setting may be a mistyped key instead of a path, and Node's message would show it.
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error'
    throw bad(`the file GOOGLE_CALENDAR_CREDENTIALS names could not be read (${code}).`)
  }
}

/** The parser's own message quotes the text, so it is left out. */
function parse(text: string, where: string): unknown {
  const json = parseJson(text)
  if (json === undefined) throw bad(`${where} is not JSON.`)
  return json
}

function bad(problem: string): HearthlineError {
  const advice = 'Download a JSON key of the service account in the Google Cloud console, and give it or its path.'
  return new HearthlineError('google_credentials_bad', `Cannot use Google Calendar: ${problem} ${advice}`)
}
