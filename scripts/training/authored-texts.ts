import { readFileSync } from 'node:fs'
import { createRandom } from '../../src/simulator/seeded-random.ts'
import type { Example } from './train-linear.ts'

/** Of a line that leaves wordings open, so many are made at most. */
const MOST_VARIANTS = 6

/**
 * The texts written for this project: `#` begins a remark or a heading, every other line is one text, in which `[a|b]`
 * stands for either wording. The variants of a line are a group.
 */
export function readTexts(name: string, label: string): Example[] {
  return readFileSync(new URL(`texts/${name}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .flatMap((line) => variantsOf(line, label))
}

function variantsOf(line: string, label: string): Example[] {
  const random = createRandom(line.length)
  const wordings = (line.match(/\[[^\]]*\]/g) ?? []).reduce((product, part) => product * part.split('|').length, 1)
  const texts = new Set<string>()
  for (let tries = 0; texts.size < Math.min(wordings, MOST_VARIANTS) && tries < 100; tries++) {
    texts.add(
      line.replace(/\[([^\]]*)\]/g, (_, choices: string) => {
        const all = choices.split('|')
        return all[Math.floor(random() * all.length)]!
      }),
    )
  }
  return [...texts].map((text) => ({ text: text.trim(), label, group: line, weight: 1 / Math.sqrt(texts.size) }))
}
