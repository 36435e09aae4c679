/** What an application asks for (RELIABILITY C11). */
const OF_AN_APPLICATION =
  "(?:income|salary|wages?|earnings|take-home(?: pay)?|credit(?: score| history| rating| like)?|fico(?: score)?|debts?|monthly debts?|assets|savings|net worth|social(?: security)?(?: number)?|ssn|account number|routing number|card number|(?:credit|debit) card(?: number)?|pin\\b|(?:property|home|house)(?:'s)? (?:value|worth|price)|property worth|purchase price|down payment|loan amount|(?:loan|mortgage) balance|current (?:interest )?rate|bank balance|employer|employment(?: status| history)?|occupation|job\\b)"

/** What no lender may ask (C14); the marital status because only an application may. */
const FORBIDDEN =
  '(?:race|ethnicity|ethnic (?:origin|background)|skin colou?r|colou?r of your skin|religion|religious \\w+|faith|church|nationality|national origin|country of (?:origin|birth)|birthplace|citizenship(?: status)?|immigration status|native (?:language|tongue|country)|mother tongue|heritage|ancestry|sex\\b|gender|sexual orientation|marital status|family (?:plans|status)|relationship status|age\\b|disability|health)'

const DESCRIBED =
  '(?:(?:annual|monthly|yearly|household|gross|net|total|current|estimated|approximate|full|exact|own|combined|family|last|credit|full|rough) ){0,3}'

const OF_YOURS = `(?:what |about |for |roughly |us |me |with |know )*(?:your|the|you(?:r)? \\w+'s) ${DESCRIBED}`

/** "What is your ...", "may I have your ...", "please tell me your ...", "I need your ...". */
const ASKING =
  "(?:what(?:'s| is| are| was|’s|'re)|how(?:'s| is)|how (?:much|high|big|old|good|large) (?:is|are)|(?:can|could|may|might) (?:i|we|you)(?: please| just)* (?:have|get|ask(?: for| you(?: for| about)?| about)?|take|know|give|tell|read|say|share|provide|confirm|verify|describe)|please (?:have|give|tell|read|say|share|provide|confirm|verify)|(?:tell|give|read)(?: me| us)|mind (?:telling|giving|sharing)(?: me| us)?|what does|(?:i|we)(?:'ll| will)?(?: also| just)* need(?: to (?:know|have|ask(?: about| for)?))?|let me (?:just )?(?:have|get|take|ask(?: about| for| you)?)|do you know|(?:can|could|would|will) you (?:please )?(?:confirm|verify|share))"

