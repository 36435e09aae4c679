import { STATES } from '../../lib/us-states.ts'
import { matchesIn } from '../matches-in.ts'
import { partRead, plainText } from '../plain-text.ts'
import { isDenied, type Mention, meantOf } from './mentions.ts'
import { OTHER_STATE_NAMES } from './us-states.ts'

const NAMES = new Map([
  ...Object.values(STATES).map((name) => [name.toLowerCase(), name] as const),
  ...Object.entries(OTHER_STATE_NAMES),
])

/** The longest first, so that "West Virginia" is not Virginia. A street or a bank may be named for a state, a city too. */
const STATE_NAME = new RegExp(
  `(?<![\\p{L}\\d])(?:${[...NAMES.keys()]
    .toSorted((one, other) => other.length - one.length)
    .map((name) => name.replaceAll('.', '\\.'))
    .join(
      '|',
    )})(?![\\p{L}'])(?! (?:street|st|avenue|ave|road|rd|drive|lane|boulevard|blvd|court|way|place|city|bank|national|mutual|jones)\\b)`,
  'gu',
)

/** "Austin, TX", "Reno NV 89501": a code by itself is too often a word. */
const CODE = new RegExp(
  `[A-Z][a-z]+(?:, (${Object.keys(STATES).join('|')})\\b| (${Object.keys(STATES).join('|')}) \\d{5}\\b)`,
  'g',
)

const ASKS_STATE =
  /\b(?:(?:which|what) state|where(?:'s| is| are| will)\b.*\b(?:property|home|house|condo|it|buy|look)|state is|property (?:is )?located)|\b(?:qué|cuál) estado|dónde (?:está|queda|se encuentra)/

/** Where the caller is or comes from is not where the property is. */
const OF_THE_CALLER =
  /\b(?:live|lives|living|lived|from|born|raised|grew up|work|working|job|move out of|moved out of|moving out of|stationed|son|daughter|brother|sister|mother|father|mom|dad|friend|family|parents|license|licensed|branch|branches|vivo|vivimos|soy de|trabajo|llamo de)\b[^.;!?]{0,30}$/
const OF_THE_PROPERTY =
  /\b(?:in|en|there in|(?:property|house|home|condo|place|state|casa|propiedad|estado)(?:'s| is| es| está)(?: to)?)(?: the)?(?: (?:state of|estado de))?(?: [\p{L}'.]+){0,3},? ?$/u
/** "Texas, no wait, Oklahoma", "not in Texas, in Tennessee": in the place of the one before. */
const IN_ITS_PLACE =
  /\b(?:no|nope|wait|mean|meant|actually|sorry|correction|rather|digo|perdón|sino),? (?:in |it's |it's in |en )?$|\bnot (?:in )?[\p{L} ]{4,20}, (?:it's |but )?(?:in )?$/u

/** The state of the property, if the text says it, in English. `prompt`: what we had just asked. */
export function propertyStateIn(text: string, prompt = ''): string | undefined {
  const plain = plainText(text)
  const asked = ASKS_STATE.test(plainText(prompt))
  const mentions = statesIn(text).filter(({ from }) => asked || isOfProperty(plain.slice(0, from)))
  return (meantOf(plain, mentions) ?? (asked ? bareCode(text) : undefined))?.value
}

/** Every state that is named and not denied, wherever it belongs. */
export function statesIn(text: string): Mention[] {
  const plain = plainText(text)
  const names = matchesIn(plain, STATE_NAME).map((match) => mentionAt(match.index, match[0], NAMES.get(match[0])!))
  const trimmed = partRead(text).replace(/\s+/g, ' ').trim()
  const codes = matchesIn(trimmed, CODE).map((match) => {
    const code = (match[1] ?? match[2])!
    return mentionAt(match.index, match[0], STATES[code]!)
  })
  return [...names, ...codes].filter(({ from }) => !isDenied(plain, from)).sort((one, other) => one.from - other.from)
}

function mentionAt(from: number, words: string, value: string): Mention {
  return { value, from, to: from + words.length }
}

/** A text may name two: "I live in Ohio, but the house is in Florida". */
function isOfProperty(before: string): boolean {
  const clause =
    before
      .split(/[.;!?]|, (?:but|and|pero|y) | but | pero | (?:and|y) (?=i\b|i'm|we\b|we're|it's|the\b|la\b|quiero)/)
      .at(-1) ?? ''
  return (OF_THE_PROPERTY.test(clause) && !OF_THE_CALLER.test(clause)) || IN_ITS_PLACE.test(before.slice(-60))
}

/** "TX." as the whole answer; "OK", "hi" and "oh" are said for other reasons. */
function bareCode(text: string): Mention | undefined {
  const code = text.trim().replace(/\W+$/, '').toUpperCase()
  if (/^(?:OK|HI|OH|IN|OR|ME|MA|PA|LA|DE)$/.test(code)) return undefined
  const value = STATES[code]
  return value ? mentionAt(0, code, value) : undefined
}
