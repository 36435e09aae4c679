import { describe, expect, it } from 'vitest'
import { languageAskedFor } from '../../../src/pipeline/language/asked-for.ts'

describe('a language asked for in words', () => {
  it.each([
    ['es', 'Do you speak Spanish?'],
    ['es', 'spanish please'],
    ['es', 'is there somebody there who speaks spanish'],
    ['es', 'Hola, ¿español?'],
    ['es', '¿hay alguien que me atienda en español?'],
    ['fr', 'est-ce que quelqu’un parle français'],
    ['de', 'Können Sie Deutsch?'],
    ['it', 'in italiano per favore'],
    ['pt', 'vocês falam português'],
    ['vi', 'cho tôi nói chuyện bằng tiếng Việt'],
    ['tl', 'may nagsasalita po ba ng tagalog'],
    ['pl', 'czy ktoś u państwa mówi po polsku'],
    ['ht', 'èske gen moun ki pale kreyòl'],
    ['zh', '有人会说中文吗'],
    ['ko', '한국말 하시는 분 부탁드려요'],
    ['ru', 'по-русски, пожалуйста'],
    ['ar', 'هل تتكلم العربية؟'],
    ['hi', 'do you have anyone speaking hindi'],
    ['en', 'can we go back to english please'],
    ['en', 'English, please.'],
  ])('hears that %s is wanted: %s', (language, text) => {
    expect(languageAskedFor(text)).toBe(language)
  })

  it.each([
    ['es', 'no hablo inglés'],
    ['fr', 'je ne parle pas bien anglais'],
    ['ht', 'mwen pa pale angle'],
    ['es', "I don't speak English, Spanish please"],
  ])('takes "no English" in %s for a wish to speak it: %s', (language, text) => {
    expect(languageAskedFor(text)).toBe(language)
  })

  it.each([
    'my spanish teacher gave me your number',
    'it is a spanish style house with french doors',
    'I took French in school',
    "I don't speak Spanish",
    'my husband speaks polish with his mother',
    'the kitchen has italian tile, german appliances and a chinese rug',
    'hindi po, wala pa',
    'say it in plain english please',
    'my name is German Rodriguez',
    'we are learning korean',
  ])('does not take talk of a language for a wish: %s', (text) => {
    expect(languageAskedFor(text)).toBeUndefined()
  })
})
