import type { ToolContext } from '../../src/tools/tool.ts'

export const CALLER = '+12025550123'

/** Turn 3 of a call; `given` are ids the model got from tools, by the turn in which it did. */
export function contextOf({
  given = {},
  ...some
}: Partial<ToolContext> & { given?: Record<string, number> } = {}): ToolContext {
  return {
    callId: 'call_1',
    callerNumber: CALLER,
    language: 'en',
    idempotencyKey: 'call_1:key',
    turn: 3,
    turnGiven: (id) => given[id],
    signal: new AbortController().signal,
    ...some,
  }
}

/** The context of somebody who withholds their number. */
export function anonymous(): ToolContext {
  return { ...contextOf({ given: { s1: 1, a1: 1 } }), callerNumber: undefined }
}

/** Answers one after the other, and fails when it is asked more often; keeps what it was asked. */
export function answering<Asked extends readonly unknown[], Answer>(...answers: Answer[]) {
  const asked: Asked[] = []
  const ask = async (...args: Asked): Promise<Answer> => {
    asked.push(args)
    if (answers.length === 0) throw new Error(`asked once too often: ${JSON.stringify(args)}`)
    return answers.shift() as Answer
  }
  return { ask, asked }
}
