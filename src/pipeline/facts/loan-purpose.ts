import { plainText } from '../plain-text.ts'
import { type Mention, meantOf, mentionsOf } from './mentions.ts'

export type LoanPurpose = 'purchase' | 'refinance' | 'home equity' | 'construction' | 'reverse mortgage'
export type PropertyUse = 'primary residence' | 'second home' | 'investment'

const HOME =
  '(?:house|home|condo|condominium|townhouse|townhome|property|place|duplex|land|apartment|cabin|casa|propiedad|departamento|apartamento|terreno)'

const PURPOSES: readonly (readonly [LoanPurpose, RegExp])[] = [
  ['reverse mortgage', /\breverse mortgage|\bhipoteca (?:inversa|revertida)/g],
  [
    'construction',
    /\bconstruction (?:loan|to perm|financing)|\b(?:build|building) (?:a|an|our|my|on) |\b(?:new )?construction of (?:a|our|my)|\bconstruir (?:una|mi|nuestra) casa|\bpréstamo de construcción/g,
  ],
  [
    'home equity',
    /\bhelocs?\b|\b(?:home )?equity (?:line|loan)|\bhome equity\b|\bsecond mortgage\b|\blínea de crédito (?:sobre|de|con) (?:la|mi) casa/g,
  ],
  ['refinance', /\brefi(?:nanc(?:e|ing))?\b|\bcash[ -]?out\b|\brefinanciar|\brefinanciamiento|\brefinanciación/g],
  [
    'purchase',
    new RegExp(
      `\\b(?:buy|buying|purchase|purchasing|comprar|comprando|shopping for|looking for|looking at|put an offer on|offer on)(?: [\\p{L}-]+){1,4}? ${HOME}s?\\b|\\b(?:first time (?:home ?)?buyers?|home purchase|purchase loan|compra de (?:una )?casa)\\b`,
      'gu',
    ),
  ],
]

/** What is enough where we asked what the loan is for. */
const PURPOSES_ASKED_FOR: typeof PURPOSES = [
  ...PURPOSES,
  ['construction', /\bconstruction\b|\bto build\b|\bconstrucción\b|\bconstruir\b/g],
  ['home equity', /\bequity\b/g],
  ['purchase', /\b(?:buy|buying|purchase|purchasing|to buy|comprar|compra|compramos)\b/g],
]

const ASKS_PURPOSE =
  /\b(?:purchas|buy|refinanc|compra|refinanci|purpose|what (?:kind|type|sort) of loan|looking to do|qué tipo de préstamo|para qué)/

const USES: readonly (readonly [PropertyUse, RegExp])[] = [
  [
    'investment',
    /\b(?:investment (?:property|home|house)|an investment(?! \w+(?:ist|or|er|rt|nt|nts)\b)|rental (?:property|house|home|unit)s?|as a rental|a rental i own|rent (?:it|them|the place|the house) out|to rent out|airbnb|short[ -]term rental|for tenants|fix and flip|flip it)\b|\b(?:de inversión|como inversión|para (?:rentar|alquilar|rentarla|alquilarla))\b/g,
  ],
  [
    'second home',
    /\b(?:second|vacation|weekend|summer|winter) (?:home|house|place|residence)\b|\b(?:beach|lake) house\b|\bsegunda (?:casa|vivienda|residencia)\b|\bcasa de (?:vacaciones|playa|verano)\b/g,
  ],
  [
    'primary residence',
    /\b(?:primary|principal|main) (?:residence|home|house)\b|\b(?:(?:we'll|i'll|we will|i will|going to|gonna|plan to|planning to|want to|we'd|to) (?:be )?liv(?:e|ing) (?:in it|there|in the (?:house|home|property|condo))|owner[ -]occupied|move into it|our forever home)\b|\b(?:casa|residencia|vivienda) principal\b|\b(?:para vivir|vamos a vivir|voy a vivir)\b/g,
  ],
]
const USES_ASKED_FOR: typeof USES = [
  ...USES,
  ['investment', /\b(?:investment|rental|rent|inversión|rentar|alquilar)\b/g],
  ['second home', /\b(?:second|vacation|segunda|vacaciones)\b/g],
  ['primary residence', /\b(?:primary|live in it|live there|principal|vivir)\b/g],
]
const ASKS_USE =
  /\b(?:primary|second home|investment|live in|use the (?:property|home)|property use|residencia|vivir|inversión|principal)/

/** Asked about, not wanted: "what is a reverse mortgage", "do you do refinances". */
const ONLY_ASKED_ABOUT =
  /\b(?:do you(?: guys)? (?:do|offer|have|handle)|what(?:'s| is| are)|how (?:do|does)|difference between|whether|qué es|ofrecen)\b[^.;!?]{0,30}$/

export function loanPurposeIn(text: string, prompt = ''): LoanPurpose | undefined {
  const asked = ASKS_PURPOSE.test(plainText(prompt))
  return meant(text, asked ? PURPOSES_ASKED_FOR : PURPOSES)
}

export function propertyUseIn(text: string, prompt = ''): PropertyUse | undefined {
  const asked = ASKS_USE.test(plainText(prompt))
  return meant(text, asked ? USES_ASKED_FOR : USES)
}

function meant<Value extends string>(text: string, table: readonly (readonly [Value, RegExp])[]): Value | undefined {
  const plain = plainText(text)
  const wanted = ({ from }: Mention) => !ONLY_ASKED_ABOUT.test(plain.slice(Math.max(0, from - 60), from))
  return meantOf(plain, mentionsOf(plain, table).filter(wanted))?.value
}
