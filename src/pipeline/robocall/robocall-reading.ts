import { plainText } from '../plain-text.ts'
import { signsOf, speaksOnlyOfYou, tellsOwnMatter } from './robocall-signs.ts'
import { inKinds } from './robocall-text.ts'

/** What the classifier reads of a text, and the signs it shows. */
export interface RobocallReading {
  readonly text: string
  readonly signs: readonly string[]
}

/** The signs a text shows, each as one word, then its words, names and sums by kind. Made alike for training and in a call. */
export function readRobocall(text: string): RobocallReading {
  const plain = plainText(text)
  const signs = signsOf(plain)
  const marks = signs.map((name) => `sign${name.replace(/[^a-z]/g, '')}`)
  if (speaksOnlyOfYou(plain)) marks.push('signonlyyou')
  if (tellsOwnMatter(plain)) marks.push('signownmatter')
  if (signs.length > 1) marks.push('signstwo')
  if (signs.length > 3) marks.push('signsfour')
  return { signs, text: `${marks.join(' ')} ${inKinds(plain)}` }
}
