import { spelled } from './misspelt.ts'
import {
  ANYONE,
  BARE_WANT,
  CONNECT,
  CONNECTED,
  DESKS,
  HUMAN,
  MACHINE,
  OUTSIDERS,
  STAFF,
  TALK,
  TALKER,
  WANT,
  WEIGHTLESS,
} from './words/english-words.ts'

/** Up to so many words between what belongs together. */
const few = (most: number) => `(?: [\\w']+){0,${most}}?`

/** "your loan officer", "a risk specialist", "someone": with the company's words in between. */
const WHO = `(?:(?!(?:about|you|regarding|because|before|and|if|whether|husband|wife|mother|father|mom|dad|son|daughter|brother|sister|lawyer|attorney|accountant|realtor|contractor|outsider|first)\\b)[\\w']+ ){0,4}?(?:${HUMAN}|${STAFF}|${ANYONE})\\b(?!')`
/** Who may stand alone: nobody calls to say "manager" or "someone" of something else. */
const ALONE = `(?:${HUMAN}|agents?|reps?|representatives?|operator|supervisor|manager|customer (?:service|support|care)|(?:someone|somebody) (?:real|human|alive|else)|(?:live|human|loan|mortgage|service|support|phone) (?:agent|officer|rep|representative|advis[eo]r|specialist|support|service|team)|help ?desk|front desk|(?:[\\w']+ ){1,2}(?:department|dept))`
const GREETING =
  "(?:no|nope|yes|yeah|yep|yup|sure|okay|ok|hi|hello|hey|well|so|and|but|listen|look|sorry|thanks|thank you|excuse me|stop|now|right now|already|i said|an?|the|your|some|another|different|only|to|for|with|instead|here|today|sir|ma'am|god|jesus|get|need|want|more)"
/** Whom one does not ask to be put through to: "I need to talk to my wife first". */
const NOBODY_OF_OURS =
  '(?:you|yours|yourself|myself|me|us|my|our|it|this|that|these|those|his|her own|their|each|both|all|about|regards?|regarding|respect|what|which|how|when|where|why|the|an?|him|them|outsider|god|kids|again|anymore|first|in|on|at|for|so|because|cash|money|more|less|no|customers|clients|nobody|spanish|english)'
/** What may be available too: "is Zelle available", "is Friday free". */
const PRODUCTS =
  '(?!(?:\\w+ing|\\w*day|tomorrow|it|he|she|there|everything|anything|everyone|anyone|anybody|someone|somebody|online|auto ?pay|zelle|help|support|assistance|credit|interest|financing|insurance|money|escrow|parking|noon|tonight|\\d+|\\w*loan|mortgage) )'
const NAME = `(?!${NOBODY_OF_OURS}\\b)[a-z'-]+`

