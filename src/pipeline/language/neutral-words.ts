/**
 * Words that say nothing about the language somebody speaks, because callers of every language say them: first and last
 * names, places, brands, and what English has lent to all. Without diacritics, small letters.
 */
const NAMES = `
  abdul abdullah ahmed alejandra alejandro alfonso alfredo ali alvarez ana andrea andres andrzej angela angelica antonio
  araceli arturo beatriz bautista benito bernardo blanca bruno camila carlos carmen castillo castro catalina cecilia cesar
  chavez chen christophe claudia cristina cruz daniela delgado delacruz diego dimitri dmitri dolores eduardo elena elizabeth
  emilio enrique ernesto esperanza espinoza esteban estrada eugenio eva fatima felipe fernandez fernando flores fontaine
  francesca francesco francisco francois gabriela garcia gerardo giovanni giuseppe gloria gomez gonzales gonzalez graciela
  guadalupe guerrero guillermo gustavo gutierrez hans hector henri herrera hernandez hiroshi hoang huang huynh ignacio igor
  ines isabel ivan jaime javier jean jesus jimenez joao joaquin johann jorge jose josefina juan juana julio kim kowalski
  krzysztof kumar laurent leticia lopez lorenzo lourdes lucia luigi luis luisa lupe mahmoud malgorzata manuel marcos
  margarita maria mariana mario marisol martinez mateo mauricio medina mehmet mendez mendoza mercado mercedes miguel mohamed
  mohammed montoya morales moreno muller munoz natalia nguyen nowak oleg olga oliveira orozco ortega ortiz oscar pablo
  padilla patel patricia pedro perez pham phan pierre pilar piotr ponce rafael ramirez ramon ramos raul rene reyes
  ricardo rios rivera roberto rocio rodrigo rodriguez rogelio rojas romero rossi ruben ruiz salazar salvador sanchez sandoval
  santiago santos sato schmidt schneider schulz sergei sergio silva singh soledad soto suarez svetlana teodoro teresa theresa
  toussaint tran trujillo truong valdez valencia vargas vasquez vega velasquez veronica vicente victor viktor villarreal
  vincenzo vladimir wang wilhelm wojciech xavier ximena yolanda yusuf zamora zhang
  aaron adam alex alice amanda amy andrew anna anthony ashley barbara ben betty brandon brian carol catherine charles
  chris christine christopher cynthia daniel david deborah dennis diane donald donna dorothy douglas edward emily emma eric
  ethan frank gary george harry heather helen henry jack jacob james janet jason jeff jennifer jessica jim joe john jonathan
  joseph joshua julie justin karen kathy keith kelly kenneth kevin kyle larry laura lauren linda lisa margaret martha mary
  matthew megan melissa michael michelle mike nancy nathan nicholas nicole olivia pamela patrick paul peter philip rachel
  rebecca richard robert ronald ruth ryan samantha samuel sandra sarah scott sharon sophia stephanie stephen steve steven
  susan thomas timothy tyler virginia walter william
  smith johnson williams brown jones davis miller wilson anderson taylor jackson harris thompson robinson wright
`

const PLACES = `
  alabama alaska albuquerque amarillo anaheim arizona arkansas austin baltimore boston brooklyn california carolina chicago
  cincinnati cleveland colorado columbus connecticut dallas delaware denver detroit florida fresno georgia guatemala haiti
  hawaii hialeah honduras honolulu houston idaho illinois indiana indianapolis iowa jacksonville kansas kentucky laredo
  louisiana manhattan manila maryland massachusetts mexico miami michigan milwaukee minneapolis minnesota mississippi
  missouri modesto montana nashville nebraska nevada ohio oklahoma ontario oregon orlando pasadena pennsylvania
  philadelphia phoenix pittsburgh plano portland raleigh reno sacramento saigon salinas seattle stockton tampa tennessee
  texas toronto tucson tulsa utah vermont vietnam virginia washington wisconsin wyoming
`

const BRANDS = `
  airbnb amazon amex android apple att bmw chase chevrolet citibank costco discover docusign equifax experian facebook fannie
  fico fidelity ford google gmail honda hotmail icloud instagram iphone macys mastercard mercedes microsoft netflix nissan
  outlook paypal quicken redfin samsung schwab spotify target tesla tiktok toyota transunion truist twitter uber venmo verizon
  visa walmart wellsfargo whatsapp yahoo youtube zelle zillow zoom
`

const LENT_BY_ENGLISH =
  'ok okay okey okej email mail net org gmail www http https app wifi online internet hmm mm mhm uh um eh ah oh ha'

export const NEUTRAL_WORDS: ReadonlySet<string> = new Set(
  [NAMES, PLACES, BRANDS, LENT_BY_ENGLISH].flatMap((list) => list.split(/\s+/).filter(Boolean)),
)

/** Places whose names are Spanish or French words, and which everybody in America says. Without diacritics. */
const PLACE_PHRASES = `
  baton rouge, boca raton, bella vista, buena park, buena vista, casa grande, chula vista, coeur d'alene, corpus christi,
  costa mesa, daly city, del mar, del rio, des moines, des plaines, eau claire, el cajon, el camino real, el cerrito,
  el centro, el dorado, el monte, el paso, el segundo, fond du lac, grand prairie, la crosse, la habra, la jolla, la mesa,
  la mirada, la porte, la puente, la quinta, la verne, las cruces, las vegas, los alamitos, los altos, los angeles,
  los gatos, los banos, mar a lago, mira mesa, monte vista, new orleans, palo alto, palos verdes, pico rivera, playa vista,
  ponte vedra, puerto rico, punta gorda, rancho cucamonga, rio grande, rio rancho, salt lake, sault ste marie, sierra madre,
  sierra vista, south bend, st louis, terre haute, vero beach, villa park, virginia beach, yorba linda
`

const PLACE_PHRASE = new RegExp(
  // Any town of a saint besides those listed: San Jose, Santa Fe, Saint Cloud.
  `\\b(?:(?:san|santa|saint|ste) [a-z]+(?: obispo| capistrano)?|${PLACE_PHRASES.split(',')
    .map((place) => place.trim())
    .join('|')})\\b`,
  'g',
)

/** The places named in a text. `plain`: small letters, no diacritics. */
export function placesIn(plain: string): readonly string[] {
  return plain.match(PLACE_PHRASE) ?? []
}
