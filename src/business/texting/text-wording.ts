import { z } from 'zod'
import { fillPlaceholders } from '../../config/instructions.ts'
import { Problems } from '../../config/problems.ts'
import { readYamlFile } from '../../config/yaml-file.ts'
import { languageOf } from '../../lib/language-tag.ts'
import { slotWords } from '../scheduling/slot-words.ts'
import { plainTypography, segmentsOf } from './segments.ts'

/** What each text may be filled with, besides the company, its NMLS id and its number. */
const VALUES_OF = {
  'first-notice': [],
  confirmation: ['officer', 'time'],
  change: ['officer', 'time'],
  cancellation: ['time'],
  reminder: ['officer', 'time'],
  'missed-call': [],
  hold: ['time'],
  'offer-two': ['first', 'second'],
  'offer-one': ['first'],
  'no-time': [],
  'ask-time': [],
  booked: ['time'],
  confirmed: ['time'],
  taken: [],
  'taken-one': ['first'],
  'taken-two': ['first', 'second'],
  'let-go': [],
  received: [],
  stopped: [],
  help: [],
  started: [],
  'transfer-brief': ['number', 'note'],
  'officer-brief': ['caller', 'number', 'time', 'note'],
  'officer-message': ['caller', 'number', 'time', 'note'],
  'officer-message-urgent': ['caller', 'number', 'time', 'note'],
} as const satisfies Record<string, readonly ValueName[]>

export type TextKey = keyof typeof VALUES_OF

/** What a text of that key has to be filled with. */
export type TextValues<Key extends TextKey> = Readonly<Record<(typeof VALUES_OF)[Key][number], string>>

/** The wording of one language; undefined: it is sent in English. */
export type TextWording = Readonly<Partial<Record<TextKey, string>>>

export interface TextWordingOptions {
  /** Path of the YAML file. */
  readonly textsFile: string
  readonly company: string
  readonly nmlsId: string
  /** As it is shown: the number the texts come from. */
  readonly phone: string
}

type ValueName = keyof ReturnType<typeof usualValues>

/** As long as they usually are, times in words of the language: a text is measured with these. */
function usualValues(language: string) {
  const time = slotWords(A_LONG_TIME, { timeZone: 'America/New_York', language })
  return {
    officer: 'Christopher Anderson',
    time,
    first: time,
    second: time,
    caller: 'Christopher Anderson',
    number: '+16175550100',
    note: 'First purchase in Texas, about 400,000, pre-approval wanted, asks about closing in December.',
  }
}

/** Wednesday, September 30 at 10:30 AM Eastern. */
const A_LONG_TIME = Date.parse('2026-09-30T14:30:00Z')

const MOST_SEGMENTS = 3

/** Carriers filter what hides where it leads (RELIABILITY C10). */
const SHORTENER =
  /\b(bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd|buff\.ly|rebrand\.ly|cutt\.ly|shorturl\.at|tiny\.cc|rb\.gy|tiny\.one|t\.ly)\b/i

/** Words a text may not be without, whatever its language (RELIABILITY C10, C16). */
const MUST_SAY: Readonly<Partial<Record<TextKey, readonly string[]>>> = {
  'first-notice': ['{nmlsId}', 'STOP'],
  help: ['{phone}', 'STOP'],
  started: ['STOP'],
}

const TEXT_KEYS = Object.keys(VALUES_OF) as TextKey[]

const text = z.string({ error: 'what is texted' }).trim().min(1)
const languageSchema = z.partialRecord(z.enum(TEXT_KEYS), text)
const fileSchema = z.record(z.string().regex(/^[a-z]{2,3}$/, { error: 'a language such as en' }), languageSchema)

/**
 * Reads what is texted, by language (`en`, `es`); `{company}` and the like are filled in, what a text is about is not.
 * @throws HearthlineError `bad_config` that lists every fault with file and key.
 */
export function loadTextWording(options: TextWordingOptions): ReadonlyMap<string, TextWording> {
  const problems = new Problems()
  const file = readYamlFile(options.textsFile, fileSchema, problems) ?? {}
  if (problems.any) throw problems.toError()
  const report: Report = (key, expected, found, toDo) =>
    problems.add(`${options.textsFile}: ${key}`, { expected, found, toDo })
  const wordings = Object.entries(file).map(([tag, wording]) => {
    const language = languageOf(tag)
    return [language, fillIn(wording, { language, options, report })] as const
  })
  for (const key of TEXT_KEYS) if (!file.en?.[key]) report(`en.${key}`, 'what is texted', 'nothing', 'Add it.')
  if (problems.any) throw problems.toError()
  return new Map(wordings)
}

type Report = (key: string, expected: string, found: string, toDo: string) => void

interface Check {
  readonly language: string
  readonly options: TextWordingOptions
  readonly report: Report
}

function fillIn(wording: TextWording, check: Check): TextWording {
  const { company, nmlsId, phone } = check.options
  const filled: Partial<Record<TextKey, string>> = {}
  for (const key of TEXT_KEYS) {
    const template = wording[key]
    if (template === undefined) continue
    checkWords(key, template, check)
    const itself = Object.fromEntries(VALUES_OF[key].map((name) => [name, `{${name}}`]))
    const known = fillPlaceholders(plainTypography(template), { company, nmlsId, phone, ...itself })
    for (const unknown of known.unknown) {
      check.report(`${check.language}.${key}`, expectedOf(key), unknown, 'Correct its name.')
    }
    filled[key] = known.filled
  }
  for (const key of TEXT_KEYS) checkLength(key, filled, check)
  return filled
}

function checkWords(key: TextKey, template: string, { language, report }: Check): void {
  const where = `${language}.${key}`
  const mustSay = MUST_SAY[key] ?? []
  for (const word of key === 'first-notice' ? mustSay : ['{company}', ...mustSay]) {
    if (!template.includes(word)) report(where, word, JSON.stringify(template), 'Say it: whoever reads it must know.')
  }
  const [shortener] = SHORTENER.exec(template) ?? []
  if (shortener) report(where, 'no link shortener', shortener, 'Write the whole address: carriers filter these.')
}

function checkLength(key: TextKey, wording: TextWording, { language, report }: Check): void {
  const template = wording[key]
  if (template === undefined || key === 'first-notice') return
  const usual = fillPlaceholders(template, usualValues(language)).filled
  const segments = segmentsOf(plainTypography(`${usual} ${wording['first-notice'] ?? ''}`.trim()))
  if (segments <= MOST_SEGMENTS) return
  const expected = `a text of usually ${MOST_SEGMENTS} segments at most, the first notice included`
  report(`${language}.${key}`, expected, `${segments} segments`, 'Shorten it, or see its alphabet.')
}

function expectedOf(key: TextKey): string {
  return `only {${['company', 'nmlsId', 'phone', ...VALUES_OF[key]].join('}, {')}}`
}
