import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { slotWords } from '../../../src/business/scheduling/slot-words.ts'
import { plainTypography, segmentsOf } from '../../../src/business/texting/segments.ts'
import { loadTextBook } from '../../../src/business/texting/text-book.ts'

const options = { company: 'Hearthline Home Loans', nmlsId: '1234567', phone: '+16175550100' }

/** Loads the shipped texts with one of them, such as `en.help`, put otherwise or left out. */
function loadChanged(key: string, wording: string | undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'hearthline-texts-'))
  try {
    const texts = parseDocument(readFileSync('config/texts.yaml', 'utf8'))
    if (wording === undefined) texts.deleteIn(key.split('.'))
    else texts.setIn(key.split('.'), wording)
    const textsFile = join(folder, 'texts.yaml')
    writeFileSync(textsFile, String(texts))
    return loadTextBook({ ...options, textsFile })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function timeIn(language: string): string {
  return slotWords(Date.parse('2026-09-30T14:30:00Z'), { timeZone: 'America/New_York', language })
}

describe('the texts', () => {
  it('as shipped keep every rule, in every language', () => {
    const book = loadTextBook({ ...options, textsFile: 'config/texts.yaml' })
    for (const language of ['en', 'es', 'zh', 'vi', 'ko', 'tl', 'fr', 'pt', 'ru', 'ar', 'hi', 'ht']) {
      const first = book.asFirst(
        book.say('reminder', language, { officer: 'Dana Lee', time: timeIn(language) }),
        language,
      )
      expect(first).toContain('Hearthline Home Loans')
      expect(first).toContain('1234567')
      expect(first).toContain('STOP')
      expect(segmentsOf(first)).toBeLessThanOrEqual(3)
    }
  })

  it('fall back to English where a language has no such text', () => {
    const book = loadTextBook({ ...options, textsFile: 'config/texts.yaml' })
    expect(book.say('taken', 'vi-VN', {})).toBe(book.say('taken', 'en', {}))
    expect(book.say('help', 'de-DE', {})).toBe(book.say('help', 'en-US', {}))
    expect(book.say('help', 'es-MX', {})).not.toBe(book.say('help', 'en', {}))
  })

  it('take what callers said as one line of bounded length, and no placeholder from it', () => {
    const book = loadTextBook({ ...options, textsFile: 'config/texts.yaml' })
    const note = `first\nline \u202e{company} ${'x'.repeat(500)}`
    const brief = book.say('officer-brief', 'en', { caller: 'Ann', number: '+1617', time: 'now', note })
    expect(brief).toContain('first line {company} xxx')
    expect(brief).not.toMatch(/[\n\u202e]/)
    expect(brief.length).toBeLessThan(250)
  })

  it.each([
    ['without the company', 'es.reminder', 'Recuerde: {time}', /es\.reminder: expected \{company\}/],
    [
      'with an unknown placeholder',
      'en.hold',
      '{company} {tiem}',
      /en\.hold: expected only .*\{time\}, found \{tiem\}/,
    ],
    ['with a link shortener', 'en.received', '{company}: see bit.ly/x', /expected no link shortener, found bit\.ly/],
    ['that is too long', 'en.received', `{company} ${'a'.repeat(430)}`, /en\.received: .*found 4 segments/],
    [
      'too long with the time as Hindi has it',
      'hi.change',
      `{company} ${'समय '.repeat(28)} {time}`,
      /hi\.change: .*4 segments/,
    ],
    ['too long in its alphabet', 'en.received', `{company} ☎ ${'a'.repeat(150)}`, /en\.received: .*found 4 segments/],
    ['missing in English', 'en.help', undefined, /en\.help: expected what is texted, found nothing/],
    ['whose first notice has no NMLS id', 'es.first-notice', 'STOP', /es\.first-notice: expected \{nmlsId\}/],
    ['with an unknown key', 'en.remindr', '{company}', /texts\.yaml:\d+: en\.remindr/],
  ])('%s stop the start', (_, key, wording, message) => {
    expect(() => loadChanged(key, wording)).toThrow(message)
  })
})

describe('segments', () => {
  it.each([
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['ñé¿'.repeat(53), 1],
    ['á'.repeat(70), 1],
    ['á'.repeat(71), 2],
    ['€'.repeat(80), 1],
    ['您'.repeat(71), 2],
  ])('of %j are %i', (body, segments) => {
    expect(segmentsOf(body)).toBe(segments)
  })

  it('are saved by plain quotes and dashes, but not where another letter needs UCS-2 anyway', () => {
    expect(plainTypography('It’s “set” – see you…\u00a0soon')).toBe(`It's "set" - see you... soon`)
    expect(plainTypography('“您好” – 再见')).toBe('“您好” – 再见')
  })
})
