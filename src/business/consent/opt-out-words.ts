/**
 * Whether a typed text asks us to leave them alone: by a stop word of the carriers, or its like in a language we serve,
 * or freely, in English or Spanish (RELIABILITY C5, C10). For what is said, see the two below.
 */
export function noticesOptOut(text: string): boolean {
  const plain = plainWords(text)
  return withoutCourtesy(plain).some((clause) => CANCEL_WORDS.has(clause)) || stopsIn(plain)
}

/**
 * The same of what somebody says in answer to "say stop". A bare "cancel" stops nothing there: they were rung about an
 * appointment, and mean that.
 */
export function noticesSpokenOptOut(words: string): boolean {
  return stopsIn(plainWords(words))
}

/**
 * Whether what somebody says in a call asks us never to call or text again, in English or Spanish. A bare "stop",
 * "cancel" or "quit" does not: it is how people interrupt. Nor does what may be about others, or about one channel only:
 * nobody reads it over before it counts.
 */
export function asksNotToBeContacted(text: string): boolean {
  const plain = plainWords(text)
  return asksIn(plain) && !MAY_MEAN_ANOTHER.some((other) => other.test(plain))
}

/** Both ends of longer texts are read, this much of each: all of a text as carriers take it (1600 characters). */
const READ = 800

