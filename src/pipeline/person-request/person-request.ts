import type { Said, Stage } from '../stage.ts'

/** Words for a human being as such, and for the people a company has. */
const HUMAN =
  '(?:(?:real|live|actual|proper) )?(?:human(?: being)?s?|(?<=real |live |actual |proper )(?:person|people|one))'
const STAFF =
  '(?:(?<!in )person|agent|rep|representative|operator|officer|advis[eo]r|specialist|consultant|banker|teller|employee|manager|supervisor|department|team)'
const ANYONE = '(?:someone|somebody|anyone|anybody)'

/** The words of a company's name for its people in between: "your loan officer", "the risk specialist". */
const WHO = `(?:[\\w']+ ){0,3}?(?:${HUMAN}|${STAFF}|${ANYONE})\\b`
const WANT =
  '(?:want(?:ed)?|wanna|need|like|prefer|rather|better|can|could|may|let me|please|possible|interested in|there|get to|have to be)'
const TALK = '(?:speak|talk|chat|speaking|talking|chatting|discussing this)'

/** What the caller says of themselves alone: "I talked to an agent yesterday" and "do I need to ..." ask for nobody. */
const ASKED = [
  // "I'd like to talk to a person", "is there anybody I can speak with"
  new RegExp(`\\b${WANT}\\b(?: [\\w']+){0,4}? ${TALK} (?:to|with) ${WHO}`),
  new RegExp(`\\b${ANYONE}(?: [\\w']+){0,2} i can(?: [\\w']+)? ${TALK}`),
  // "talk to a human" as the whole wish
  new RegExp(`^(?:(?:uh|um|yeah|yes|no|just|okay|ok) )*${TALK} (?:to |with )?${WHO}`),
  // "transfer me to the servicing department", "put me through to somebody"
  new RegExp(
    `\\b(?:connect|transfer|forward|pass|put|hand|switch) (?:me|us)\\b(?: (?:over|through|on|up|in touch|straight|directly|please))* (?:to|with) ${WHO}`,
  ),
  // "yes, connect me, please": the whole answer to our own offer
  /^(?:(?:yes|yeah|yep|sure|okay|ok|please) )*(?:connect|transfer) me(?: now| please)*$/,
  new RegExp(`\\b(?:be|get|please) (?:transferred|connected|forwarded|put through)(?: over)? (?:to|with) ${WHO}`),
  // "give me a human now", and no more after it: "I want the person to receive it" is about somebody else
  new RegExp(
    `\\b(?:give me|gimme|get me|(?:i )?(?:want|need|prefer)|help from|how about)(?: (?:an?|the|some|your))? ${`(?:${HUMAN}|person|agent|rep|representative|operator)`}(?: now| please| instead| right now)*$`,
  ),
  /\b(?:don'?t|do not) (?:wanna|want to) (?:talk|speak|chat) (?:to|with) (?:an? |this |the )?(?:bot|robot|machine|computer|ai)\b/,
]

/** Whether one needs to speak to somebody is a question about the matter. */
const ASKS_WHETHER = /\b(?:(?:do|would|will|did) (?:i|we)(?: also| still)? (?:need|have)|should (?:i|we))\b/

/** The bare word our opening offers, with at most a "please" or an article: "Representative!", "a person, please". */
const BARE = new RegExp(
  `^(?:(?:no|yes|yeah|please|just|an?|the|um|uh|real|live|human) )*(?:${HUMAN}|person|agent|representative|operator)(?: please| now)*$`,
)

const SPANISH =
  /^(?:una? )?(?:persona|agente|representante|humano|operador[a]?)(?: real)?(?: por favor)?$|\b(?:quiero|quisiera|puedo|necesito|me gustaría|páseme|comuníqueme|conécteme|transfiérame)\b.{0,25}\b(?:persona|agente|representante|humano|alguien|operador[a]?|asesor[a]?)\b/

/** The caller asks for a human being, in the words the opening offers and the plain ones around them. */
export function createPersonRequest(): Stage {
  return {
    name: 'person request',
    hear({ by, text }: Said) {
      return by === 'caller' && sentencesOf(text).some(asksForPerson) ? [{ type: 'person requested' }] : []
    },
  }
}

function asksForPerson(sentence: string): boolean {
  if (BARE.test(sentence) || SPANISH.test(sentence)) return true
  return !ASKS_WHETHER.test(sentence) && ASKED.some((asked) => asked.test(sentence))
}

/** In small letters, without commas, as a recogniser may or may not set them. */
function sentencesOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .split(/[.!?¡¿;]+/)
    .map((sentence) =>
      sentence
        .replace(/[,:"-]+/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
}
