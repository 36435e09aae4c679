import type { z } from 'zod'
import { HearthlineError } from '../lib/errors.ts'

/** Collects what is wrong with the settings, so that all of it is told at once. */
export class Problems {
  readonly #lines: string[] = []

  get any(): boolean {
    return this.#lines.length > 0
  }

  /** `where` names the variable, or file, line and key; the rest says what was expected, what was found, what to do. */
  add(where: string, problem: { expected: string; found: string; toDo: string }): void {
    this.#lines.push(`${where}: expected ${problem.expected}, found ${problem.found}. ${problem.toDo}`)
  }

  /** The `bad_config` error whose message is the whole list. */
  toError(): HearthlineError {
    const count = this.#lines.length === 1 ? 'one setting is' : `${this.#lines.length} settings are`
    return new HearthlineError('bad_config', [`Hearthline cannot start: ${count} wrong.`, ...this.#lines].join('\n  '))
  }
}

/** What was expected, for issues whose schema does not say it in its own words. Give it to `safeParse`. */
export function expectation(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_NAMES[issue.expected] ?? `a ${issue.expected}`
    case 'invalid_value':
      return issue.values.join(' or ')
    case 'invalid_key':
      return issue.issues[0]?.message
    case 'too_small':
      return `${unitOf(issue.origin)}${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`
    case 'too_big':
      return `${unitOf(issue.origin)}at most ${issue.maximum}`
    default:
      return undefined
  }
}

/** The value as it may be shown: short, and never one that looks like it carries a password or a key. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const json = JSON.stringify(value)
  if (/:\/\/(?:[^/]*@|.*\?)/.test(json)) return 'a value that is not shown here'
  return json.length > LONGEST_SHOWN ? `${json.slice(0, LONGEST_SHOWN)}...` : json
}

const LONGEST_SHOWN = 60

const TYPE_NAMES: Record<string, string> = {
  string: 'text in quotes',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a section with keys',
  array: 'a list',
}

function unitOf(origin: string): string {
  if (origin === 'string') return 'text with a length of '
  return origin === 'array' ? 'a list with a length of ' : ''
}
