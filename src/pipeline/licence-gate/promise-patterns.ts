/** "Whether you qualify", "if you qualify" leave it open. */
const LEFT_OPEN = '(?<!\\b(?:whether|if|once|when|after|until|unless|before)(?: or not)? )'
const MAYBE =
  "(?:would|will|'ll|'d|should|could|can|may|might|do|probably|likely|definitely|certainly|surely|easily|still|also|already|most|very|both|not|never|have|get|be|been|being|able to|going to)"

/** Terms that need no figure: a lock, a promise about a rate, a loan chosen for the caller (RELIABILITY C11). */
export const PROMISES: readonly RegExp[] = [
  // "Let me lock that", "your rate is locked"
  /\b(?:i|we|let me|let's)(?:'\w+)?(?: \w+){0,3} (?:lock|locked|float)(?: in)? (?:that|it|this|your|the|you|a)\b/,
  /\b(?:your|that|the) rate (?:is|has been|was|'s|will be) (?:now )?(?:locked|guaranteed|secured)\b/,
  /\block (?:it|that|this|you|your rate|the rate) in\b/,
  // "I guarantee you that rate", "we can beat their offer"
  /\b(?:i|we)(?: can|'ll| will| could|'d| would)?(?: \w+)? (?:guarantee|promise) (?:you )?(?:that|this|the|a|your) (?:\w+ )?(?:rate|payment|price|fee)/,
  /\b(?:i|we)(?:'ll| will| can| could)(?: \w+)? (?:match|beat|undercut|lower|reduce|drop|cut|waive|cover|pay|hold) (?:that|this|any|their|the|your|his|her|all)\b[^.,;!?]{0,20}\b(?:rate|offer|fees?|costs?|payment|quote|points?|price)/,
  // "There are no closing costs", "nothing down": a figure, too
  /\b(?:there (?:are|is|will be)|with|you(?:'ll| will)? (?:pay|have)|we (?:charge|have)|has|have) (?:no|zero)(?: \w+)? (?:closing costs?|origination|points|lender fees?|down payment|application fee|upfront (?:costs?|fees?)|pmi|prepayment)/,
  /\bno (?:origination|application|lender|processing|underwriting|closing|upfront|hidden) (?:fees?|costs?)\b(?! (?:estimate|question))/,
  /\byou (?:don'?t|do not|won'?t) (?:need|have|have to (?:put|pay|make))(?: any| a)? (?:down|money down)\b/,
  /\b(?:i(?:'d| would)|you should) lock\b/,
  // "I can get you a better rate", "you would save money"
  /\b(?:get|find|offer|give) you (?:an? )?(?:\w+ )?(?:lower|better|cheaper|great|good|best|competitive) (?:interest )?(?:rate|deal|payment|terms)/,
  /\byou(?:'d| would|'ll| will) (?:be )?pay(?:ing)? (?:less|more)\b/,
  /\bno (?:tiene que|necesita|hay que) (?:dar |poner |pagar )?enganche/,
  /\b(?:puedo|podemos|le) (?:conseguir|dar|ofrecer|conseguimos|damos|ofrecemos)(?:le)? una? (?:mejor )?(?:tasa|cuota|pago)(?! de espera)/,
  /\b(?:zero|nothing|no money|no down payment) down\b/,
  /\bno[ -]closing[ -]costs?\b/,
  /\b(?:you|it|that|refinancing|this)(?:'ll| will|'d| would| could| can)(?: \w+)? save (?:you )?(?:money|hundreds|thousands|a lot|on)\b/,
  // "You should go with the thirty-year fixed"
  /\b(?:you should|you'd better|i(?:'d| would)? (?:recommend|suggest|go with|advise)(?: that)?(?: you)?|your best (?:bet|option|choice) (?:is|would be)|the best (?:loan )?for you is)(?: (?:go with|choose|take|pick|get|do))? (?:an?|the) (?:[\w-]+ ){0,3}(?:fixed|adjustable|arm|fha|va|usda|conventional|jumbo|heloc|refinance)\b/,
  /\b(?:we have|we offer|ours are|our rates are) (?:the )?(?:lowest|best|cheapest) (?:rates?|in town|around|fees|in)\b/,
  // Spanish
  /(?:puedo|podemos|voy a|vamos a|déjeme|permítame) (?:fijar|asegurar|bloquear|congelar|garantizar)(?:le|la|lo)? (?:esa|la|su|una|este|esta) ?(?:tasa|inter[eé]s|pago)?/,
  /\b(?:le |se la |se lo )?(?:garantizo|aseguro|prometo|fijo) (?:esa|la|una|su) (?:tasa|cuota|comisi[oó]n)/,
  /(?:no hay|sin|no cobramos|no tiene|no paga)(?: los| las)? (?:costos?|gastos|comisi[oó]n(?:es)?|puntos|enganche) ?(?:de (?:cierre|apertura))?(?=[\s.,;!?]|$)/,
  /\b(?:ahorrar[ií]a|se ahorrar[aá]|ahorra) (?:dinero|cientos|miles|mucho)/,
  /\ble conviene (?:m[aá]s )?(?:una|el|la) (?:tasa|hipoteca|pr[eé]stamo) (?:fij|variable|fha)/,
]

/** What decides about somebody, or keeps them from applying (C11, C14). In small letters, as all here. */
export const DECISIONS: readonly RegExp[] = [
  // "You would probably qualify", "you're approved", "you won't get a loan"
  new RegExp(
    `${LEFT_OPEN}\\b(?:you|someone like you|people like you|your file)(?:'ll|'d|'re|'ve)?(?: ${MAYBE}){0,4}(?: \\w+ly)?(?: ${MAYBE}){0,2} (?:qualify|qualified|prequalif\\w+|pre-qualif\\w+)\\b`,
  ),
  new RegExp(
    `${LEFT_OPEN}\\b(?:you|you'd|you'll|your (?:loan|application|file|mortgage))(?: ${MAYBE}){0,4}(?: \\w+ly)? (?:get|be|been|are|is) (?:\\w+ly )?(?:pre-?)?(?:approved|eligible|denied|turned down|declined|rejected|accepted)\\b`,
  ),
  new RegExp(
    `${LEFT_OPEN}\\byou(?:'re| are|'ve been| have been)(?: \\w+ly| all| already| not| also| still| now| most| the)*(?: an?)?(?: \\w+)? (?:pre-?approved|pre-?qualified|approved|eligible|ineligible|candidate|declined|turned down|good to go for)\\b`,
  ),
  /\b(?:don'?t|won'?t|can'?t|couldn'?t|wouldn'?t|cannot|will not|do not|would not|never)(?: \w+)? (?:qualify|get approved|be approved|be eligible|get (?:a |any )?(?:loans?|mortgages?)|get (?:this|that|the) (?:loan|mortgage))\b/,
  // "Don't bother applying", "you should wait until your credit is better"
  /\b(?:don'?t|no need to|not|shouldn'?t|wouldn'?t|i'd not) (?:even )?bother\b/,
  /\bno (?:point|use|sense) (?:in )?apply/,
  /\bnot worth (?:\w+ )?(?:apply|your time|your while|it to apply|submitting)/,
  /\bwaste (?:of|your) time\b/,
  /\b(?:you )?(?:shouldn'?t|should not|better not|wouldn'?t recommend|would not recommend|advise you not to|advise against) apply/,
  /\b(?:you )?(?:should|better|might want to|need to|have to|could)(?: \w+)? wait (?:until|till|for)\b[^.!?]{0,40}\b(?:credit|score|income|job|bankruptcy|debt|apply)/,
  /\b(?:better off|wiser to|should keep|should stay|stick with|stay with)(?: \w+)? rent(?:ing|ers?)?\b/,
  /\bcome back (?:when|after|once) (?:your|you|you've)\b[^.!?]{0,30}\b(?:credit|score|better|debt|job)/,
  // "Your chances are good", "no trouble getting approved", "I can approve you"
  /\b(?:your|the|good|great|slim|excellent|poor) (?:chances|odds)(?: of (?:approval|getting \w+))? (?:are|is|would be|look)\b/,
  /\b(?:good|great|slim|excellent|poor|strong|little) chance (?:of (?:approval|being|getting|qualifying)|(?:that )?you(?:'ll|'d| will| would) (?:be|get|qualify))/,
  /\b(?:no|any|little|much) (?:trouble|problems?|issues?|difficulty) (?:getting|qualifying|with (?:the )?approval|being approved)\b/,
  /\bshould(?:n'?t| not) be (?:a problem|hard|difficult) (?:to get|for you to)\b/,
  /\b(?:i|we)(?:'ll| will| can| could|'ve| have)?(?: \w+)? (?:pre-?)?approved? you\b/,
  /\bget you (?:pre-?)?approved\b/,
  /\bconsider yourself approved\b/,
  /\bguaranteed? (?:approval|to be approved)\b/,
  /\bapproval is guaranteed\b/,
  /\byou(?:'d| do| would| don'?t| already| clearly| easily)*(?: not)? (?:meet|fit|satisfy|pass|fulfil) (?:the|our|all|all the|all our|every)(?: \w+)? (?:requirements?|criteria|guidelines|conditions)\b/,
  // "Your score is too low", "with that income you're fine"
  /\b(?:your|that|this|his|her|a|such a) (?:\w+ )?(?:score|credit|credit history|file|application|profile|income|salary|down payment|debts?|debt[ -]to[ -]income|job history|fico)(?: \w+)? (?:is|are|looks|sounds|seems|would be|should be|isn'?t|might be|may be)(?: (?:probably|just|a bit|a little|far|more than|not|way|likely|definitely|plenty))* (?:too (?:low|high|small|weak|little|short)|(?:good|high|strong|big|large) enough|enough|sufficient|insufficient|fine|great|excellent|good|strong|bad|poor|ok|okay|not enough|weak|perfect)\b/,
  /\bwith (?:a|that|your|this|an?) (?:\w+ ){0,4}(?:score|credit|income|salary|down payment|job)(?: (?:of|like|around|above|over))?[^.!?]{0,25}\b(?:you(?:'re| are|'d be|'ll be| should be| would be)(?: \w+)? (?:fine|good|ok|okay|in good shape|set|all right|great|out of luck|too)|there(?:'s| is) no problem|no problem|it'?s (?:hard|difficult|easy))/,
  // "You need a score of at least 580"
  /\b(?:minimum|lowest|required|at least a)(?: credit| fico)* score\b[^.!?]{0,15}\b(?:is|of|we)\b/,
  /\ban? (?:[3-8]\d\d|(?:five|six|seven) \w+ty) (?:credit |fico )?score\b/,
  /\bneed a (?:minimum )?(?:credit |fico )?score\b/,
  /\b(?:credit |fico )?scores? (?:of at least|above|over|below|under|as low as|down to|from|between|higher than|lower than)(?: \w+){1,4} (?:is|are|get|can|qualif|will|would|won|works?|means?|declined|don)/,
  /\bscores? (?:of at least|as low as|down to) /,
  /\b(?:need|needs|least|minimum|requires?|with|have)(?: \w+){0,4} (?:[3-8]\d\d|(?:five|six|seven|eight) (?:hundred|\w+ty)(?: \w+)?) (?:credit |fico )?scores?\b/,
  /^(?:an? )?(?:[3-8]\d\d|(?:five|six|seven) \w+ty) (?:is|would be|should be|will be)(?: \w+)? (?:enough|fine|good|okay|ok|plenty|too low)\b/,
  /\byou(?:'ll| will|'d)? need (?:[\w'-]+ ){1,8}to (?:qualify|be approved|get approved|be eligible)\b/,
  /\b(?:great|good|strong|solid|excellent|enough) (?:credit|income|score)\b[^.!?]{0,20}\byou(?:'ll| will|'d| should|'re)(?: be)? (?:fine|ok|okay|good|in)\b/,
  /\b(?:score|credit|income|application|file) (?:does|do|would|will)(?:n'?t| not)? (?:meet|fit|pass|qualify)\b/,
  /\byou (?:don'?t|do not) (?:make|earn|have) enough\b/,
  /\brenting (?:is|would be|might be|may be) (?:better|wiser|smarter|the)/,
  /\b(?:don'?t|do not) think you should\b/,
  /\bthink you shouldn'?t apply\b/,
  // "That disqualifies you", "you earn enough to buy", "they will approve your loan"
  /\b(?:dis|un)qualif(?:y|ies|ied)\b/,
  /\bwait (?:\w+ )?(?:years?|months) after\b/,
  /\b(?:make|earn|have) enough (?:\w+ )?to (?:afford|buy|qualify|get)\b/,
  /\b(?:good|great|decent|fair|long) shot at\b/,
  /\byou should(?:n'?t| not)? be able to (?:buy|afford|borrow|refinance|get (?:a|the|this|that) (?:loan|mortgage))/,
  /\b(?:i|we) can (?:\w+ )?(?:do|make|get you) (?:that|this|the|a) (?:loan|mortgage)\b/,
  /\b(?:they|underwriting|the (?:\w+ )?(?:bank|lender|officer|underwriter))(?:'ll|'d| will| would| should| can)(?: \w+)? (?:approve|accept|deny|decline|reject) (?:you\b|your (?:loan|application|file))/,
  /\bgood enough (?:to (?:get|qualify|buy|be)|for (?:a|this|that|the) (?:loan|mortgage|fha|va))/,
  /\byou can(?:'t| not)? (?:easily )?afford\b/,
  // Who they are decides: "at your age", "we don't lend to people who ..."
  /\bat your age\b/,
  /\bsomeone your age\b/,
  /\byou(?:'re| are) (?:\w+ )?too (?:old|young|sick|poor|risky)\b/,
  /\b(?:perfect|good|great|ideal|strong) (?:fit|match|candidate) for\b/,
  /\b(?:because|since) you(?:'re| are) (?:on disability|retired|too old|an immigrant|single|divorced|a woman|pregnant)/,
  /\bwe (?:don'?t|do not|can'?t|cannot|never|won'?t)(?: \w+)? (?:lend|loan|give (?:loans|mortgages)|take|work with|accept|approve)(?: \w+)? (?:to )?(?:people|anyone|someone|borrowers|applicants|callers|those|folks)\b/,
  /\b(?:hard|difficult|tough|impossible|easy|unlikely|likely) (?:for you )?(?:to (?:get|be|find|obtain)(?: you)? (?:approved|a (?:loan|mortgage)|financing)|that you(?:'ll|'d| will| would) (?:qualify|be approved|get))/,
  /\ba (?:mortgage|loan|house|home) (?:would|may|might|could|is|will)(?: \w+){0,2} (?:difficult|hard|out of reach|not (?:be )?(?:for|possible)|impossible)/,
  // Spanish
  /(?<!\bsi (?:usted )?)(?<!\bsi no )\b(?:usted |ustedes )?(?:sí |ya |no |seguramente |probablemente |f[aá]cilmente )*(?:calificar[ií]a|calificar[aá]|va a calificar|podr[ií]a calificar|puede calificar)(?!\p{L})/u,
  /(?<!\bsi )(?<!\bsi no )\b(?:usted|seguro que|claro que|sí,?) (?:sí |ya |no )?califica\b/,
  /\bno califica\b/,
  /^\W*califica\b/,
  /\b(?:no )?(?:est[aá]|queda|ser[ií]a|ser[aá]|es|fue)(?: usted)?(?: ya)? (?:pre-?aprobad[oa]|pre-?calificad[oa]|aprobad[oa]|elegible|rechazad[oa]|negad[oa])\b/,
  /\b(?:se lo|se la|le|lo|la) (?:van a aprobar|aprobar[ií]an?|aprobar[aá]n?|aprueban|aprobamos|aprobaremos|negar[ií]an?|rechazar[ií]an?|van a (?:negar|rechazar)|rechazan)(?!\p{L})/u,
  /\bno (?:vale la pena|tiene (?:caso|sentido)|se moleste)\b[^.!?]{0,12}\b(?:que |en )?(?:solicit|aplic|intent)/,
  /\bmejor (?:no (?:solicite|aplique)|espere hasta)/,
  /\bno se moleste\b/,
  /\bsu (?:cr[eé]dito|puntaje|puntuaci[oó]n|ingreso|salario|historial)(?: de cr[eé]dito)? (?:es|est[aá]|parece|ser[ií]a)(?: \w+)? (?:bajo|baja|alto|alta|suficiente|insuficiente|bueno|buena|malo|mala|excelente|poco)\b/,
  /\bpuntaje (?:de cr[eé]dito )?m[ií]nimo\b/,
  /\bcon (?:un|ese|su) (?:puntaje|cr[eé]dito|ingreso|salario)\b[^.!?]{0,30}\b(?:no hay problema|est[aá] bien|le alcanza|basta|no alcanza|es suficiente)/,
  /\bno creo que (?:usted )?(?:califique|le (?:aprueben|den)|le vayan a|pueda)/,
  /\bcreo que (?:usted )?(?:sí )?califi(?:ca|que)\b/,
  /\b(?:podr[ií]a|puede|va a|deber[ií]a) ser (?:pre-?)?(?:aprobad|elegible|rechazad)/,
  /\b(?:s[ií]|no) le alcanza/,
  /\b(?:dif[ií]cil|f[aá]cil|imposible|probable) que (?:le|lo|la|se lo) (?:aprueben|den|presten|nieguen)/,
  /\bno (?:le )?prestamos a\b/,
  /\ba su edad\b/,
  /\bcumple (?:con )?(?:los|nuestros|todos los) requisitos\b/,
  /\bno tendr[ií]?[aá]s? (?:ning[uú]n )?problemas?\b/,
]
