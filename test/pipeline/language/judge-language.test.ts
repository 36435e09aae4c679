import { describe, expect, it } from 'vitest'
import { judgeLanguage } from '../../../src/pipeline/language/judge-language.ts'

describe('the language of a text', () => {
  it.each([
    ['en', 'i would like to know when my next payment is due'],
    ['es', 'señorita quería saber si ya me aprobaron el préstamo'],
    ['fr', 'je vous appelle parce que je ne peux pas payer ce mois-ci'],
    ['de', 'ich hätte gern jemanden gesprochen wegen unserer Baufinanzierung'],
    ['it', 'buongiorno volevo sapere a che punto è la pratica del mutuo'],
    ['pt', 'queria saber quando vence a minha parcela'],
    ['vi', 'tôi muốn biết khi nào phải đóng tiền nhà'],
    ['tl', 'gusto ko lang pong malaman kung natanggap ninyo yung bayad ko'],
    ['pl', 'chciałbym się dowiedzieć kiedy muszę zapłacić ratę'],
    ['ht', 'mwen ta renmen konnen kilè pou m fè peman an'],
    ['zh', '我想知道贷款批下来没有'],
    ['ko', '이번 달 상환금을 언제 내야 하나요'],
    ['ru', 'скажите когда мне платить за ипотеку'],
    ['ar', 'متى موعد الدفعة القادمة'],
    ['hi', 'मेरी अगली किस्त कब है'],
  ])('knows %s on the phone', (language, text) => {
    expect(judgeLanguage(text).language).toBe(language)
  })

  it.each([
    ['vi', 'toi muon hoi ve tien nha thang nay'],
    ['es', 'donde esta mi prestamo senorita'],
    ['pl', 'prosze mi powiedziec ile zostalo do splaty'],
    ['ht', 'eske ou ka di m konbyen kob mwen dwe'],
  ])('knows %s without its diacritics', (language, text) => {
    expect(judgeLanguage(text).language).toBe(language)
  })

  it.each([
    ['tl', 'yung application ko po for refinance ano na ang status'],
    ['es', 'quiero hacer el refinance pero mi credit score está muy bajo'],
    ['zh', '我的 mortgage 怎么还没有 approved'],
  ])('knows %s with English terms mixed in', (language, text) => {
    expect(judgeLanguage(text).language).toBe(language)
  })

  it('takes "com" for Portuguese where it ends no address', () => {
    expect(judgeLanguage('com os papéis todos').language).toBe('pt')
    expect(judgeLanguage('lena at outlook dot com').language).toBe('en')
  })

  it.each([
    'Maria Guadalupe Hernandez',
    'Nguyen, Tran',
    '415 555 0199',
    'jose.garcia@gmail.com',
    'okay',
    'La Jolla',
    'Wellsfargo 94110',
    '',
    'こんにちは、電話しました',
  ])('cannot tell by %j', (text) => {
    expect(judgeLanguage(text).language).toBe('und')
  })

  it.each([
    'my realtor Jose Luis Hernandez said to call from San Francisco',
    'we bought in Des Moines and then in Baton Rouge',
    'my abuela wants to know about the loan',
    'schedule a call',
    'due date',
    'rates',
  ])('keeps an English caller in English: %j', (text) => {
    expect(['und', 'en']).toContain(judgeLanguage(text).language)
  })

  it('gives an answer on a text of any length', () => {
    expect(judgeLanguage('hola quiero pagar mi casa '.repeat(10_000)).language).toBe('es')
    expect(judgeLanguage('@'.repeat(100_000)).language).toBe('und')
  })
})
