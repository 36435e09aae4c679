/**
 * The words of a text that say what it is about, folded so that spellings meet: lower case, no accents, no plural `s`.
 * English and Spanish. Repeated words are given once.
 */
export function tellingWords(text: string): string[] {
  return [
    ...new Set(
      fold(text)
        .split(/[^\p{L}\p{N}]+/u)
        .filter(isTelling)
        .map(singular),
    ),
  ]
}

function fold(text: string): string {
  // NFD takes letters and their accents apart; \p{M} is the accents.
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]s\b/g, '')
    .replace(/['’]/g, '')
    .toLowerCase()
}

function isTelling(word: string): boolean {
  return word.length > 1 && !EMPTY_WORDS.has(word)
}

function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
}

/** Words that stand in any question, and those that stand in every question to a mortgage company. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  `a about am an and any are as at be been being by call can could did do does doing for from get give go going got had has
  have hello help hey hi how i id if im in info information is it its just know like lot make may me mean much must my
  need no not of ok on one or our out please question s say should so some something sorry take tell than thank thanks
  that the their them then there these they thing this those to too up us very want wanted was we well were what whats
  when where which who whom whose why will with wonder wondering would yes you your youre
  company hearthline home house loan loans mortgage mortgages
  al algo algun como con cual cuales cuando cuanto de del donde el ella ellos en es esta este esto favor gracias hay
  hola la las lo los me mi mis necesito nos o para pero por puede puedo pueden que quien quiero saber se si sin sobre
  son su sus te tengo tiene tienen tu tus un una uno usted ustedes y ya yo
  casa compania empresa hipoteca hipotecas prestamo prestamos`.split(/\s+/),
)
