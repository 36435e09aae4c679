import { z } from 'zod'
import type { PhraseKey } from '../call/phrases.ts'
import { fillPlaceholders } from '../config/instructions.ts'
import { outboundSchema } from '../config/outbound-schema.ts'
import { Problems } from '../config/problems.ts'
import { readYamlFile } from '../config/yaml-file.ts'
import { languageOf } from '../lib/language-tag.ts'
import { NOTICES } from './opening-notices.ts'

/** What is said for each phrase, placeholders filled in. */
export type Wording = Readonly<Record<PhraseKey, string>>

export interface WordingOptions {
  /** Path of the YAML file. */
  readonly wordingFile: string
  /** As it is to be spoken. */
  readonly company: string
  readonly agentName: string
  /** E.164 of where calls are stopped, said on answering machines. */
  readonly tollFreeNumber?: string
  /** Tags such as `en` or `en-US`, of which the language counts; without them every language of the file. */
  readonly languages?: readonly string[]
}

const text = z.string({ error: 'what is said' }).trim().min(1)

const languageSchema = z.strictObject({
  opening: text,
  'one-moment': text,
  'still-working': text,
  'lost-you': text,
  'are-you-there': text,
  'still-there': text,
  'silence-goodbye': text,
  goodbye: text,
  'long-call': text,
  'too-long-goodbye': text,
  'recording-off': text,
  'get-someone': text,
  connecting: text,
  reaching: text,
  'still-reaching': text,
  'officer-here': text,
  'nobody-free': text,
  'no-rates': text,
  'no-eligibility': text,
  'no-such-question': text,
  'no-referral': text,
  'my-language': text,
  'offer-person': text,
  'offer-message': text,
  'prove-person': text,
  challenge: text,
  'calling-reminder': text,
  'calling-back': text,
  'calling-follow-up': text,
  'voicemail-reminder': text,
  'voicemail-call-back': text,
  'voicemail-follow-up': text,
  'opted-out': text,
  'no-contact': text,
  'called-goodbye': text,
  'called-too-long': text,
} satisfies Record<PhraseKey, typeof text>)

const fileSchema = z.record(z.string().regex(/^[a-z]{2,3}$/, { error: 'a language such as en' }), languageSchema)

/** The first words of calls: what the law asks for stands in them. */
const OPENINGS = ['opening', 'calling-reminder', 'calling-back', 'calling-follow-up'] as const

/** Stands for the number in what is rendered for nobody yet. */
const TOLL_FREE = outboundSchema.shape.tollFreeNumber.parse(undefined)

/** Every phrase there is. */
export const PHRASE_KEYS: readonly PhraseKey[] = languageSchema.keyof().options

/**
 * Reads the fixed wording, by language (`en`, `es`).
 * @throws HearthlineError `bad_config` that lists every fault with file, line and key: incomplete wording, an unknown
 * key or placeholder, a language that is missing, an opening without company, AI or recording notice.
 */
export function loadWording(options: WordingOptions): ReadonlyMap<string, Wording> {
  const problems = new Problems()
  const file = readYamlFile(options.wordingFile, fileSchema, problems) ?? {}
  if (problems.any) throw problems.toError()
  const wordings = new Map<string, Wording>()
  for (const language of options.languages?.map(languageOf) ?? Object.keys(file)) {
    const wording = file[language]
    if (wording) wordings.set(language, fillIn(wording, { language, options, problems }))
    else {
      const toDo = 'Add the language, or correct company.languages in company.yaml, where it is named.'
      addProblem(options, problems, language, { expected: 'its phrases', found: 'nothing', toDo })
    }
  }
  if (problems.any) throw problems.toError()
  return wordings
}

interface Check {
  readonly language: string
  readonly options: WordingOptions
  readonly problems: Problems
}

function fillIn(wording: Wording, check: Check): Wording {
  const { company, agentName: name, tollFreeNumber = TOLL_FREE } = check.options
  const values = { company, name, tollFree: spelledOut(tollFreeNumber) }
  const filled = { ...wording }
  for (const key of PHRASE_KEYS) {
    const { filled: said, unknown } = fillPlaceholders(wording[key], values)
    filled[key] = said
    if (unknown.length === 0) continue
    const problem = {
      expected: 'only {company}, {name}, {tollFree}',
      found: unknown.join(', '),
      toDo: 'Correct its name.',
    }
    addProblem(check.options, check.problems, `${check.language}.${key}`, problem)
  }
  for (const key of OPENINGS) checkNotices(key, filled[key], check)
  return filled
}

/** Digit by digit, as a number is dictated; every voice says digits in its own language. */
function spelledOut(number: string): string {
  const [, area = '', exchange = '', line = ''] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number) ?? ['', '', '', number]
  return [area, exchange, line].map((part) => [...part].join(' ')).join(', ')
}

function checkNotices(key: PhraseKey, opening: string, { language, options, problems }: Check): void {
  const notices = NOTICES[language]
  if (!notices) {
    const expected = Object.keys(NOTICES).join(' or ')
    const toDo = 'Add the words of its notices to src/business/opening-notices.ts.'
    addProblem(options, problems, language, { expected, found: language, toDo })
    return
  }
  const demand = (said: boolean, expected: string) => {
    if (said) return
    const problem = { expected, found: JSON.stringify(opening), toDo: 'Say it: the law asks for it.' }
    addProblem(options, problems, `${language}.${key}`, problem)
  }
  const composed = opening.normalize('NFC')
  demand(opening.includes(options.company), 'the name of the company ({company})')
  demand(notices.ai.test(composed), 'words that say it is an AI')
  demand(notices.recording.test(composed), 'words that say the call may be recorded')
}

function addProblem(
  { wordingFile }: WordingOptions,
  problems: Problems,
  key: string,
  problem: { expected: string; found: string; toDo: string },
): void {
  problems.add(`${wordingFile}: ${key}`, problem)
}
