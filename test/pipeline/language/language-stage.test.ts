import { describe, expect, it } from 'vitest'
import { createLanguageStage } from '../../../src/pipeline/language/language-stage.ts'
import type { Finding, Said } from '../../../src/pipeline/stage.ts'

const createStage = createLanguageStage({ first: 'en', served: ['en', 'es', 'vi', 'zh'] })

describe('the language of a call', () => {
  it('changes on the first clear utterance, once', () => {
    expect(heard('Hola, buenas tardes, quisiera preguntar por un préstamo', 'Es para comprar una casa nueva')).toEqual([
      { type: 'language changed', language: 'es', because: 'spoken' },
    ])
  })

  it('changes on two short utterances that agree', () => {
    expect(heard('Hola')).toEqual([])
    expect(heard('Hola', '¿me escucha bien?')).toMatchObject([{ language: 'es' }])
  })

  it('needs less when the recogniser took it for the same language', () => {
    const short = { text: 'quiero pagar hoy' }
    expect(heard(short)).toEqual([])
    expect(heard({ ...short, reportedLanguage: 'es-419' })).toMatchObject([{ language: 'es' }])
  })

  it('stays in English through names, places, numbers and a foreign word', () => {
    expect(
      heard(
        'Hola!',
        'my name is Maria Guadalupe Hernandez',
        'Maria Guadalupe Hernandez',
        'Juan Pablo Echeverria Montenegro',
        'Nguyen Thi Bich Lan',
        'San Francisco, California',
        'La Jolla',
        '415 555 0133',
        'gracias',
        'yes thank you',
      ),
    ).toEqual([])
  })

  it('does not take the answer to a question for a name as clear', () => {
    const name = 'de la Rosa y Montes del Valle'
    expect(heard({ text: name, prompt: 'May I have your last name?' })).toEqual([])
  })

  it('forgets a foreign utterance after one in the language of the call', () => {
    expect(heard('buenas tardes', 'sorry I was talking to my wife', 'buenas noches')).toEqual([])
  })

  it('changes back as readily', () => {
    expect(
      heard('quisiera hablar con alguien sobre mi casa', 'okay actually I can do this in my own words in here'),
    ).toMatchObject([{ language: 'es' }, { language: 'en', because: 'spoken' }])
  })

  it('changes at once when a language is asked for', () => {
    expect(heard('Do you speak Vietnamese?')).toEqual([
      { type: 'language changed', language: 'vi', because: 'asked for' },
    ])
  })

  it('does not change to a language that is not served', () => {
    expect(heard('Sprechen Sie Deutsch?', 'ich möchte gern über mein Darlehen sprechen')).toEqual([])
  })

  it('does not listen to the agent', () => {
    expect(heard({ text: 'Hola, ¿en qué le puedo ayudar el día de hoy?', by: 'agent' })).toEqual([])
  })

  it('goes on in the language it had reached before a crash', () => {
    const before: Finding[] = [{ type: 'language changed', language: 'es', because: 'asked for' }]
    const stage = createStage(before)
    expect(stage.hear(said('quisiera saber cuánto debo todavía'))).toEqual([])
    expect(stage.hear(said('I would rather go on like this now'))).toMatchObject([{ language: 'en' }])
  })
})

function heard(...utterances: readonly (string | (Partial<Said> & { readonly text: string }))[]): Finding[] {
  const stage = createStage()
  return utterances.flatMap((utterance) =>
    stage.hear(typeof utterance === 'string' ? said(utterance) : { ...said(utterance.text), ...utterance }),
  )
}

function said(text: string): Said {
  return { by: 'caller', text, atMs: 0 }
}
