import { createId } from '../../lib/ids.ts'
import type { Reply } from '../model/scripted-model.ts'
import type { Random } from '../seeded-random.ts'
import { type InputTokens, tokensIn } from './prompt-cache.ts'

/** One answer, cut into the pieces it is streamed in, before a wire gives it its form. */
export interface Answer {
  readonly thinkMs: number
  readonly text: readonly Piece[]
  readonly calls: readonly AnsweredCall[]
  readonly end: AnswerEnd
  readonly usage: InputTokens & { readonly output: number }
}

export interface Piece {
  readonly text: string
  /** After the piece before. */
  readonly afterMs: number
}

export interface AnsweredCall {
  readonly id: string
  readonly name: string
  readonly argumentsJson: string
  readonly pieces: readonly Piece[]
}

export type AnswerEnd =
  | { readonly type: 'whole' }
  /** At the limit of output tokens. */
  | { readonly type: 'cut short' }
  | { readonly type: 'failed'; readonly code: string; readonly message: string }

export interface AnswerTask {
  readonly reply: Reply
  readonly thinkMs: number
  readonly tokenMs: number
  readonly maxOutputTokens: number
  /** `midway`: after half of the text; otherwise instead of it. */
  readonly failure: { readonly code: string; readonly message: string; readonly midway: boolean } | undefined
  readonly duplicateCalls: 'same id' | 'new id' | undefined
  /** What ids of tool requests begin with on this wire. */
  readonly callIdPrefix: string
  readonly random: Random
  readonly input: InputTokens
}

/** About a token. */
const LONGEST_TEXT_PIECE = 8
/** Arguments come in longer runs, and end anywhere. */
const LONGEST_ARGUMENTS_PIECE = 14

export function composeAnswer(task: AnswerTask): Answer {
  const { reply, failure, thinkMs } = task
  const whole = textPieces(task)
  const end = endOf(task, whole)
  const text = failure && !failure.midway ? [] : whole.slice(0, lengthSaid(task, whole, end))
  const calls = end.type === 'whole' ? reply.calls.flatMap((call) => callsOf(call, task)) : []
  const output = joined(text) + calls.map(({ name, argumentsJson }) => name + argumentsJson).join('')
  return { thinkMs, text, calls, end, usage: { ...task.input, output: tokensIn(output) } }
}

export function joined(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('')
}

/** Each piece with its wait before it. */
export function* timed(pieces: readonly Piece[]): Generator<string | number> {
  for (const { text, afterMs } of pieces) {
    yield afterMs
    yield text
  }
}

function textPieces({ reply, tokenMs, random }: AnswerTask): Piece[] {
  const pieces = cutText(reply.say ?? '', LONGEST_TEXT_PIECE, random)
  const middle = Math.floor(pieces.length / 2)
  const stallMs = reply.rule.stallMs ?? 0
  return pieces.map((text, at) => ({ text, afterMs: at === 0 ? 0 : tokenMs + (at === middle ? stallMs : 0) }))
}

function endOf({ reply, failure, maxOutputTokens }: AnswerTask, whole: readonly Piece[]): AnswerEnd {
  if (failure) return { type: 'failed', code: failure.code, message: failure.message }
  return { type: reply.rule.cutShort || tokensIn(joined(whole)) > maxOutputTokens ? 'cut short' : 'whole' }
}

/** How many of the pieces are said. */
function lengthSaid({ reply, maxOutputTokens }: AnswerTask, whole: readonly Piece[], end: AnswerEnd): number {
  if (end.type === 'whole') return whole.length
  if (end.type === 'failed' || reply.rule.cutShort) return Math.ceil(whole.length / 2)
  let length = 0
  while (tokensIn(joined(whole.slice(0, length + 1))) <= maxOutputTokens) length++
  return length
}

function callsOf(call: Reply['calls'][number], task: AnswerTask): AnsweredCall[] {
  const { callIdPrefix, duplicateCalls, random, tokenMs } = task
  const id = createId(callIdPrefix)
  const ids = { 'same id': [id, id], 'new id': [id, createId(callIdPrefix)], once: [id] }[duplicateCalls ?? 'once']
  return ids.map((id) => {
    const pieces = cutText(call.arguments, LONGEST_ARGUMENTS_PIECE, random)
    return {
      id,
      name: call.name,
      argumentsJson: call.arguments,
      pieces: pieces.map((text) => ({ text, afterMs: tokenMs })),
    }
  })
}

/** Pieces of 1 to `longest` characters that join to the text again; never half a character, which JSON cannot hold. */
function cutText(text: string, longest: number, random: Random): string[] {
  const characters = [...text]
  const pieces: string[] = []
  for (let from = 0; from < characters.length; ) {
    const length = 1 + Math.floor(random() * longest)
    pieces.push(characters.slice(from, from + length).join(''))
    from += length
  }
  return pieces
}
