import { readFileSync } from 'node:fs'
import { createRandom, type Random, shuffled } from '../../src/simulator/seeded-random.ts'
import type { Example } from './train-linear.ts'

/** How many readings of one line with choices are used. */
const MOST_READINGS = 32
/** Readings of one line resemble each other: together they count as this many examples at most. */
const MOST_WEIGHT_PER_LINE = 8
const SEED = 11

/** Said around any wish, so they are a sign of none. */
const OPENINGS =
  "|||||{hi|hello|hey|good morning|hi there|hey there|good afternoon|yes hi|um|so|okay so|uh yeah} {|my name is $person|this is $person|i'm $person|my name is $person and|i was wondering|i have a question|could you help me|please help me|it's been a long day and}"
const CLOSINGS =
  '|||||{please|thank you|thanks|can you help me|can you help me with that|could you help|my name is $person|my last name is $person|as soon as possible|today please|my account number is 00000000|please help|if you can|thanks so much}'
const PERSONS =
  "john|maria gomez|kevin brown|alice|tom baker|priya shah|linda|carlos|deborah white|james o'neil|susan lee|walter|fiona clark|ahmed|julie|howard king|grace|pedro ruiz|anita|smith|jones|martinez"

/**
 * Examples of the authored text (its form is told in its first lines). Each line is a group of its own; every reading
 * is taken plain or with an opening and a closing.
 */
export function authoredExamples(file: URL): Example[] {
  const random = createRandom(SEED)
  const choices = new Map<string, string>([['person', `{${PERSONS}}`]])
  const examples: Example[] = []
  let label = ''
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '' || line.startsWith('//')) continue
    const choice = /^\$(\w+) = (.*)$/.exec(line)
    if (choice) choices.set(choice[1]!, `{${choice[2]}}`)
    else if (line.startsWith('# ')) label = line.slice(2).trim()
    else examples.push(...examplesOf(line, label, choices, random))
  }
  return examples
}

function examplesOf(line: string, label: string, choices: ReadonlyMap<string, string>, random: Random): Example[] {
  const readings = readingsOf(withNames(line, choices), random)
  const weight = Math.min(1, MOST_WEIGHT_PER_LINE / readings.length)
  const opening = withNames(`{${OPENINGS}}`, choices)
  const closing = withNames(`{${CLOSINGS}}`, choices)
  return readings.map((reading, at) => {
    const whole = at % 2 === 0 ? reading : `${readAs(opening, random)} ${reading} ${readAs(closing, random)}`
    return { text: whole.replace(/\s+/g, ' ').trim(), label, weight, group: line }
  })
}

/** Lines that are a list of short sayings are used whole; of the others, a sample. */
function readingsOf(line: string, random: Random): string[] {
  const list = /^\{([^{}]*)\}$/.exec(line)
  if (list) return shuffled(list[1]!.split('|'), random)
  const readings = new Set<string>()
  for (let tries = 0; tries < MOST_READINGS * 3 && readings.size < MOST_READINGS; tries++) {
    readings.add(readAs(line, random))
  }
  return [...readings]
}

function withNames(line: string, choices: ReadonlyMap<string, string>): string {
  let plain = line
  while (/\$[a-z]/.test(plain)) {
    plain = plain.replace(/\$([a-z]+)/g, (_, name: string) => {
      const choice = choices.get(name)
      if (choice === undefined) throw new Error(`the text names $${name}, which it does not give at its top`)
      return choice
    })
  }
  return plain
}

/** One of each choice, the innermost first. */
function readAs(line: string, random: Random): string {
  let read = line
  while (read.includes('{')) {
    const chosen = read.replace(/\{([^{}]*)\}/g, (_, inner: string) => {
      const options = inner.split('|')
      return options[Math.floor(random() * options.length)]!
    })
    if (chosen === read) throw new Error(`unmatched braces: ${line}`)
    read = chosen
  }
  return read.replace(/\s+/g, ' ').trim()
}