/** Whether one needs to speak to somebody, or did, or somebody else does: a question or a story about the matter. */
const NO_WISH = new RegExp(
  [
    '\\b(?:do|would|will|did|does|should|must|when|why|if) (?:i|we|you|they|she|he)(?: also| still| even| ever| first)? (?:(?:need|have|had|want|wanted|needed) to|be (?:transferred|connected|put))',
    '\\b(?:should|am|are|was|were|did|had|have|has|been) (?:i|we|you)(?: \\w+)? (?:speak|talk|speaking|talking|transferred|connected)',
    "(?<!\\bi |\\bi just |\\bi already |\\bi've )\\b(?:said|told|says|tells|telling|claimed|promised|advised|suggested)(?: me| us)?(?: that)?(?: i| we| to| i'd| i'll)(?![\\w'])",
    '\\b(?:if|when|whenever|every time|once) (?:i|we|they|she|he) (?:get|got|have|hire|bring|add|send|find|put)\\b',
    '\\bwithout\\b|\\bno need\\b',
    '(?<!\\b(?:can|could|may|might) )\\bi (?:was|am|got|been|get|keep getting|have been|had been) (?:transferred|connected|forwarded|passed|put|switched|redirected)',
    '\\b(?:what|which|how long|how many|how much|whose)\\b.{0,60}\\b(?:number|hours|extension|cost|charge|name)\\b',
    '\\b(?:wanted|needed|trying|tried|asked|hoping|waiting|called)\\b.{0,80}\\b(?:yesterday|last (?:time|week|month|night|year)|the other day|earlier|this morning|ago|on (?:mon|tues|wednes|thurs|fri|satur)day)\\b',
    '\\b(?:near ?by|nearest|near me|near my|in my area|around here|at (?:the|a|your) branch|come (?:in|by|to(?! the (?:phone|line)))|in the branch)\\b|\\b(?:schedule|book|appoint(?:ment)?|set up an?|visit)\\b.{0,80}\\b(?:with|talk|speak|see|meet)\\b',
    '\\b(?:meet|see|find(?! (?:me|us) (?:an? )?(?:real|live|actual|human|person))|look for|looking for|locate|hire|become|add|adding|remove)\\b.{0,40}\\b(?:agent|person|advisor|specialist|someone|somebody|manager|operator|representative)',
    '\\b(?:them|him|her|meet \\w+|talk) in person\\b',
    '\\b(?:have|someone|somebody|agent|officer|person|representative)\\b.{0,30}\\bcalls? (?:me|us)\\b|\\bcall ?back (?:from|with|tomorrow|at|on)\\b|(?<!\\b(?:if|who|whom|lady|guy|man|woman|gentleman|person|agent|officer|rep|representative|someone|somebody|one) )\\b(?:i|we) (?:already |just )?(?:spoke|talked|chatted|dealt)\\b(?!.{0,80}\\b(?:need|want|like) )',
  ].join('|'),
)

