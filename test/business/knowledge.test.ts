import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createKnowledge, loadKnowledge } from '../../src/business/knowledge.ts'

const company = loadKnowledge('config/facts.yaml')

describe('the company facts', () => {
  it.each([
    ['What are your hours?', 'Opening hours'],
    ['are you open on saturdays', 'Opening hours'],
    ['Where is your office located?', 'Office address'],
    ['Which documents should I bring to my appointment?', 'Documents to bring'],
    ["What's your NMLS number?", 'NMLS id'],
    ['Are you licensed in Rhode Island?', 'Licensed states'],
    ['I think my payment got lost', 'Lost or late payment'],
    ['How does the mortgage process work?', 'How the process works'],
    ['What is the status of my application?', 'State of an application'],
    ['Is this call being recorded?', 'Recording and privacy'],
    ['do you speak spanish', 'Languages'],
    ['¿Cuál es su horario?', 'Opening hours'],
    ['que documentos necesito', 'Documents to bring'],
    // As a transcript might spell it.
    ['what is an apraisal', 'What an appraisal is'],
  ])('answer "%s" by %s', (question, topic) => {
    expect(company.lookUp(question)).toMatchObject({ topic })
  })

  it.each([
    'What is your interest rate today?',
    'What APR do you offer?',
    'How much are the closing costs?',
    'Can I get a thirty year fixed?',
    'How much can I borrow?',
    'Do I qualify for a loan?',
    'What credit score do I need?',
    'Is there a late fee?',
    'What is the weather like?',
    '',
  ])('have no answer to "%s", and name topics instead', (question) => {
    const found = company.lookUp(question)
    expect(found).not.toHaveProperty('answer')
    expect(found).toHaveProperty('topics', expect.arrayContaining([expect.any(String)]))
  })

  it('hold no rate, price, fee or term (RELIABILITY C11)', () => {
    for (const topic of topicsOf(company)) {
      const found = company.lookUp(topic)
      expect(JSON.stringify(found)).not.toMatch(/%|\$|\bAPR\b|\brates?\b|\bfees?\b|\bpoints?\b|qualif|credit score/i)
    }
  })

  it('are each found by their own topic', () => {
    for (const topic of topicsOf(company)) expect(company.lookUp(topic)).toMatchObject({ topic })
  })
})

describe('knowledge', () => {
  const fact = { topic: 'Parking', questions: ['Where can I park?'], keywords: ['garage'] }

  it('answers in the language asked for when the fact has it, else in its first and says so', () => {
    const knowledge = createKnowledge([{ ...fact, answer: { en: 'Across the street.', es: 'Enfrente.' } }])
    expect(knowledge.lookUp('garage', 'es-US')).toMatchObject({ answer: 'Enfrente.', language: 'es' })
    expect(knowledge.lookUp('garage', 'fr-FR')).toMatchObject({ answer: 'Across the street.', language: 'en' })
  })

  it('names the topics that come near when it has no answer', () => {
    const knowledge = createKnowledge([
      { ...fact, answer: { en: 'Across the street.' } },
      { ...fact, topic: 'Cellar', questions: ['Is there a cellar?'], keywords: [], answer: { en: 'No.' } },
    ])
    expect(knowledge.lookUp('garage ticket machine')).toEqual({ topics: ['Parking'] })
    expect(knowledge.lookUp('something else entirely')).toEqual({ topics: ['Parking', 'Cellar'] })
  })

  it.each([
    ['a misspelt key', '- topic: A\n  question: [b]\n  answer: {en: c}', /facts\.yaml.*question/],
    ['a missing answer', '- topic: A\n  questions: [b]', /facts\.yaml.*answer/],
    [
      'two facts of one topic',
      '- &a {topic: A, questions: [b], answer: {en: c}}\n- *a',
      /facts\.yaml.*topics that differ/,
    ],
    ['an unknown language', '- {topic: A, questions: [b], answer: {english: c}}', /facts\.yaml.*english/],
  ])('names file and key of %s', (_, facts, message) => {
    const folder = mkdtempSync(join(tmpdir(), 'hearthline-facts-'))
    try {
      const file = join(folder, 'facts.yaml')
      writeFileSync(file, `facts:\n${facts.replace(/^/gm, '  ')}\n`)
      expect(() => loadKnowledge(file)).toThrow(message)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

function topicsOf(knowledge: typeof company): readonly string[] {
  const found = knowledge.lookUp('')
  return 'topics' in found ? found.topics : []
}
