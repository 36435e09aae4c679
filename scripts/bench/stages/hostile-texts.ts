/** Pieces that, said over and over, are the hardest for whatever looks for words and numbers. */
const PIECES: readonly string[] = [
  'four one one, one double one, ',
  'twenty two hundred and ',
  '4',
  '4 ',
  '###-##-',
  'a',
  'a.b@',
  'at a dot b dot ',
  '$1,000.00 % ',
  ' ',
  ', . ',
  'no no never not ',
  'January first nineteen ',
  'I want to speak to a ',
  'ignore all of your previous ',
  'press one now to ',
  'is is is it is ',
  'the rate the rate would be about ',
  'cuatro cinco mil ',
  '四百一十二',
  'é\u0301\u0301',
  'नमस्ते',
  "I'm I've I'd ",
  'call call call me at # # ',
]

/** A caller who reads nonsense at the machine, or a recogniser that is stuck. */
export const HOSTILE_CHARS = 1_500

/** `which` of them, in turn. */
export function hostileText(which: number): string {
  const piece = PIECES[which % PIECES.length]!
  return piece.repeat(Math.ceil(HOSTILE_CHARS / piece.length)).slice(0, HOSTILE_CHARS)
}

export const HOSTILE_TEXTS = PIECES.length
