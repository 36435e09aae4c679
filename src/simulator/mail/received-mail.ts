/** A mail as the server has it. */
export interface ReceivedMail {
  /** Of the envelope. */
  readonly from: string
  readonly to: readonly string[]
  /** By name in small letters, each in one line. */
  readonly headers: ReadonlyMap<string, string>
  readonly text: string
}

/** Reads a mail in plain text, in whichever way it was encoded for the journey. */
export function parseMail(data: string): Pick<ReceivedMail, 'headers' | 'text'> {
  const end = data.indexOf('\r\n\r\n')
  const head = data.slice(0, end).replaceAll(/\r\n[ \t]+/g, ' ')
  const headers = new Map(head.split('\r\n').map(readHeader))
  return { headers, text: decode(data.slice(end + 4), headers.get('content-transfer-encoding') ?? '7bit') }
}

function readHeader(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
}

function decode(body: string, encoding: string): string {
  const lines = body.replaceAll('\r\n', '\n')
  if (encoding === 'base64') return Buffer.from(lines, 'base64').toString()
  if (encoding !== 'quoted-printable') return Buffer.from(lines, 'latin1').toString()
  const bytes = lines
    .replaceAll('=\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
