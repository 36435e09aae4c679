/** What is counted, paid or measured: a number before one of these is no secret. */
const UNIT_WORDS: ReadonlySet<string> = new Set(
  (
    'dollar dollars cent cents buck bucks euro euros pesos peso yen pounds percent per percentage point points basis ' +
    'year years yr yrs month months week weeks day days hour hours hr hrs minute minutes min mins second seconds ' +
    'am pm oclock share shares check checks kid kids child children dog dogs people person times payment payments ' +
    'bedroom bedrooms bathroom bathrooms bath bed unit units acre acres square feet foot ft miles mile grand k percentage ' +
    'transactions digits digit stars units items accounts cards loans houses homes properties ' +
    'dolares dolar centavos euros ciento anos ano meses mes semanas dias dia horas minutos acciones hijos personas veces'
  ).split(' '),
)

/** `next`: the word after it, for "p m", "por ciento" and "o'clock". */
export function isUnit(word: string, next: string): boolean {
  if ((word === 'a' || word === 'p') && next === 'm') return true
  if (word === 'o' && next === 'clock') return true
  if (word === 'por' && next === 'ciento') return true
  return UNIT_WORDS.has(word)
}
