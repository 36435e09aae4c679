/** What a request cannot be understood without. */
const MEANT = `human person agent representative operator supervisor manager speak talk want transfer connect
  customer somebody someone`.split(/\s+/)

/** Words in their own right, though one letter away from the others. */
const SPELT = new Set(
  `humane humana humano humans persona persons parson agents agenda speaks sneak steak spear speck spear tall
  talks wants managed manages manger connects transfers customers custom customs costume operators operate
  operates operated operation operations supervise supervised supervision transform representation
  representatives`.split(/\s+/),
)

const SHORTHAND = new Map([
  ['ppl', 'people'],
  ['some1', 'someone'],
  ['spk', 'speak'],
])

/** A clause with its key words put right, as a hurried hand or a poor line leaves them: "tlak to a humam". */
export function spelled(clause: string): string {
  return clause
    .split(' ')
    .map((word) => SHORTHAND.get(word) ?? meantBy(word))
    .join(' ')
}

function meantBy(word: string): string {
  if (word.length < 4 || SPELT.has(word)) return word
  return MEANT.find((meant) => isSlipOf(word, meant)) ?? word
}

function isSlipOf(word: string, meant: string): boolean {
  if (word[0] !== meant[0] || word === meant) return word === meant
  if (meant.length === 4) return areSwapped(word, meant)
  const most = meant.length > 10 ? 3 : meant.length > 7 ? 2 : 1
  return Math.abs(word.length - meant.length) <= most && slipsBetween(word, meant) <= most
}

function areSwapped(word: string, meant: string): boolean {
  return [...word].sort().join('') === [...meant].sort().join('')
}

/** Letters left out, put in, changed or swapped with the next (Damerau and Levenshtein's distance). */
function slipsBetween(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let row = 1; row <= a.length; row++) {
    const line = [row]
    for (let at = 1; at <= b.length; at++) {
      const change = last[at - 1]! + (a[row - 1] === b[at - 1] ? 0 : 1)
      const swapped = row > 1 && at > 1 && a[row - 1] === b[at - 2] && a[row - 2] === b[at - 1]
      line[at] = Math.min(change, last[at]! + 1, line[at - 1]! + 1, swapped ? before[at - 2]! + 1 : change)
    }
    before = last
    last = line
  }
  return last[b.length]!
}
