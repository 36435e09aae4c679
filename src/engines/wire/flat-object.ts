/** Told where the text of a string field lies, without its quotes; false stops the reading. */
export type OnString = (key: string, from: number, to: number) => boolean

const BACKSLASH = '\\'.charCodeAt(0)
const QUOTE = '"'.charCodeAt(0)
const COLON = ':'.charCodeAt(0)
const COMMA = ','.charCodeAt(0)
const OPENING_BRACE = '{'.charCodeAt(0)
const CLOSING_BRACE = '}'.charCodeAt(0)
const SPACES = new Set([...' \t\r\n'].map((character) => character.charCodeAt(0)))
const NUMBER_PARTS = new Set([...'0123456789+-.eE'].map((character) => character.charCodeAt(0)))

/**
 * Whether the message is one flat object of strings and numbers without escapes, read to its end: for messages that are
 * nearly all audio, and would be copied twice by JSON.parse.
 */
export function readFlatObject(message: Buffer, onString: OnString): boolean {
  if (message.includes(BACKSLASH)) return false
  let at = skip(message, 0, SPACES)
  if (message[at] !== OPENING_BRACE) return false
  do {
    at = readField(message, skip(message, at + 1, SPACES), onString)
    if (at < 0) return false
    at = skip(message, at, SPACES)
  } while (message[at] === COMMA)
  return message[at] === CLOSING_BRACE && skip(message, at + 1, SPACES) === message.length
}

/** The index behind the field that begins at `at`, or -1 when there is none of the expected shape. */
function readField(message: Buffer, at: number, onString: OnString): number {
  const keyEnd = stringEnd(message, at)
  if (keyEnd < 0) return -1
  const colon = skip(message, keyEnd + 1, SPACES)
  if (message[colon] !== COLON) return -1
  const from = skip(message, colon + 1, SPACES)
  if (message[from] !== QUOTE) {
    const to = skip(message, from, NUMBER_PARTS)
    return to > from ? to : -1
  }
  const to = stringEnd(message, from)
  if (to < 0 || !onString(message.toString('latin1', at + 1, keyEnd), from + 1, to)) return -1
  return to + 1
}

/** The index of the quote that closes the string opening at `at`, or -1. */
function stringEnd(message: Buffer, at: number): number {
  return message[at] === QUOTE ? message.indexOf(QUOTE, at + 1) : -1
}

function skip(message: Buffer, from: number, bytes: ReadonlySet<number>): number {
  let at = from
  for (let byte = message[at]; byte !== undefined && bytes.has(byte); byte = message[at]) at += 1
  return at
}
