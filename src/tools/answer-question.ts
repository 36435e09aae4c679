import { z } from 'zod'
import type { Tool } from './tool.ts'

/** What the tool needs of the knowledge room. */
export interface Knowledge {
  /** The best fact for a question, in the language where there is one, or the topics there are facts about. */
  lookUp(question: string, language: string): { readonly answer: string } | { readonly topics: readonly string[] }
}

const answerQuestionArguments = z.strictObject({
  question: z.string().trim().min(1).max(500).describe("The caller's question, complete in itself."),
})

/** Looks a question up in the company's own facts, so that nothing about the company is made up. */
export function createAnswerQuestion(knowledge: Knowledge): Tool<z.output<typeof answerQuestionArguments>> {
  return {
    name: 'answer_question',
    description:
      'Looks up facts about the company: hours, address, services, documents to bring, how a mortgage works. Always use it before answering such a question. Never gives rates, fees or terms.',
    arguments: answerQuestionArguments,
    effect: 'reads',
    timeoutMs: 2_000,
    async run({ question }, { language }) {
      const found = knowledge.lookUp(question, language)
      if ('answer' in found) return { reply: { found: true, answer: found.answer } }
      return {
        reply: { found: false, known_topics: found.topics, say: 'That you do not know; offer to take a message.' },
      }
    },
  }
}
