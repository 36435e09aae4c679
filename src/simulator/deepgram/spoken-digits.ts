const DIGIT = /^(?:\d+|zero|one|two|three|four|five|six|seven|eight|nine|oh)$/

/** Of a telephone number; who has said fewer is likely to go on. */
const WHOLE_NUMBER_DIGITS = 10

/** Whether the words end in a number that is not whole yet. */
export function isInsideNumber(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []
  const numberFrom = words.findLastIndex((word) => !DIGIT.test(word)) + 1
  const digits = words.slice(numberFrom).reduce((sum, word) => sum + (/\d/.test(word) ? word.length : 1), 0)
  return digits > 0 && digits < WHOLE_NUMBER_DIGITS
}
