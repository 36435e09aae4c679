const DIGIT = /^(?:\d+|zero|one|two|three|four|five|six|seven|eight|nine|oh|hundred)$/

/** Digits of a whole number, by what it is said to be: who has said fewer is likely to go on. */
const WHOLE_NUMBERS: readonly (readonly [RegExp, digits: number])[] = [
  [/social security/, 9],
  [/\bcard\b/, 16],
]
const TELEPHONE_DIGITS = 10

/** Whether the words end in a number that is not whole yet. */
export function isInsideNumber(text: string): boolean {
  const said = text.toLowerCase()
  const words = said.match(/[\p{L}\p{N}']+/gu) ?? []
  const numberFrom = words.findLastIndex((word) => !DIGIT.test(word)) + 1
  const digits = words.slice(numberFrom).reduce((sum, word) => sum + digitsOf(word), 0)
  const whole = WHOLE_NUMBERS.find(([kind]) => kind.test(said))?.[1] ?? TELEPHONE_DIGITS
  return digits > 0 && digits < whole
}

function digitsOf(word: string): number {
  if (/\d/.test(word)) return word.length
  // "Nine hundred" is three.
  return word === 'hundred' ? 2 : 1
}