/** Questions that are not ours to ask, in small letters. */
export const QUESTIONS: readonly RegExp[] = [
  // "What is your income?", "may I have your name and your social?"
  new RegExp(`\\b${ASKING} ${OF_YOURS}(?:${OF_AN_APPLICATION}|${FORBIDDEN})`),
  new RegExp(
    `^(?:(?:and|so|ok|okay|also|then|now)[ ,]+)*your ${DESCRIBED}(?:${OF_AN_APPLICATION}|${FORBIDDEN})(?:,? please)? *[?]`,
  ),
  new RegExp(`\\b${ASKING} your [\\w ]{1,25} and (?:your )?${DESCRIBED}(?:${OF_AN_APPLICATION}|${FORBIDDEN})`),
  new RegExp(
    `\\bwhat (?:would|do|did) you (?:say|think|guess|estimate)(?: is| was)? your ${DESCRIBED}(?:${OF_AN_APPLICATION})`,
  ),
  // Money, credit and work
  /\bhow much (?:\w+ )?(?:money|cash|equity|savings|down payment) do you/,
  /\bhow much do you have (?:saved|in|for|left|to put|available)/,
  /\btell me how much you (?:make|earn|owe|have)/,
  /\bwhat(?:'s| is) (?:the balance|your budget)/,
  /\b(?:what|which) price range\b/,
  /\bdo you have (?:an? )?(?:good|bad|excellent|decent|poor|great|any) credit\b/,
  /\b(?:is|was) your credit (?:good|bad|ok|okay|score|decent|in)/,
  /(?:^\W*any|\bdo you have any|\bhave you had any) (?:late payments|bankruptc\w+|foreclosures?|collections|judge?ments|liens)/,
  /\bhow much(?: \w+)? (?:do|does|did|are|is|can|could|would|will|have) (?:you|your (?:husband|wife|spouse|partner|household|family))(?: \w+){0,4}? (?:make|earn|owe|save|saved|put|want|need|like|looking|borrow|bring|paying|pay|gross|spend|afford)\b/,
  /\bhow much (?:do you|is (?:still )?|are you) ?(?:owed?|owing|earning|making|looking|left)\b/,
  /\bwhat (?:do|does|did|are) you(?: \w+)? (?:make|making|earn|earning|owe|pay (?:for|in) (?:rent|a))\b/,
  /\bhow much is (?:your|the) (?:\w+ )?(?:house|home|property|income|down|loan|mortgage)/,
  /\bwhere do you (?:work|bank|worship|come from)\b/,
  /\bwho (?:is your employer|do you (?:work|bank) (?:for|with))/,
  /\bhow long have you (?:been (?:employed|at your job|working|in (?:the|this) (?:country|united states|us))|worked|lived in (?:the|this) (?:country|united states|us))/,
  /\bwhat do you do for (?:a living|work)\b/,
  /\bare you (?:\w+ )?(?:self-?employed|employed|working|unemployed|retired)\b(?! (?:with|on|from))/,
  /\bhave you (?:ever )?(?:been |had |filed |declared |gone )(?:for |through |a )?(?:bankrupt\w*|foreclos\w*|divorced|a foreclosure|evict\w*)/,
  // "The last four of your social"
  /\blast (?:four|4|few)(?: digits| numbers)?(?: of| in) (?:your|the) (?:social|ssn|card|account)/,
  // Who somebody is: "are you married", "do you have kids", "where are you from", "how old are you"
  /\bgreen card\b/,
  /\bis (?:that|your name|it) an? \w+ (?:sur)?name\b/,
  /\bplanning (?:on )?(?:any |more |to have )?(?:kids|children|a baby|a family)\b/,
  /\bare you of \w+ (?:origin|descent|heritage|background)\b/,
  /\b(?:which|what) (?:church|mosque|temple|synagogue)\b/,
  /\bwhen (?:was|is) your baby\b/,
  /\bmaternity leave\b/,
  /\bliving with (?:a|your) (?:boyfriend|girlfriend|partner|husband|wife)/,
  /\bare you (?:his|her|the) (?:husband|wife)\b/,
  /\bdo you (?:own|have)(?: \w+){0,2} (?:assets|savings|debts?|credit cards|collections|properties|co-?(?:borrower|signer)|other loans)\b/,
  /\bis your (?:husband|wife|spouse|partner) (?:on the loan|working|employed|applying|a )/,
  /\bis \w+ your (?:first|native) language\b/,
  /\bhave you (?:ever )?been (?:married|divorced|widowed|pregnant)/,
  /\bare you (?:and your \w+ )?(?:(?:currently|now|still|a|an|legally|by any chance|perhaps|planning to (?:get|be)|going to be) )*(?:married|single\b(?! family)|divorced|widowed|separated|engaged|unmarried|pregnant|expecting|disabled|on (?:disability|welfare|public assistance|social security|food stamps|medicaid|ssi)|black|white|hispanic|latin[oax]?|asian|african|native american|indian|chinese|mexican|muslim|christian|catholic|jewish|hindu|religious|gay|straight|male|female|man\b|woman\b|lady\b|foreigner|immigrant|(?:(?:us|u\.s\.|american) )?citizen|permanent resident|legal resident|green card holder|minority|over (?:sixty|60|62|65)|old enough|(?:a )?(?:single|working) (?:mom|mother|parent|dad|father))/,
  /\b(?:do|did|will|would|are) you(?: and your (?:husband|wife|spouse|partner))?(?: \w+){0,3} (?:have|having|want|wanting|raise|expect|expecting|start|starting|support)(?: to have)?(?: (?:any|more|another|a|some|small|young|other))* (?:child(?:ren)?|kids?|bab(?:y|ies)|dependents?|family(?! member)|disabilit\w*|religion|alimony|child support)\b/,
  /\b(?:do|are) you(?: \w+)? (?:receiv(?:e|ing)|get(?:ting)?|on|collect(?:ing)?)(?: any)? (?:public assistance|disability|welfare|alimony|child support|food stamps|social security|government benefits|unemployment)\b/,
  /\bdo you (?:pray|worship|attend|go to (?:church|mosque|temple|synagogue)|believe in|have a (?:disability|husband|wife|boyfriend|girlfriend|partner)|have any (?:disabilities|health|medical))/,
  /\bwhere (?:are|were|do|did) (?:you|your (?:parents|family|people))(?: really| originally| actually)? (?:come )?(?:from originally|originally(?: from)?|really from|born|from)(?= *[?.,!]|$)/,
  /\bwhat country\b[^.!?]{0,20}\b(?:from|born|you)/,
  /\b(?:your|that|an?|interesting|lovely|nice|charming)(?: \w+)? accent\b/,
  /\bwhere (?:is|'s) (?:that|your) (?:accent|name)/,
  /\bwhat kind of name is\b/,
  /\bwhat (?:race|religion|sex|gender|ethnicity|nationality|faith|church) (?:are|do|is|would)\b/,
  /\b(?:ask|know|tell me) (?:what|which) (?:race|religion|sex|gender|ethnicity|nationality|faith)\b/,
  /\bhow old (?:are|is) (?:you|your)\b/,
  /\bhow many (?:children|kids|dependents|people (?:live|are) in your (?:household|family))\b/,
  /\bwhen (?:are you|is the baby) due\b/,
  /\bwhat language do you speak at home\b/,
  /\bwhat(?:'s| is| does) your (?:husband|wife|spouse|partner)(?:'s)? (?:do|name|income|make|earn|job)/,
  /\bdoes your (?:husband|wife|spouse|partner) (?:work|earn|make)/,
  // Spanish
  /(?:cu[aá]l(?:es)? (?:es|son|ser[ií]an?)|d[ií]game|deme|me (?:da|dice|puede (?:dar|decir)|podr[ií]a (?:dar|decir))|necesito|puede (?:darme|decirme)|podr[ií]a (?:darme|decirme)|conf[ií]rme(?:me)?) (?:por favor )?(?:su|sus|el|la|los) (?:n[uú]mero (?:de )?)?(?:ingresos?|salario|sueldo|puntaje|puntuaci[oó]n|historial de cr[eé]dito|cr[eé]dito|deudas?|ahorros|seguro social|(?:n[uú]mero )?de seguro social|tarjeta|cuenta|enganche|valor de (?:la|su) (?:casa|propiedad)|religi[oó]n|raza|etnia|edad|nacionalidad|g[eé]nero|sexo|estado civil|pa[ií]s de origen|origen|estatus migratorio|empleador|ocupaci[oó]n)/,
  /[uú]ltimos (?:cuatro|4)(?: d[ií]gitos| n[uú]meros)? de su (?:seguro|tarjeta|cuenta|social)/,
  /tiene (?:usted )?(?:papeles|green card|tarjeta verde|residencia legal)/,
  /(?:c[oó]mo|qu[eé] tal) (?:est[aá]|anda|es) su cr[eé]dito/,
  /qu[eé] (?:ingresos?|salario|sueldo|deudas?|puntaje|cr[eé]dito|ahorros) (?:tiene|gana)/,
  /cu[aá]nto (?:le gustar[ií]a|desea|necesita|piensa|quisiera|quiere) (?:pedir|financiar|dar|poner)/,
  /cu[aá]nto (?:gana|debe|dinero (?:gana|tiene)|tiene (?:ahorrado|para)|vale su|quiere (?:pedir|financiar)|necesita pedir|le pagan|puede pagar|piensa dar)/,
  /(?:d[oó]nde|en qu[eé]|para qui[eé]n) trabaja\b/,
  /est[aá] (?:usted )?(?:casad|solter|divorciad|embarazad|viud|separad|incapacitad|discapacitad)[oa]/,
  /es (?:usted )?(?:casad[oa]|solter[oa]|ciudadan[oa]|inmigrante|residente|cat[oó]lic[oa]|cristian[oa]|musulm[aá]n|hombre o mujer|hispan[oa]|latin[oa])/,
  /(?:piensa|planea|quiere|va a|espera) (?:usted )?tener (?:m[aá]s )?(?:hijos|ni[ñn]os|familia|beb[eé])/,
  /cu[aá]ntos (?:hijos|ni[ñn]os|a[ñn]os tiene|dependientes)/,
  /tiene (?:usted )?(?:hijos|ni[ñn]os|alguna discapacidad|espos[oa]|marido)/,
  /de qu[eé] (?:pa[ií]s|raza|religi[oó]n)/,
  /de d[oó]nde es (?:usted|originalmente)/,
  /d[oó]nde naci[oó]/,
  /qu[eé] (?:religi[oó]n|raza|edad) (?:tiene|es|practica|profesa)/,
  /recibe (?:usted )?(?:asistencia|ayuda) (?:p[uú]blica|del gobierno)/,
  /recibe (?:usted )?(?:discapacidad|incapacidad|manutenci[oó]n)/,
  /es usted \w+(?:an|eñ|ín)[oa](?![\wáéíóú])/,
  /va a la iglesia/,
]
