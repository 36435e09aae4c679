import { parseJson } from '../../lib/json.ts'
import { questionOf } from './questions.ts'

/** What is to stand in place of a text; `name`: the key it was found under, in words. */
export type Hide = (text: string, name: string) => string

/** A UUID, and an id of ours made of one, has numbers in it that are nobody's. */
const UUID = /^(?:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|[a-z]+_[\da-f]{32})$/i

/** `accountBalance` is no account. */
const COUNTED = /\b(?:balance|count|total|limit|type|status|kind)\b/

/** A PIN; fewer digits are counted things. */
const SHORTEST_NUMBER = 4

/** JSON with what is private hidden in its texts and numbers; what is no JSON is hidden as a text. */
export function hideInJson(json: string, hide: Hide): string {
  const value = parseJson(json)
  return value === undefined ? hide(json, '') : JSON.stringify(hideValue(value, '', hide))
}

function hideValue(value: unknown, name: string, hide: Hide): unknown {
  if (typeof value === 'string') return UUID.test(value) ? value : hide(value, name)
  if (typeof value === 'number') return hideNumber(value, name, hide)
  if (Array.isArray(value)) return value.map((item) => hideValue(item, name, hide))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  return Object.fromEntries(entries.map(([key, item]) => [hide(key, ''), hideValue(item, wordsOfKey(key), hide)]))
}

/** Times and counts are numbers too: one is private only where its key says so, and never with a fraction. */
function hideNumber(value: number, name: string, hide: Hide): number | string {
  if (!Number.isInteger(value)) return value
  const written = String(value)
  if (written.length < SHORTEST_NUMBER || questionOf(questionFor(name)).kinds.length === 0) return value
  const hidden = hide(written, name)
  return hidden === written ? value : hidden
}

/** As if the key had been asked for. */
export function questionFor(name: string): string {
  return name === '' || COUNTED.test(name) ? '' : `What is your ${name}?`
}

/** `callbackNumber` and `callback_number` are "callback number". */
function wordsOfKey(key: string): string {
  return key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase()
}
