import MiniSearch from 'minisearch'
import { z } from 'zod'
import { Problems } from '../config/problems.ts'
import { readYamlFile } from '../config/yaml-file.ts'
import { tellingWords } from './telling-words.ts'

/** What the company has said about itself. It answers with those words or not at all; it never makes any up. */
export interface Knowledge {
  /**
   * The fact that answers a question, in the asked language when it was written in it, else in the first it was
   * written in (`language` says which). When nothing fits well enough: the topics that come near, or all there are.
   */
  lookUp(question: string, language?: string): KnownAnswer | NoAnswer
}

export interface KnownAnswer {
  readonly topic: string
  readonly answer: string
  /** BCP 47 language of `answer`. */
  readonly language: string
}

export interface NoAnswer {
  readonly topics: readonly string[]
}

/** Reads the facts. Throws `bad_config` naming file, line and key. */
export function loadKnowledge(file: string): Knowledge {
  const problems = new Problems()
  const content = readYamlFile(file, factsFileSchema, problems)
  if (!content) throw problems.toError()
  return createKnowledge(content.facts)
}

const factSchema = z.strictObject({
  /** Short, for people: "Opening hours". */
  topic: z.string().min(1),
  /** The question as callers ask it, in any language. */
  questions: z.array(z.string().min(1)).min(1),
  /** Other words callers use for it, in any language. */
  keywords: z.array(z.string().min(1)).default([]),
  /** By language tag (`en`, `es`); spoken as written. */
  answer: z
    .record(z.string().regex(/^[a-z]{2}$/, 'a language of two letters, such as en'), z.string().min(1))
    .refine((answer) => Object.keys(answer).length > 0, 'an answer in at least one language'),
})

const factsFileSchema = z.strictObject({
  facts: z
    .array(factSchema)
    .min(1)
    .refine((facts) => new Set(facts.map(({ topic }) => topic)).size === facts.length, 'topics that differ'),
})

export type Fact = z.output<typeof factSchema>

/** An answer counts when more than this share of the question's telling words was found in it; less is a guess. */
const ENOUGH_OF_THE_QUESTION = 0.5
const MOST_TOPICS_NAMED = 4

export function createKnowledge(facts: readonly Fact[]): Knowledge {
  const byTopic = new Map(facts.map((fact) => [fact.topic, fact]))
  const index = indexOf(facts)

  const factFor = (question: string): Fact | undefined => {
    const asked = tellingWords(question)
    if (asked.length === 0) return undefined
    const enough = asked.length * ENOUGH_OF_THE_QUESTION
    const best = index.search(question).find(({ queryTerms }) => new Set(queryTerms).size > enough)
    return byTopic.get(best?.id)
  }

  return {
    lookUp(question, language = 'en') {
      for (const part of [question, ...clausesOf(question)]) {
        const fact = factFor(part)
        if (fact) return answerIn(fact, language)
      }
      const near = index.search(question).slice(0, MOST_TOPICS_NAMED)
      return { topics: near.length > 0 ? near.map(({ id }) => String(id)) : [...byTopic.keys()] }
    },
  }
}

/** "Hi, we want to buy a home. What documents do you need?": what is asked mostly stands last. */
function clausesOf(question: string): string[] {
  return question.split(/[.,;?!]+/).reverse()
}

function indexOf(facts: readonly Fact[]): MiniSearch<Fact> {
  const index = new MiniSearch<Fact>({
    idField: 'topic',
    fields: ['topic', 'questions', 'keywords'],
    stringifyField: (value) => [value].flat().join('\n'),
    tokenize: tellingWords,
    processTerm: (word) => word,
    searchOptions: {
      // Speech recognition misspells; in a short word one letter makes another word ("rate", "late").
      fuzzy: (word) => (word.length >= 7 ? 1 : false),
    },
  })
  index.addAll(facts)
  return index
}

function answerIn(fact: Fact, language: string): KnownAnswer {
  const wanted = new Intl.Locale(language).language
  const [first = wanted] = Object.keys(fact.answer)
  const spoken = fact.answer[wanted] === undefined ? first : wanted
  return { topic: fact.topic, answer: fact.answer[spoken] ?? '', language: spoken }
}
