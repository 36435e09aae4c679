import type { PrivateSpan } from './private-span.ts'
import { between, type Token } from './tokens.ts'
import type { Utterance } from './utterance.ts'

/** E-mail addresses, written ("kim@example.com"), spoken ("kim dot lee at example dot com") and what recognisers make of them. */

const LOCAL_LETTER = /[\p{L}\p{N}._%+'-]/u
const DOMAIN = /[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/uy

/** People have their mail there: no other sign of an address is needed. */
const MAIL_PROVIDERS = new Set(
  'gmail googlemail yahoo hotmail outlook icloud aol comcast msn live protonmail proton verizon att sbcglobal ymail me mac cox charter bellsouth earthlink roadrunner gmx naver qq hanmail yandex orange'.split(
    ' ',
  ),
)
/** Of these the names mean nothing but mail, so that their ending may be left out. */
const MAIL_ONLY = new Set(['gmail', 'googlemail', 'hotmail', 'yahoo', 'icloud', 'protonmail', 'ymail'])
const ENDINGS = new Set(
  'com net org edu gov co us uk ca io me info biz mx es fr de it br ru cn kr vn ph in ht law bank mortgage'.split(' '),
)
const AT = new Set(['at', 'arroba', 'arobase'])
const DOTS = new Set(['dot', 'punto', 'point', 'ponto', 'period'])
const SIGNS = new Set([
  ...DOTS,
  ...'underscore dash hyphen minus plus score under guion bajo subrayado number'.split(' '),
])
/** Where a spoken address cannot begin or go on to the left. */
const STOPS = new Set(
  (
    'is it its email mail address to at me my that use send reach the an and or me on through via try yes yeah sure ok okay ' +
    'so um uh well hi hello es el la mi correo por en would be confirmation for with from this mine think please thanks thank ' +
    'have got want here just spelled can you we work live am was contact write forward copy back our your account statement statements ' +
    'documents them great perfect then now will need like'
  ).split(' '),
)
const SPELLING = new Set(['as', 'in', 'like', 'for', 'de', 'como', 'capital', 'lowercase', 'letter'])
const LONGEST_LOCAL = 24
const PLAIN_LOCAL = 4

/** Fewer letters by themselves are words or initials. */
const FEWEST_LETTERS = 3

export function emailsIn(said: Utterance): PrivateSpan[] {
  const isExpected = said.question.kinds.includes('EMAIL')
  const written = writtenIn(said.text)
  const spoken = said.tokens.flatMap((token, at) =>
    AT.has(token.word) ? spokenAround(said, at, isExpected || said.cues.some(({ kind }) => kind === 'EMAIL')) : [],
  )
  const begun = isExpected && written.length + spoken.length === 0 ? beginningIn(said) : []
  return [...written, ...spoken, ...begun]
}

function writtenIn(text: string): PrivateSpan[] {
  const spans: PrivateSpan[] = []
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at
    // "kim @ example.com"
    if (text[start - 1] === ' ') start -= 1
    const end = start
    while (start > 0 && at - start < 64 && LOCAL_LETTER.test(text[start - 1]!)) start -= 1
    DOMAIN.lastIndex = text[at + 1] === ' ' ? at + 2 : at + 1
    const domain = DOMAIN.exec(text.slice(0, at + 256))
    if (start < end && domain && /\.\p{L}{2,}$/u.test(domain[0])) {
      spans.push({ start, end: domain.index + domain[0].length, kind: 'EMAIL' })
    }
  }
  return spans
}

function spokenAround(said: Utterance, at: number, isExpected: boolean): PrivateSpan[] {
  const domain = domainAfter(said, at + 1)
  if (!domain) return []
  const from = startOfLocal(said, at)
  const local = said.tokens.slice(from, at)
  if (!isExpected && !domain.isProvider && !isAddressLike(local)) return []
  if (local.length === 0 && !isExpected) return []
  return [{ start: said.tokens[from]!.start, end: said.tokens[domain.to - 1]!.end, kind: 'EMAIL' }]
}

/** "gmail dot com", "gmail.com", "first bank dot co dot uk"; a provider may stand without its ending. */
function domainAfter({ text, tokens }: Utterance, from: number): { to: number; isProvider: boolean } | undefined {
  let ending: number | undefined
  let at = from
  for (; at < tokens.length && at - from < 14; at += 1) {
    if (AT.has(tokens[at]!.word) || between(text, tokens[at - 1], tokens[at]).includes('@')) return undefined
    const dotted = DOTS.has(tokens[at]!.word) || between(text, tokens[at - 1], tokens[at]) === '.'
    const word = DOTS.has(tokens[at]!.word) ? at + 1 : at
    if (at > from && dotted && ENDINGS.has(tokens[word]?.word ?? '')) {
      ending = word + 1
      at = word
    } else if (ending !== undefined || /[,;:!?\n]|\.\s/.test(between(text, tokens[at], tokens[at + 1]))) break
  }
  const isProvider = tokens.slice(from, ending ?? from + 1).some(({ word }) => MAIL_PROVIDERS.has(word))
  if (ending !== undefined) return { to: ending, isProvider }
  return MAIL_ONLY.has(tokens[from]?.word ?? '') ? { to: from + 1, isProvider } : undefined
}

/** To the left as far as the words may be of the address. */
function startOfLocal({ text, tokens }: Utterance, at: number): number {
  let from = at
  let plain = 0
  while (from > 0 && at - from < LONGEST_LOCAL) {
    const token = tokens[from - 1]!
    const gap = between(text, token, tokens[from])
    const isLetter = token.word.length === 1 && !token.isDigits
    const isSpelling = SPELLING.has(token.word) && tokens[from - 2] !== undefined && from < at
    if (/,/.test(gap) && isPlain(token) && (isPlain(tokens[from]!) || MAIL_PROVIDERS.has(token.word))) break
    if (/[!?;:\n]|\.\s/.test(gap) && !isLetter && !isSpelledBefore(tokens, from - 1)) break
    if (text[token.start - 1] === "'") break
    if (STOPS.has(token.word) && !isSpelling && !isNamedBySign(tokens, from, at)) break
    if (!isLetter && !isSpelling && !SIGNS.has(token.word) && !token.isDigits) plain += 1
    if (plain > PLAIN_LOCAL && !isSpelledBefore(tokens, from - 1)) break
    from -= 1
  }
  return withoutSigns(tokens, from, at)
}

/** "**the** dot kim at example dot com" */
function isNamedBySign(tokens: readonly Token[], next: number, at: number): boolean {
  return next < at && SIGNS.has(tokens[next]!.word)
}

function isPlain({ word, isDigits }: Token): boolean {
  return word.length > 1 && !isDigits && !SIGNS.has(word)
}

/** "j as in jack": the word after "as in". */
function isSpelledBefore(tokens: readonly Token[], at: number): boolean {
  return SPELLING.has(tokens[at - 1]?.word ?? '')
}

function withoutSigns(tokens: readonly Token[], from: number, to: number): number {
  let first = from
  while (first < to && (SPELLING.has(tokens[first]!.word) || DOTS.has(tokens[first]!.word))) first += 1
  return first
}

/** "kim dot lee", "kim underscore lee", "k 82": no verb stands like that before "at". */
function isAddressLike(local: readonly Token[]): boolean {
  return (
    local.some(({ word, isDigits }) => isDigits || SIGNS.has(word)) ||
    local.some(({ word }) => word.length === 1 && !/[aio]/.test(word))
  )
}

/** Letters by themselves, words with a "dot" between them, while an address is asked for: its beginning, the rest follows. */
function beginningIn({ text, tokens }: Utterance): PrivateSpan[] {
  const spans: PrivateSpan[] = []
  for (let at = 0; at < tokens.length; ) {
    const to = endOfSpelled(text, tokens, at)
    if (to - at >= FEWEST_LETTERS) spans.push({ start: tokens[at]!.start, end: tokens[to - 1]!.end, kind: 'EMAIL' })
    at = Math.max(to, at + 1)
  }
  return spans
}

/** "k i m", "kim dot lee underscore" */
function endOfSpelled(text: string, tokens: readonly Token[], from: number): number {
  let to = from
  while (to < tokens.length && (to === from || /^[\s,.-]*$/.test(between(text, tokens[to - 1], tokens[to])))) {
    const isPiece = [to - 1, to, to + 1].some((at) => at >= from && isSign(tokens[at]))
    if (tokens[to]!.word.length > 1 && !isPiece) break
    to += 1
  }
  return to
}

function isSign(token: Token | undefined): boolean {
  return token !== undefined && /^(?:dot|punto|underscore|dash|hyphen|guion)$/.test(token.word)
}