/** Each asks for a person in its own way; all over a clause without weightless words. */
const ASKED: readonly RegExp[] = [
  // "I'd like to talk to a person", "can I please speak to your manager"
  new RegExp(`\\b${WANT}\\b${few(5)} ${TALK} ${WHO}`),
  new RegExp(`^${few(2)} ?${BARE_WANT}(?: to)?(?: be able to)? ${TALK} ${WHO}`),
  // "talk to a human", "speak with representative" as the whole wish
  new RegExp(`^(?:${GREETING} )*${TALK} ${WHO}`),
  // "could I talk to Dana King": whoever is asked for by name is a person too
  new RegExp(
    `(?:^|^(?:need|want|wanna|like|would like|gotta)(?: to)?|\\b(?:can|could|may|can't|how do|how can) (?:i|we)|\\blet me|\\b(?:i|we) (?:need|want|wanna|'d like|would like|wish|gotta|have)(?: to)?|\\bi'd (?:like|rather|prefer)(?: to)?|\\b(?:trying|calling|hoping|looking|like) to|\\bpossible to) (?:(?:speak|talk|get through) (?:to|with)|get (?:a )?(?:hold|ahold) of) ${NAME}`,
  ),
  /\b(?:can|could|may) i (?:speak|talk) (?:to|with) (?:him|her|them)(?: now| directly| again)?$/,
  new RegExp(
    `\\b(?:need|want|like|trying|calling|can i|could i|may i|let me)\\b${few(2)} (?:speak|talk|get through) (?:to|with) (?:my|our) (?:loan |mortgage |account |case |relationship |home )*(?:officer|banker|advis[eo]r|processor|lender|underwriter|rep|representative|manager|specialist|counsel+or|originator|guy|lady)`,
  ),
  /\bwho(?: \w+){0,2} (?:can|do|could|should|would) i (?:need to )?(?:speak|talk) (?:to|with) (?:about|for|regarding|to|there|here|in|at your|if)\b/,
  // "is there anyone there I can speak with", "there must be somebody I can talk to"
  new RegExp(
    `\\b(?:${ANYONE}|${HUMAN}|${STAFF})${few(4)} (?:(?:i|we) (?:can|could|might|may|should)|to|available to|free to|who can|that can|who could|that could)${few(2)} (?:speak|talk|chat|deal with|ask|(?:explain|show|run|take) (?:it|this|that) (?:to|by)|complain)\\b`,
  ),
  new RegExp(
    `\\b(?:(?:is|are|isn't|any|anyone|anybody)(?: there)?${few(2)}|there) (?:${HUMAN}|supervisor|manager|agents?|representatives?)${few(2)} (?:there|available|around|working|free|on duty|here|to help|in charge)`,
  ),
  /\b(?:anyone|anybody|someone|somebody) (?:else|real|human|alive|competent)(?: there| here)?\b.{0,40}\b(?:help|talk|speak|there|take|i can)/,
  // "transfer me to the servicing department", "put me through to somebody", "I'd like to be connected with Dana"
  new RegExp(
    `\\b(?:${CONNECT}|${CONNECTED})\\b${few(3)} (?:to|with|through to) (?:[\\w']+ ){0,5}?(?:${HUMAN}|${STAFF}|${ANYONE}|${DESKS})\\b`,
  ),
  new RegExp(
    `\\b(?:connect|transfer|put|patch|forward) (?:me|us|(?:this|my|the) call)(?: (?:over|through|on|back|straight|directly|up))* (?:to|with) ${NAME}(?: ${NAME})?(?: now| right away)?$`,
  ),
  new RegExp(`^(?:${GREETING} )*(?:connect|transfer|escalate|forward|switch)(?: over)? (?:to|with) ${WHO}`),
  // "yes, connect me, please"; "just transfer the call"
  new RegExp(
    `(?:^(?:${GREETING} )*|\\b(?:(?:can|could|would|will) you|if you (?:can|could|would)|you (?:can|may|should)|(?:want|need|like|ask|asking) you to|and|then) )(?:connect|transfer|forward|redirect|escalate|put) (?:me|us|this|(?:this|the|my) call)(?: (?:now|through|over|on|up|back|there|already|right away|then|or not|thanks|thank you|(?:to|with) (?:her|him|them)))*$`,
  ),
  new RegExp(
    `\\b(?:want|need|like|can i|could i|may i)(?: to)? (?:be|get) (?:transferred|connected|switched|put through|passed)(?: over)? (?:to|with) ${NAME}(?: ${NAME})?$`,
  ),
  // "get me your supervisor", "give me a human now", "bring in a person"
  new RegExp(
    `\\b(?:get(?:ting)?|giv(?:e|ing)|gimme|fetch|find|grab|bring(?:ing)?|pass|call|summon)(?: me| us)?(?: in| over)?(?: to| on)? (?:an? |the |your |some |another )(?:[\\w']+ ){0,2}?(?:${HUMAN}|agent|rep|representative|operator|supervisor|manager|boss|superior|officer|specialist|advis[eo]r)\\b(?!')`,
  ),
  new RegExp(
    `\\b(?:get|give|gimme|fetch|find|grab|bring)(?: me| us) (?:[\\w']+ ){0,2}?(?:${HUMAN}|agent|rep|representative|operator|supervisor|manager|someone|somebody|anyone|customer service)\\b`,
  ),
  /\b(?:get|put|have|bring|need|want) (?!it |this |that |my |money |you |to )(?:[\w']+ ){1,4}?(?:on(?:to)?|to) (?:the |this )?(?:phone|line|call)\b/,
  /\bput (?!it |this |that |me |my |you )[a-z]+ (?:on|through)$/,
  new RegExp(
    `\\bput (?:[\\w']+ ){0,3}?(?:${HUMAN}|${STAFF}|(?:someone|somebody)(?: else)?) (?:through\\b|on(?: (?:now|with me|instead|here|the (?:phone|line).*))?$)`,
  ),
  // "I want a person", "I need a human to help me", and no more after it than that
  new RegExp(
    `(?<!(?:don't|dont|not|never|will|do|does|that|you|they|he|she) )\\b(?:want|wanna|need|prefer|(?:i'd|would|we'd) like|rather have|demand|(?:can|could|may) i (?:have|get)|help from|let me have|how about|asking for|asked for|ask(?:ed|ing)? (?:you )?(?:\\w+ )?(?:\\w+ )?for|said)(?: to have)?(?: an?| the| some| your| another| to a)?(?: (?:different|new|other|loan|mortgage|actual|customer service|service|phone|senior|competent))? (?:${HUMAN}|agent|rep|representative|operator|supervisor|manager|customer (?:service|support)|(?:loan |mortgage )(?:officer|specialist|advis[eo]r|consultant)|(?:someone|somebody|anyone) (?:real|human|else|alive|competent|in charge|higher(?: up)?|above you|over you|senior|with (?:\\w+ )?authority))(?: (?:now|(?:on|for|about|with) (?:this|it)|in here|instead|here|right now|right away|on the (?:phone|line)|not an? \\w+|who .*|that (?:can|knows|is|speaks|understands|works) .*|to (?:talk|speak|help|assist|answer|call|handle|take|deal|explain|look|fix|chat) ?.*|and not .*|for this|today|immediately|already|at once|because .*|help|or .*|again|twice|\\w+ times))*$`,
  ),
  /\b(?:want|need|get me|find me|give me) (?:someone|somebody) (?:who|that|who's|that's|with)(?: (?:can|is|actually|will))* (?:real|human|knows?|works?|help|helps|understands?|speaks?|talk|in charge|not an?|isn't|a (?:pulse|brain)|alive)\b/,
  // "can a real person help me", "could somebody take over"
  new RegExp(
    `\\b(?:can|could|will|would) (?:an? |some |your |another )?(?:[\\w']+ )?(?:${HUMAN}|agent|representative|operator|supervisor|manager|someone|somebody|anyone)${few(4)} (?:take over|pick up|talk to me|speak (?:to|with) me|talk|speak|come on|get on|join|answer)`,
  ),
  new RegExp(
    `\\b(?:can|could|will|would) (?:an? |some |your |another )(?:[\\w']+ )?(?:${HUMAN}|agent|representative|operator|supervisor|manager)(?: [\\w']+)? (?:help|assist)`,
  ),
  new RegExp(
    `\\b(?:have|let|need|want|get|like)${few(1)} (?:an? |some |your |another )(?:${HUMAN}|agent|representative|operator|supervisor|manager)${few(1)} (?:take|handle|help|assist|talk|speak|join|look|answer|explain)\\b`,
  ),
  /\b(?:need|want|like|get|give me|prefer|for|with) (?:some |a )?(?:human|live|real) (?:assistance|help|support|service|contact|interaction|voice|touch|connection)\b/,
  // "it's better for a person to answer", "I'd be more at ease with a human"
  new RegExp(
    `\\b(?:more|better|easier|best|happier|comfortable)\\b.{0,40} (?:with|to|for|by|from) (?:an? |some |another )(?:${HUMAN})\\b`,
  ),
  /\b(?:get|give me|have|with|need|want) who?m?ever(?:'s| is)? (?:on duty|in charge|available|there|free|handling|responsible|can)\b/,
  /\b(?:can|could|will|would) you (?:get|fetch|grab|put) (?:him|her|them) (?:for me|on|on the (?:phone|line))$/,
  // "I need to ask a manager", "five minutes with a loan officer", "speak manager"
  new RegExp(
    `\\b${WANT}\\b${few(4)} (?:ask|hear from|run (?:this|it) by|take (?:this|it) up with|complain(?: about \\w+)? to|complaint (?:to|with)|(?:minutes?|moment|second) (?:with|of)|loop in|bring in|pull in|contact|reach|call) (?:(?:an?|your|the|one of your|my|another) (?:[\\w']+ ){0,2}?(?:${HUMAN}|${STAFF})|(?:${DESKS})$)`,
  ),
  new RegExp(
    `\\b(?:question|something)s? (?:for|to (?:ask|discuss with)) (?:an?|your|the) (?:[\\w']+ ){0,2}?(?:${HUMAN}|${STAFF})`,
  ),
  new RegExp(
    `^(?:${GREETING} )*(?:talk|speak|chat|connect(?: me| us)?|transfer|switch|reach) (?:${HUMAN}|agent|operator|manager|supervisor|rep|representative)$`,
  ),
  new RegExp(
    `^(?:${GREETING} )*(?:${HUMAN}|agent|operator|manager|supervisor|rep|representative) (?:needed|required|wanted)$`,
  ),
  // "have a colleague take the call", "can you ask somebody to pick up"
  new RegExp(
    `\\b(?:have|ask|let|get) (?:someone|somebody|(?:an?|your|another|one of your) (?:[\\w']+ ){0,2}?(?:${HUMAN}|${STAFF}))(?: else)? (?:to )?(?:take over|take (?:the|this|my) call|pick up|join|come on|help (?:me|us)|talk to me|speak (?:to|with) me)`,
  ),
  // "this isn't something a bot can help with"
  new RegExp(
    `(?:\\b(?:not|no|too complicated for|beyond what)|n't)\\b.{0,30} (?:an? |your |this |the )(?:[\\w']+ )?${TALKER} (?:can|could|will|is going to|understands?)\\b`,
  ),
  /\b(?:can|could|may) (?:i|we) (?:have|get) (?:the |your )?(?:[\w']+ ){1,2}(?:department|desk|office)$/,
  /\bif you (?:could have )?(?:transferred|connected|switched|forwarded|passed|put) (?:me|us|my call) (?:\w+ )?(?:to|with)\b/,
  // "would it be okay if I spoke to a person", "not until I talk to a manager"
  new RegExp(
    `\\b(?:okay|ok|all ?right|fine|possible|better|easier|nice|great|good|rather|prefer|wish|mind) if (?:i|we)(?: could)? (?:spoke|talked|speak|talk|dealt)${few(1)} (?:to|with) ${WHO}`,
  ),
  new RegExp(`\\b(?:until|unless|till) (?:i|we) (?:can |get to )?(?:${TALK}|get|have) ${WHO}`),
  // "could a loan officer walk me through it", "I was hoping a person could explain it"
  new RegExp(
    `\\b(?:can|could|have|let|need|want|like|get|hoping|wish) (?:an? |some |your |another |one of your )(?:[\\w']+ ){0,2}?(?:${HUMAN}|${STAFF})(?: (?:could|can|would|to|please))?(?: \\w+)? (?:(?:help|assist|walk|guide|talk to|speak (?:to|with)) (?:me|us)|take (?:a look|this|over|it)|look (?:at|into)|explain|go over|handle (?:this|it)|help(?: with)?(?: this| it)?$)`,
  ),
  new RegExp(
    `^(?:${GREETING} )*(?:(?:is|are|isn't) )?(?:(?:there|any) )*(?:an? |any |one of your |some )?(?:loan |mortgage |home |customer service |service |phone )*(?:${HUMAN}|${STAFF}) (?:available|free|around|in|on duty)(?: (?:now|right now|today|at the moment|please|by any chance|there|to (?:talk|speak|help|chat|take).*|i (?:can|could) .*|for me))*$`,
  ),
  // "I want my call transferred to someone"
  /\b(?:want|need|like) (?:my|this|the) call (?:to be )?(?:transferred|connected|passed|sent|routed|put through|escalated)/,
  // "I hate robots", "can we skip the bot", "I prefer humans over robots", "I'm not explaining this to a machine"
  new RegExp(
    `\\b(?:hate|despise|can't stand|sick of|tired of|fed up with|done with|had enough of|enough (?:of|with)|skip|bypass|get past|get around|stop with|i (?:don't|dont|do not|won't|never) (?:want|like|trust|need|do|deal with|care for|use)|i (?:want|need) out of|over|instead of|rather than)(?: (?:all|this|that|these|those|the|your|an?|any|with|damn|talking|to|another))* ${TALKER}(?: ${TALKER})?(?: (?:thing|stuff|anymore|again|here|now|with .*|for .*))*$`,
  ),
  new RegExp(
    `\\b(?:not|never|n't|ain't|won't|can't|don't|dont|isn't|done|tired of|sick of|comfortable|refuse)\\b(?! mind| care| bother)${few(3)} (?:talk|talking|give|giving|explain|explaining|tell|telling|repeat|repeating|share|sharing|say|saying|answer|answering|going through|trust|trusting)\\b(?: [\\w']+){0,3}? (?:to|with) (?:[\\w']+ ){0,2}?${TALKER}\\b`,
  ),
  // "I'm done talking to a machine", "no more bots", "get me out of this menu"
  new RegExp(
    `\\b(?:don't|dont|do not|won't|not|never|can't|cannot|done|tired of|sick of|through|finished|fed up|hate|enough|refuse|rather not|quit|stop|instead of|over|no) (?!mind|care|bother)(?:[\\w']+ ){0,3}?(?:talk|talking|speak|speaking|deal|dealing|chat|chatting|arguing|argue|discuss|discussing)\\b(?: [\\w']+){0,2}? (?:to|with) (?:[\\w']+ ){0,3}?${MACHINE}\\b`,
  ),
  new RegExp(
    `(?:^|\\b(?:and|but) )(?:${GREETING} )*(?:no (?:more )?|enough (?:with|of) (?:the|this|these|your) |not an? |not another |not the |forget the |skip the )(?:${MACHINE})(?: ${MACHINE})?(?: stuff| thing)?$`,
  ),
  new RegExp(
    `\\b(?:get|take) me (?:out|off|away)(?: of| from)? (?:of |from )?(?:this|the|your) (?:[\\w']+ ){0,2}?(?:${MACHINE}|menu|system)\\b`,
  ),
  // "can you get somebody from the loan department", "could you get my processor"
  new RegExp(
    `\\b(?:can|could|will|would|can't|couldn't) you (?:get|fetch|grab|bring|ring|page|buzz)(?: in)? (?:(?:an?|your|another|some) (?:[\\w']+ ){0,2}?(?:${HUMAN}|${STAFF})|someone|somebody|anyone|(?:my|our) (?:[\\w']+ ){0,2}?${STAFF})\\b`,
  ),
  // "somebody needs to get on this phone with me"
  new RegExp(
    `\\b(?:${HUMAN}|${ANYONE}|manager|supervisor|representative|agent) (?:needs to|has to|had better|better|must|should) (?:get on|come on|come to|pick up|talk to me|speak (?:to|with) me|take over|handle (?:this|it)|take care of (?:this|it)|look at (?:this|it))\\b`,
  ),
  // "is Dave available", "is Mr. Alvarez in today"
  new RegExp(
    `^(?:${GREETING} )*is (?:(?:mrs?|ms|miss|dr) [a-z'-]+|my (?:loan |mortgage )?(?:officer|processor|banker|advis[eo]r|guy|lady)|${PRODUCTS}${NAME}) (?:in|there|around|available|at (?:his|her|their) desk|free|working|in the office)(?: (?:today|right now|now|to (?:talk|speak|chat).*|at the moment|by any chance))*$`,
  ),
  // "do you have human agents", "where's the human", "I want to hear a human voice"
  /\b(?:do you(?: guys| all)? (?:have|employ)|are there|is there|where(?:'s| is| are)) (?:any |all |an? |the |some )*(?:real|humans?|live|living|actual)(?: (?:people|persons?|humans?|agents?|representatives?|reps?|operators?|staff|support|beings?|employees?))?(?: (?:there|here|i can .*|who .*|available|working there))?$/,
  /\b(?:hear|listen to|want|need|with) (?:an? )?(?:real|human|live|actual|person's)(?: human| live)? voice\b/,
  // "I'll hold for a representative", "I need to be transferred", "extension four two two"
  new RegExp(
    `\\b(?:i'll|i will|i'd rather|i can|can i|i'm going to|let me|happy to) (?:wait|hold|stay on)(?: on)?(?: the line)? for (?:(?:an?|your|the next|another|some) (?:[\\w']+ ){0,2}?)?(?:${HUMAN}|${STAFF}|someone|somebody)\\b`,
  ),
  /\b(?:need|want|like|can i|could i|may i|prefer|asking)(?: to)? (?:be|get) (?:transferred|connected|put through|escalated|forwarded|patched through)(?: (?:now|over|right now|today|immediately))*$/,
  /^(?:dial |give me )?ext(?:ension)?(?: number)?(?: (?:\d+|zero|oh|one|two|three|four|five|six|seven|eight|nine))+$/,
  // "anybody who isn't a recording", "someone who can help me"
  new RegExp(
    `\\b(?:someone|somebody|anyone|anybody|who)\\b.{0,40}\\b(?:isn't|is not|that's not|who's not|not) an? ${MACHINE}\\b`,
  ),
  new RegExp(`^(?:${GREETING} )*(?:someone|somebody) (?:who|that) (?:can|could|knows|will|is able to)\\b`),
  // "just get somebody", "get someone competent"
  new RegExp(
    `(?:^(?:${GREETING} )*|(?<!\\b(?:i|we|you|they|to|should|did|can|could) ))\\b(?:get|find|fetch|bring)(?: me| us)? (?:someone|somebody|anyone|anybody)(?: (?:else|competent|real|human|there|here|now))*$`,
  ),
  new RegExp(`^(?:stop|quit|forget) (?:the |this )?${MACHINE}$`),
  // "I want to escalate this", "hand off"
  /(?:^|\b(?:to|you|me) )(?:escalate|hand ?off|hand ?over)(?: (?:this|it|the \w+|my \w+))?(?: to .*)?$|^(?:human|agent|live|person) (?:hand ?off|hand ?over|takeover|support|help|service)$|^speak to (?:a )?human$/,
]

/** "What do I press to talk to a person": asks for the way, and wants to go it, though it says "do I have to". */
const WAY_TO_PERSON = new RegExp(
  `\\b(?:do i|can i|should i|must i|i|i have to) (?:press|push|dial|hit|say|choose)\\b.{0,20} (?:for|get) (?:an? |the |your )?(?:[\\w']+ )?(?:${HUMAN}|operator|representative|agent)\\b|` +
    `\\b(?:what|which|how)\\b.{0,40}\\bto (?:${TALK}|get(?: to)?|reach)(?: an?| the| your| any| some)? (?:[\\w']+ )?(?:${HUMAN}|operator|representative|live (?:agent|representative))\\b(?! (?:added|removed|off|on (?:the|my) (?:account|loan|policy)))`,
)

/** Without any of these nothing is asked for: most clauses need no further look. */
const HINT = new RegExp(
  `\\b(?:${HUMAN}|${STAFF}|${ANYONE}|${MACHINE}|${TALKER}|${CONNECT}|${CONNECTED}|speak|talk|chat|contact|reach|connect\\w*|transfer\\w*|forward\\w*|redirect|switch\\w*|patch|get (?:through|a ?hold|hold)|put|escalate|hand ?(?:off|over)|takeover|ext|extension|phone|line|call|real|live|human|menu|system|voice|him|her|them|desk|is [a-z'-]+(?: [a-z'-]+)? (?:in|there|around|available|at|free|working))\\b`,
)

/** Counted, since "the loan department" may be read in two ways each time it is said. */
const BARE = new RegExp(`^(?:${GREETING} ){0,8}${ALONE}(?: (?:${GREETING}|${ALONE})){0,8}$`)

/** Whether a clause in English asks for a person, by rules. */
export function asksInEnglish(clause: string): boolean {
  const text = weighty(clause)
  if (!HINT.test(text)) return false
  return (
    isBarePerson(clause) || WAY_TO_PERSON.test(text) || (!NO_WISH.test(text) && ASKED.some((asked) => asked.test(text)))
  )
}

/** "Representative!", "a real person, please". */
export function isBarePerson(clause: string): boolean {
  const text = weighty(clause)
  return BARE.test(text) && !/\bno (?:need|more)\b/.test(text)
}

function weighty(clause: string): string {
  return spelled(clause).replace(WEIGHTLESS, '').replace(/ +/g, ' ').trim().replace(OUTSIDERS, 'outsider')
}