/** Small letters without accents and apostrophes; `|` between clauses. */
function plainWords(text: string): string {
  const read = text.length > 2 * READ ? `${text.slice(0, READ)}. ${text.slice(-READ)}` : text
  const letters = read
    .normalize('NFKD')
    // Zero-width and turning characters too, which are in no word and hide one.
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/['’‘`]/g, '')
    // "S.T.O.P."
    .replace(/(?<!\p{L})(\p{L})\.(?=\p{L}(?!\p{L}))/gu, '$1')
  return letters
    .replace(/[.,;:!?¡¿\n\r…—–]+/g, '|')
    .replace(/[^\p{L}\p{N}|]+/gu, ' ')
    .replace(/ *\| */g, '|')
    .replace(/^\|+|\|+$/g, '')
    .trim()
}

/** Stop words of the carriers that mean the appointment when they are said. */
const CANCEL_WORDS: ReadonlySet<string> = new Set(['cancel', 'cancel all', 'cancelar', 'cancele'])

/**
 * The other stop words of the carriers and their plain relatives. They count as a whole text, or as a clause of one
 * only where they can mean nothing else.
 */
const STOP_WORDS: ReadonlySet<string> = new Set(
  [
    ...['stop', 'stopall', 'stop all', 'stop it', 'stop now', 'stop this', 'stop that', 'stop everything'],
    ...['stop texts', 'stop messages', 'stop calls', 'unsubscribe', 'unsubscribe me', 'un subscribe', 'end', 'end all'],
    ...['quit', 'quit it', 'revoke', 'optout', 'opt out', 'opt me out', 'remove', 'remove me'],
    ...['take me off', 'no more', 'enough', 'leave me alone', 'end texts', 'cancel texts', 'cease and desist'],
    ...['do not text', 'dont text', 'no texts', 'no messages', 'no calls', 'stopp', 'stp', 's t o p'],
    ...['parar', 'pare', 'paren', 'para ya', 'alto', 'basta', 'basta ya', 'ya basta', 'baja'],
    ...['detener', 'detengan', 'detenganse', 'terminar', 'no mas', 'ya no mas', 'eliminar', 'eliminarme', 'suspender'],
    ...['arret', 'arrêter', 'arrêtez', 'désabonner', 'sair', 'cancelar inscrição', 'стоп', 'отписаться', 'хватит'],
    ...['退订', '退訂', '停止', '取消订阅', '수신거부', '수신 거부', '중지', 'dừng', 'ngừng', 'hủy đăng ký'],
    ...['itigil', 'tigil', 'sispann', 'rete', 'توقف', 'إيقاف', 'أوقف'],
  ].map(plainWords),
)

const COURTESY =
  /\b(please|pls|plz|kindly|just|again|now|i said|i say|i told you to|i want you to|you guys|por favor|porfavor|les dije que|thanks|thank you|thx|gracias|ok|okay|hey|hi|hello|hola|yes|si)\b/g

/** "Stop stop stop". */
const AGAIN = /^(\p{L}+)(?: \1)+$/u

/** The whole text, or its clauses when there are several, without their please and thank you. */
function withoutCourtesy(plain: string): string[] {
  const clauses = plain
    .split('|')
    .map((clause) => clause.replace(COURTESY, '').replace(/ +/g, ' ').trim().replace(AGAIN, '$1'))
  const said = clauses.filter((clause) => clause !== '')
  // Of several clauses only those that cannot be about something else: "I'm not interested. Stop."
  return said.length <= 1
    ? said
    : said.filter((clause) => /^(stop|unsubscribe|opt ?out|remove me|basta|parar)\b/.test(clause))
}

function stopsIn(plain: string): boolean {
  return withoutCourtesy(plain).some((clause) => STOP_WORDS.has(clause)) || asksIn(plain)
}

function asksIn(plain: string): boolean {
  const clauses = plain.split('|')
  return clauses.some((clause) => REQUESTS.some((request) => request.test(clause) && !isTurnedRound(clause)))
}

const CONTACT = '(text|txt|message|msg|sms|call|contact|phone|ring|bother|email|write|reach out|harass|spam)'
const CONTACTING =
  '(texting|txting|texing|messaging|calling|contacting|phoning|ringing|bothering|emailing|harassing|spamming|sending|writing|pestering|blowing up|hitting me up|reaching out)'
const CONTACTS =
  '(text|texts|txts|texting|text messages|message|messages|messaging|msg|msgs|sms|call|calls|calling|phone calls|contact|communications?|spam|robocalls?|notifications?|reminders|emails)'
/** "Don't call me before nine" is no farewell. */
const FOR_NOW =
  '(?! (today|tonight|tomorrow|now|right now|yet|until|till|before|after|at|on|during|this|while|when|if|later|between|in the|with|because|about|by|back|so|too|unless|from|for|a|an|the|mr|mrs|sir|names)\\b)'
/** "No calls before noon" is none either. */
const AT_TIMES =
  '(?! (before|after|until|till|during|while|when|between|today|tonight|tomorrow|right now|in the|at (?:work|night|home|\\d)|on (?:sun|mon|tues|wednes|thurs|fri|satur|week|my)))'
const SOME =
  '(?:(?:the|these|those|all|your|any|of|more|further|future|sending|me|such|this|that|annoying|stupid) ){0,4}'

const REQUESTS: readonly RegExp[] = [
  // English
  new RegExp(
    `\\b(stop|quit|cease|stopping) (?:and desist )?(?:with |w |from )?${SOME}(${CONTACTING}|${CONTACTS})\\b(?! back)`,
  ),
  new RegExp(
    `\\b(dont|do not|never|not to|do nt) (?:ever |you ever |you dare )?${CONTACT} (me|this number|this phone|my (?:cell|phone|number|house|home|mobile)|us|here)(?: (?:ever|again|anymore|any more|no more))+`,
  ),
  new RegExp(
    `\\b(dont|do not|never) (?:ever |you ever |you dare )?${CONTACT} (me|this number|this phone|us)\\b${FOR_NOW}`,
  ),
  new RegExp(
    `\\b(dont|do not|no longer|didnt|never) (want|wanna|wish|need|like|care|asked?)(?: for)?(?: to)? ?(?:(?:get|receive|be getting|be receiving|have|hear) )?${SOME}(texts|text messages|messages|calls|phone calls|sms|communications?|reminders|notifications)\\b${AT_TIMES}`,
  ),
  /\b(dont|do not|no longer|never) (want|wish|like)(?: to)? (?:be|get|being|getting) (texted|messaged|called|contacted|bothered|phoned|spammed|emailed)\b/,
  /\b(dont|do not|no longer|never) (?:wanna|(?:want|wish)(?: to)?) hear from (you|yall|this company|you guys|your company)\b/,
  new RegExp(
    `\\b(dont|do not|never) (?:ever )?send (?:me |us |to me |this number )${SOME}(texts|text messages|messages|msgs|sms|spam|stuff|anything|any)\\b${AT_TIMES}(?! (?:about|with|yet|but))`,
  ),
  /\b(dont|do not|no longer) want (you|you guys|yall|anyone|anybody)(?: people)? to (?:ever )?(text|message|call|contact|bother)\b/,
  new RegExp(`\\bno more (?:of )?${SOME}${CONTACTS}\\b`),
  /\b(take|remove|delete|drop|get|scratch|strike|wipe) (me|us|my (?:name|info|information|number|phone|phone number|cell|contact|contacts)|this number|number)(?: \w+)? (off|from|out of|out)(?: \w+){0,3} (lists?|database|system|contacts?|texts?|messages?|calls?|mailing|records|campaign|files?)\b/,
  /\b(take|remove|delete|drop|erase) (me off|my (?:number|phone number|cell)|this number)( now| please| immediately)?$/,
  /\b(put|add|place) (me|my number|this number|us) (?:\w+ ){0,3}do not (call|contact|text)\b/,
  /\b(want|like|wish|need|get|getting) (?:to be |to get |me |myself |us ){0,2}on (?:your |the |a )?do not (call|contact|text)\b/,
  /\bno longer (call|text|message|contact) (me|us|this number)\b/,
  /\bmake (?:the|these|those|your|all the) (?:\w+ )?(calls|texts|messages) stop\b/,
  /\bwant (?:to be |to get )?off (?:of )?(?:your|this|the) (?:\w+ )?list\b/,
  /\b(unsubscribe|unsubscribing)\b/,
  /\b(get|getting|be|been) (off|removed from) (this|your|the|that|all your) (?:\w+ )?list\b/,
  /\b(end|cancel) (?:the|these|those|all|your) (?:\w+ )?(texts|text messages|messages|messaging|msgs|sms|robocalls)\b/,
  // Many of them, and not "the calls I have with Dana": an appointment may be a call.
  /\b(end|cancel) (?:(?:all|any|of|the|these|those|your) )+(?:(?:phone|reminder|automated|future|more) )*calls\b(?! (?:with|for|on|at|to|i|we|that|scheduled)\b)/,
  new RegExp(`\\b(rather|prefer) (?:that )?you (?:didnt|did not|dont|do not|not) ${CONTACT} me\\b${FOR_NOW}`),
  /\b(dont|do not|never|no longer) consent(ed)? to (these|your|any|the|receiv\w+|getting|being)\b/,
  /\bopt(ing)? (me |us )?out( (now|please|immediately|completely))?$/,
  /\bopt(ing)? (me |us )?out (of|from) (?:(?:all|any|the|these|your|this|that|future|further) ){0,3}(texts?|text messages|messages?|messaging|calls?|sms|communications?|everything|this|it|list|notifications?|reminders?|contact|marketing)\b/,
  /\b(revoke|withdraw|rescind|take back|cancel) (?:my |any |all )+(consent|permission|authorization)\b/,
  /\b(leave me|leave us) (the (?:hell|heck) )?alone\b/,
  /\blose (my|this) number\b/,
  // Spanish
  /\b(deje|dejen|deja|dejame|pare|paren|para|parar|dejar) (?:ya )?de (?:estar )?(env|mand|escrib|llam|contact|molest|text|marc|acos|manda)\w*/,
  /\bno me (?:vuelva[ns]? a )?(env|mand|escrib|llam|contact|molest|text|marqu)\w*(?: (?:mas|nunca|jamas|otra vez|de nuevo|ya))+/,
  /\b(?:ya |nunca |por favor )*no me (?:vuelva[ns]? a )?(envi|mand|escrib|llam|contact|molest|text|marqu)\w*(?: (?:mensajes|textos|nada|sms))?(?: por favor)?$/,
  /\bno (quiero|deseo|quisiera|necesito)(?: (?:recibir|que|me|mas|sus|tus|estos|estas|esos|ningun|ninguna|de|mis|tener|seguir|recibiendo)){0,5} (mensajes?|textos?|llamadas?|sms|mensajitos|comunicaciones|llamen|llame|llames|escriban|escriba|contacten|contacte|manden|molesten|textos)\b/,
  /\bno (?:me |nos )?(?:vuelvan? a )?(llam|escrib|envi|mand|contact|molest|text)\w* mas\b/,
  /\b(no|ni) mas (?:\w+ )?(mensajes?|textos?|llamadas?|sms|mensajitos|comunicaciones)\b/,
  /\b(quit|saqu|saca|borr|elimin|remuev|remov|retir|baj)\w*(me|nos)? (?:mi (?:numero|nombre|telefono|contacto|informacion) )?(?:de|del) (?:su |sus |la |las |esta |tu |tus |el )?(?:\w+ )?(listas?|sistema|base de datos|registros?|contactos|mensajes)\b/,
  /\b(quite|quiten|quita|borre|borren|borra|elimine|eliminen|elimina|saque|saquen|saca) (mi|este) (numero|telefono|contacto|celular)\b/,
  /\b(dar|de|den|da|dese|darme|deme|denme|dame|quiero|solicito)(?:me)? (?:de )?(?:la )?baja\b(?! (?!mi (?:numero|telefono|celular|contacto))(?:la|el|las|los|mi|un|una|de)\b)/,
  /\b(dejeme|dejenme|dejame) (en paz|tranquil[oa])\b/,
  /\b(cancelar?|cancelen|cancele|suspendan|detengan|paren) (?:todos |todas )?(?:la |mi |los |estos |esos |sus |las |estas |esas )?(suscripcion|mensajes|textos|llamadas|sms)\b/,
  /\b(revoco|retiro|revocar|retirar) (mi |el )?(consentimiento|permiso|autorizacion)\b/,
  /\b(desuscribir|desuscribirme|desuscribanme|dessuscribir|cancelar suscripcion)\b/,
]

/** "Please don't stop texting me", "why did you stop calling?", "no dejen de llamarme". */
function isTurnedRound(clause: string): boolean {
  return TURNED_ROUND.some((turn) => turn.test(clause))
}

const TURNED_ROUND: readonly RegExp[] = [
  /\b(dont|do not|never|cant|cannot|wont|not|didnt|doesnt|wouldnt|please not) (?:want (?:you )?to |like to |wish to |mean to |need to |going to |gonna |ask(?:ed)? (?:you )?to |wanna )?(?:ever )?(stop|quit|cease|unsubscribe|opt|remove|take me|revoke|withdraw|delete|cancel)/,
  /\b(did|have|has|had) (?:\w+ ){1,2}(stop|stopped|quit) /,
  /\b(if|when|unless|before|until|should) i (?:\w+ )?(stop|opt|unsubscribe|quit|revoke|withdraw)\b/,
  /\b(nobody|someone|they|he|she|it|bank|lender|servicer|other company) (?:\w+ )?(stop|stopped|unsubscribed|quit)\b/,
  /\bno (?:quiero |deseo )?(?:que )?(?:me )?(deje|dejen|dejes|pare|paren|pares|quiten|saquen|borren|dar|darme|den|eliminen|cancelen)\b/,
  /\bpor que (?:\w+ )?(dejaron|dejo|pararon)\b/,
  /\b(dont|do not|never) (?:\w+ )?leave (me|us)\b/,
]

/** "Make them stop calling me", "how do I opt out of theirs?", "don't text me, call me", "take my old number off". */
const MAY_MEAN_ANOTHER: readonly RegExp[] = [
  /\b(make|get|have|tell|ask|told|asked) (?!you\b|yall\b|(?:the|these|those|your|all the) (?:\w+ )?(?:calls|texts|messages)\b)(?:\w+ ){1,2}?(?:to )?(stop|quit)\b/,
  /\bhow (do|can|could|would|should) (i|we) (?:\w+ )?(stop|opt|unsubscribe)\b/,
  /(?:^|\||\b(?:just|please|but|and|instead|only|rather) )(call|phone|ring|text|email) (me|us)\b(?! (again|anymore|any more)\b)/,
  /\b(want|prefer|like|rather have) (?:to get )?a (phone )?call\b/,
  /\b(old|former|previous|other|work|office) (number|phone|cell)\b|\bnumero (viejo|anterior)\b|\bat (work|the office|my job)\b/,
]
