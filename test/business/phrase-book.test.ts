import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decodeAudio, durationMs } from '../../src/audio/encoded-audio.ts'
import { rmsOf } from '../../src/audio/mulaw.ts'
import { loadPhraseBook, type PhraseBookOptions } from '../../src/business/phrase-book.ts'
import { openVoiceClips } from '../../src/business/phrase-clips.ts'
import { loadWording, PHRASE_KEYS } from '../../src/business/phrase-wording.ts'

const SHIPPED_WORDING = new URL('../../config/phrases.yaml', import.meta.url).pathname
const SHIPPED_CLIPS = new URL('../../config/phrases', import.meta.url).pathname
const LANGUAGES = ['en', 'es', 'zh', 'vi', 'ko', 'tl', 'fr', 'pt', 'ru', 'ar', 'hi', 'ht'] as const
const COMPANY = { company: 'Hearthline Home Loans', agentName: 'Clara' }

let folder: string
let wordingFile: string
let clipsDir: string
let logged: { level: number; msg: string; phrases?: string[] }[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phrases-'))
  wordingFile = join(folder, 'phrases.yaml')
  clipsDir = join(folder, 'clips')
  cpSync(SHIPPED_WORDING, wordingFile)
  // Of the clips only two languages: they are heavy.
  for (const part of ['manifest.json', 'en', 'es']) {
    cpSync(join(SHIPPED_CLIPS, 'rehearsal', part), join(clipsDir, 'rehearsal', part), { recursive: true })
  }
  logged = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the shipped phrases', () => {
  it('are rendered in the rehearsal voice, in every language, as the wording now stands', async () => {
    const book = await load({ clipsDir: SHIPPED_CLIPS, languages: LANGUAGES })
    for (const language of LANGUAGES) {
      for (const key of PHRASE_KEYS) expect(book.phrase(key, language).text).toBe(wordingOf(language)[key])
    }
    expect(logged).toEqual([])
  })

  it('open as the law asks, and say the fixed wording of the failures', async () => {
    const book = await load()
    expect(book.phrase('opening', 'en').text).toContain(
      "Thanks for calling Hearthline Home Loans. I'm Clara, an AI assistant. This call may be recorded. Say 'person' any time.",
    )
    expect(book.phrase('lost-you', 'en').text).toBe('Sorry, I lost you for a second.')
    expect(book.phrase('one-moment', 'en').text).toBe('One moment, please.')
    expect(book.phrase('get-someone', 'en').text).toBe("I'm having trouble; let me get someone.")
    expect(book.phrase('recording-off', 'en').text).toBe('Understood, recording is off.')
    expect(book.phrase('no-eligibility', 'en').text).toBe(
      "I can't decide that. Anyone may apply; a licensed loan officer can review your situation.",
    )
  })

  it.each([
    ['en', "'person'"],
    ['es', "'persona'"],
    ['zh', '“人工”'],
    ['vi', "'nhân viên'"],
    ['ko', "'상담원'"],
    ['tl', "'tao'"],
    ['fr', '« une personne »'],
    ['pt', "'pessoa'"],
    ['ru', '«человек»'],
    ['ar', "'موظف'"],
    ['hi', "'इंसान'"],
    ['ht', "'yon moun'"],
  ])('offer a person in the opening and near the end: in "%s" by the word %s', (language, word) => {
    expect(wordingOf(language).opening).toContain(word)
    expect(wordingOf(language)['long-call']).toContain(word)
  })

  it('are alike in loudness and begin at once', async () => {
    const book = await load({ clipsDir: SHIPPED_CLIPS, languages: LANGUAGES })
    for (const language of LANGUAGES) {
      for (const key of PHRASE_KEYS) {
        const mulaw = decodeAudio(book.phrase(key, language).audio)
        const loudnessDb = 20 * Math.log10(rmsOf(mulaw))
        expect(loudnessDb, `${language}/${key}`).toBeGreaterThan(-23)
        expect(loudnessDb, `${language}/${key}`).toBeLessThan(-19)
        expect(rmsOf(mulaw.subarray(0, 100 * 8)), `${language}/${key} starts silent`).toBeGreaterThan(0.001)
      }
    }
  })
})

