import { plainWord } from './tokens.ts'

/** Number words of English and Spanish, as `plainWord` gives them. */

export const UNITS = counted(
  ['zero one two three four five six seven eight nine', 0],
  ['cero uno dos tres cuatro cinco seis siete ocho nueve', 0],
)

/** Said whole, from ten to twenty-nine (the Spanish twenties are one word). */
export const TEENS = counted(
  ['ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen', 10],
  ['diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve', 10],
  ['veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve', 21],
)

export const TENS = counted(
  ['twenty thirty forty fifty sixty seventy eighty ninety', 20, 10],
  ['veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa', 20, 10],
  ['fourty', 40],
)

/** Spanish hundreds take what follows them into one number: "trescientos cinco" is 305. */
export const HUNDREDS = counted(
  ['ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos', 100, 100],
  ['cien', 100],
)

/** What only amounts and years are counted in. */
export const SCALES = new Map([
  ...counted(['thousand', 1000], ['grand', 1000], ['mil', 1000]),
  ...counted(['million', 1e6], ['millon', 1e6], ['millones', 1e6], ['billion', 1e9]),
])

export const REPEATED = counted(['double', 2], ['doble', 2], ['triple', 3], ['treble', 3], ['quadruple', 4])

/** `first` to `nineteenth`, and the tens; "twenty-seventh" is put together from two words. */
export const ORDINALS = counted(
  ['first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth', 1],
  ['thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth', 13],
  ['thirtieth', 30],
  ['primero', 1],
  ['primer', 1],
)

export const MONTHS: ReadonlySet<string> = new Set(
  (
    'january february march april may june july august september october november december ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec ' +
    'enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre'
  ).split(' '),
)

/** Said between the pieces of a number, while the caller reads it off or thinks. */
export const FILLERS: ReadonlySet<string> = new Set(
  (
    'uh um uhm er erm eh ah hmm hm mm ehm like then and dash hyphen minus guion guión space dot period punto slash ' +
    'let me see lets okay ok so sorry wait hold on followed by area code luego despues este entonces a ver espera pues y'
  ).split(' '),
)

/** Of these at least one must be there: a bare "and" between two numbers separates them. */
export const NEVER_ALONE: ReadonlySet<string> = new Set(['and', 'y', 'a', 'on', 'so', 'like', 'by', 'me', 'code'])

function counted(...lists: readonly (readonly [words: string, from: number, step?: number])[]): Map<string, number> {
  return new Map(
    lists.flatMap(([words, from, step = 1]) => words.split(' ').map((word, at) => [plainWord(word), from + at * step])),
  )
}
