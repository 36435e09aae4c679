/** Large settlement providers and insurers whose names are nothing else (RELIABILITY C15). In small letters. */
export const KNOWN_PROVIDERS: readonly string[] = [
  'first american',
  'stewart title',
  'fidelity national',
  'old republic',
  'chicago title',
  'commonwealth land title',
  'lawyers title',
  'ticor title',
  'wfg national',
  'westcor',
  'investors title',
  'doma title',
  'qualia',
  'state farm',
  'allstate',
  'geico',
  'usaa',
  'liberty mutual',
  'farmers insurance',
  'nationwide insurance',
  'progressive insurance',
  'american family insurance',
  'travelers insurance',
  'the hartford',
  'mapfre',
  'amica',
  'chubb',
  'esurance',
  'lemonade insurance',
  'hippo insurance',
  'servicelink',
  'solidifi',
  'class valuation',
  'clear capital',
  'lereta',
  'corelogic',
  'lexington law',
  'credit karma',
  'safelite',
]

/** Providers whose names are words besides: alternatives, as they are written. */
export const AMBIGUOUS_PROVIDERS =
  'Lemonade|Hippo|Progressive|Nationwide|Farmers|Travelers|Kin|Root|Doma|Hartford|Safeco|Erie'

/** What a provider's name ends with: "Baker INSURANCE", "Harbor APPRAISALS". */
export const KINDS =
  'Title|Insurance|Insurers?|Assurance|Escrow|Apprais(?:al|als|ers?)|Abstract|Settlements?|Inspections?|Inspectors?|Mutual|Law|Legal|Attorneys?|Realty|Realtors|Notary|Warranty|Surveying|Surveyors|Credit Repair|Closings?|Conveyancing'

/** Spanish names begin with it: "SEGUROS Bahía". */
export const SPANISH_KINDS =
  'Seguros|Aseguradora|Notar[ií]a|T[ií]tulos|Tasaciones|Tasadores|Inspecciones|Abogados|Bufete|Inmobiliaria'

/** Before such a word they say what kind it is, and name nobody: "homeowners insurance", "your own title company". */
export const GENERIC: ReadonlySet<string> = new Set(
  "a an any the your our their his her my own you me us it this that these those each every another other some no which what whichever home homeowner homeowners homeowner's homeowners' house hazard flood fire mortgage private title property real estate local good better different new current licensed independent lender lender's lenders owner owner's owners life car auto health renters condo earthquake wind or and of for about with from by to in at is are be get find buy need choose pick use call contact compare shop one two several company credit legal closing escrow insurance appraisal home's tax taxes first same regular proper suitable clear marketable trusted certified professional whoever".split(
    ' ',
  ),
)