describe('choosing a language', () => {
  it('takes the language of a tag, and the default for one that is not loaded', async () => {
    const book = await load({ languages: ['en-US', 'es-US'] })
    expect(book.phrase('one-moment', 'es-MX').text).toBe('Un momento, por favor.')
    expect(book.phrase('one-moment', 'ES').text).toBe('Un momento, por favor.')
    expect(book.phrase('one-moment', 'fr').text).toBe('One moment, please.')
  })

  it('refuses a configured language that has no phrases', () => {
    expect(() => loadWording({ wordingFile, ...COMPANY, languages: ['en', 'de'] })).toThrow(
      /phrases\.yaml: de: expected/,
    )
  })
})

describe('choosing a voice', () => {
  it('speaks with the configured voice where it has the words', async () => {
    await render('marin', 'one-moment', 'One moment, please.')
    const phrase = (await load({ voice: 'marin' })).phrase('one-moment', 'en')
    expect(durationMs(phrase.audio)).toBe(100)
    expect(decodeAudio(phrase.audio).every((byte) => byte === 0x2a)).toBe(true)
  })

  it('borrows the rehearsal voice for the others, and warns once, naming them and the command', async () => {
    await render('marin', 'one-moment', 'One moment, please.')
    await load({ voice: 'marin' })
    expect(logged).toEqual([
      expect.objectContaining({ level: 40, msg: expect.stringContaining('npm run render-phrases') }),
    ])
    expect(logged[0]!.phrases).toHaveLength(PHRASE_KEYS.length - 1)
    expect(logged[0]!.phrases).not.toContain('en/one-moment')
  })

  it('does not play a clip for words it was not rendered from', async () => {
    await render('marin', 'one-moment', 'Just a moment.')
    const phrase = (await load({ voice: 'marin' })).phrase('one-moment', 'en')
    expect(durationMs(phrase.audio)).not.toBe(100)
  })

  it('stops when no voice has the words, naming file, phrase and command', async () => {
    change('One moment, please.', 'Bear with me.')
    await expect(load({ voice: 'marin' })).rejects.toMatchObject({
      code: 'phrase_not_rendered',
      message: expect.stringMatching(/en\.one-moment of .*phrases\.yaml.*Bear with me\..*npm run render-phrases/),
    })
  })

  it('stops when the company has another name than was rendered', async () => {
    await expect(load({ company: 'Acme Mortgage' })).rejects.toMatchObject({ code: 'phrase_not_rendered' })
  })

  it('stops at a clip that is missing or no telephone audio, naming it', async () => {
    const clip = join(clipsDir, 'rehearsal/en/goodbye.wav')
    writeFileSync(clip, 'not audio')
    const unreadable = { code: 'phrase_clip_unreadable', message: expect.stringContaining('goodbye.wav') }
    await expect(load()).rejects.toMatchObject(unreadable)
    rmSync(clip)
    await expect(load()).rejects.toMatchObject(unreadable)
  })
})

describe('what an opening must say', () => {
  it.each([
    ['the company', 'Thanks for calling {company}.', 'Thanks for calling us.', 'the name of the company'],
    ['that it is an AI', 'an AI assistant', 'your aid', 'it is an AI'],
    ['that the call may be recorded', 'This call may be recorded.', '', 'may be recorded'],
  ])('is %s', (_, words, instead, missing) => {
    change(words, instead)
    expect(() => loadWording({ wordingFile, ...COMPANY })).toThrow(
      expect.objectContaining({
        code: 'bad_config',
        message: expect.stringMatching(`en\\.opening: expected .*${missing}`),
      }),
    )
  })

  it.each([
    ['es', 'Esta llamada puede ser grabada.', '', 'may be recorded'],
    ['es', 'una asistente de inteligencia artificial', 'su asistente', 'it is an AI'],
    ['zh', '本次通话可能会被录音。', '', 'may be recorded'],
    ['zh', '人工智能助手', '您的助手', 'it is an AI'],
    ['vi', 'Cuộc gọi này có thể được ghi âm.', '', 'may be recorded'],
    ['vi', 'trợ lý trí tuệ nhân tạo', 'trợ lý', 'it is an AI'],
    ['ko', '이 통화는 녹음될 수 있습니다.', '', 'may be recorded'],
    ['ko', '인공지능 도우미', '도우미', 'it is an AI'],
    ['tl', 'Maaaring i-record ang tawag na ito.', '', 'may be recorded'],
    ['tl', 'isang AI assistant', 'ang assistant', 'it is an AI'],
    ['fr', 'Cet appel peut être enregistré.', '', 'may be recorded'],
    ['fr', 'une assistante à intelligence artificielle', 'votre assistante', 'it is an AI'],
    ['pt', 'Esta ligação pode ser gravada.', '', 'may be recorded'],
    ['pt', 'uma assistente de inteligência artificial', 'a assistente', 'it is an AI'],
    ['ru', 'Разговор может быть записан.', '', 'may be recorded'],
    ['ru', 'помощник на основе искусственного интеллекта', 'ваш помощник', 'it is an AI'],
    ['ar', 'قد يتم تسجيل هذه المكالمة.', '', 'may be recorded'],
    ['ar', 'مساعدة تعمل بالذكاء الاصطناعي', 'مساعدة', 'it is an AI'],
    ['hi', 'यह कॉल रिकॉर्ड की जा सकती है।', '', 'may be recorded'],
    ['hi', 'एक एआई सहायक', 'एक सहायक', 'it is an AI'],
    ['ht', 'Yo ka anrejistre apèl sa a.', '', 'may be recorded'],
    ['ht', 'yon asistan entèlijans atifisyèl', 'asistan ou', 'it is an AI'],
  ])('is the same in "%s": without "%s" it is refused', (language, words, instead, missing) => {
    change(words, instead)
    const refusal = new RegExp(`${language}\\.opening: expected .*${missing}`)
    expect(() => loadWording({ wordingFile, ...COMPANY })).toThrow(refusal)
  })

  it('is not said by a word that only looks like it', () => {
    // In Vietnamese "ai" is "who", and whoever makes an appointment in Russian "writes themselves down".
    change('trợ lý trí tuệ nhân tạo', 'và ai gọi tôi cũng giúp')
    change('Разговор может быть записан.', 'Вы можете записаться на приём.')
    const refusal = /vi\.opening: expected .*it is an AI[\s\S]*ru\.opening: expected .*may be recorded/
    expect(() => loadWording({ wordingFile, ...COMPANY })).toThrow(refusal)
  })

  it('may be more than that', () => {
    change('How can I help you?', 'NMLS 12345. Para español, diga español.')
    expect(loadWording({ wordingFile, ...COMPANY }).get('en')!.opening).toMatch(/NMLS 12345/)
  })

  it('cannot be judged in a language nobody gave the words of', () => {
    writeFileSync(wordingFile, readFileSync(wordingFile, 'utf8').replace('\nes:', '\nde:'))
    expect(() => loadWording({ wordingFile, ...COMPANY })).toThrow(/de: expected en or es or zh/)
  })
})

describe('a mistake in the file', () => {
  it.each([
    ['a phrase that is missing', '  goodbye: Thank you for calling {company}. Goodbye.\n', '', /en\.goodbye/],
    ['a phrase that does not exist', '  goodbye: Thank', '  good-bye: Thank', /good-bye/],
    [
      'an unknown placeholder',
      'Thanks for calling {company}',
      'Thanks for calling {company}, {compnay}',
      /\{compnay\}/,
    ],
    ['an empty phrase', 'goodbye: Thank you for calling {company}. Goodbye.', 'goodbye: ""', /en\.goodbye/],
  ])('is named: %s', (_, words, instead, message) => {
    change(words, instead)
    expect(() => loadWording({ wordingFile, ...COMPANY })).toThrow(expect.objectContaining({ code: 'bad_config' }))
    expect(() => loadWording({ wordingFile, ...COMPANY })).toThrow(message)
  })
})

function load(more: Partial<PhraseBookOptions> = {}) {
  const log = pino({ level: 'info' }, { write: (line: string) => logged.push(JSON.parse(line)) })
  return loadPhraseBook({ wordingFile, clipsDir, voice: 'rehearsal', ...COMPANY, languages: ['en'], log, ...more })
}

function wordingOf(language: string) {
  return loadWording({ wordingFile, ...COMPANY }).get(language)!
}

function change(words: string, instead: string): void {
  const text = readFileSync(wordingFile, 'utf8')
  expect(text).toContain(words)
  writeFileSync(wordingFile, text.replace(words, instead))
}

/** 100 ms of a sound that is like no other. */
async function render(voice: string, key: 'one-moment', text: string): Promise<void> {
  const clips = await openVoiceClips(clipsDir, voice)
  await clips.write('en', key, text, Buffer.alloc(800, 0x2a))
}
