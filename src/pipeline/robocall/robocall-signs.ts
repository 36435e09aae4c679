const DIGIT = '(?:\\d|zero|one|two|three|four|five|six|seven|eight|nine|star|pound)'
const THREAT =
  '(?:suspend|block|disconnect|deactivat|terminat|cancel|charg|debit|deduct|arrest|shut off|cut off|legally|clos|delet|lock|expir|remov|garnish|prosecut)'

/**
 * What makes a call a recording that sells or threatens, whatever it is about: orders to press a key, mass address,
 * last notices, offers. How much each counts is learned with the words. Text as `plainText` gives it; linear patterns.
 */
const SIGNS: readonly (readonly [name: string, pattern: RegExp])[] = [
  [
    'tells us to press a key',
    // Who tells of pressing a key themselves ("it told me to press one", "do I press one") gives no order.
    new RegExp(
      `(?<!\\b(?:i|me to|i just|i'll|i can|i could|only lets me|should we|keeps saying|kept saying|keeps telling me|keeps repeating|it says|it said|started saying|said to|says to|told to) )\\b(?:press|dial|hit|push|by pressing)(?: the)?(?: number| key| digit| button)? ${DIGIT}\\b(?! times|\\?| and (?:it|i|nothing|then it)| but|,? (?:for what|is that|was that|over and over|already))`,
    ),
  ],
  [
    'tells us to press a key',
    /(?<!me dijo que |me dijeron que |ya )\b(?:oprima|presione|marque|pulse)(?: ahora)?(?: el)?(?: número| botón)? (?:\d|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)\b/,
  ],
  ['tells us to press a key', /(?:请|詢|询|请直接|立即|情)[^我]{0,4}?按 ?(?:\d|[零一二三四五六七八九])(?! ?(?:几|但))/],
  [
    'tells us to press a key',
    /\b(?:appuyez sur|tapez|faites le|drücken sie|wählen sie|tecle|digite|aperte|prema|digiti|bấm phím|nhấn phím|bấm số|pindutin ang|peze|naciśnij|wciśnij|wybierz) |нажмите|번을? ?눌러|번을? 누르|दबाएं|दबाइए|اضغط (?:على )?(?:رقم |واحد|اثنين|\d)/,
  ],
  [
    'last notice',
    /\b(?:this is|consider this|be|your|our|a|giving you|the) (?:\w+ )?(?:final|last|second) (?:\w+ )?(?:notice|notification|call|attempt|warning|chance|opportunity|reminder)\b/,
  ],
  ['last notice', /for the last time|last chance to|最后(?:一次)?(?:语音)?(?:的)?通知|último aviso|ultima llamada/],
  [
    'says they tried to reach us',
    /\b(?:(?:we|we've|have) (?:have )?been (?:trying|attempting)|attempts (?:were made|have been made)?|tried several times|not (?:gotten|received|heard)(?: a| back| any)? (?:response|reply|from you)|(?:don't|do not) (?:hear|get a response) from you)\b/,
  ],
  [
    'offers to be taken off a list',
    /\b(?:do not (?:call|contact) list|(?:placed|put|be removed|removed|taken) (?:on|from|off) (?:our|the|this|all)|to (?:opt out|be removed|stop receiving|unsubscribe))\b/,
  ],
  [
    'informs us',
    /\b(?:to|would like to|want to|happy to|here to|hereby|pleased to|excited to) (?:inform|notify|notified|advise|alert|remind|let) (?:you|all|our)\b|\byou are hereby\b/,
  ],
  [
    'speaks of itself as a call',
    /(?<!\b(?:record|recording|recorded|monitor|monitoring|on|after|during|end|stop|transfer|continue|finish|forward|off) )\bthis (?:call|message|is (?:an?|the) (?:\w+ ){0,3}(?:call|message|notice|announcement|alert|recording|reminder))\b|\bthe (?:reason|purpose|nature) (?:of|for|behind) (?:my|this|our|the|her|his) (?:phone )?call\b|\b(?:recorded|important|urgent|automated) (?:message|call|line)\b|\bcourtesy call\b|\btest call\b/,
  ],
  [
    'says we were chosen',
    /\byou(?:'ve|'re| have| are| were| may| might| could| can| now| still|r account has| will| would| already|r (?:business|company|name|number|telephone number|phone number|file|home|application)(?: has| was| is| have)?)*(?: also| still| now| be| been| already| finally)* (?:pre[- ]?)?(?:selected|approved|qualif(?:y|ied)|eligible|chosen|entitled|drawn|flagged|awarded)\b|\bcongratulations\b|恭喜|felicidades|usted (?:ha sido|fue|puede|califica)/,
  ],
  [
    'threatens',
    new RegExp(
      `\\b(?:will|to|shall|going to|has been|have been|is|been|get|being) (?:be |get |been )?(?:automatically |permanently |temporarily )?${THREAT}`,
    ),
  ],
  [
    'threatens',
    /\b(?:arrest|warrant|lawsuit|legal action|law enforcement|legal department|criminal|federal court|jail|prosecut\w+|seized|subpoena|summons|jury duty|garnish\w*|money laundering|drug trafficking|(?:formal |legal )?complaint(?: has been| is being| was)? filed|process server)\b|涉嫌|冻结|法律/,
  ],
  [
    'tells of something suspicious',
    /\b(?:suspicious|unusual|illegal|fraudulent|unauthori[sz]ed|irregular)(?: \w+)? (?:activit\w+|transactions?|charges?|purchases?|orders?|login|attempts?|incoming|information)\b|\b(?:did not|didn't|have not|do not|not) (?:authori[sz]e|make|place|recogni[sz]e|request) (?:this|the|that)\b/,
  ],
  [
    'gives a number to call',
    /\b(?:call|reach|contact|phone)(?: (?:us|me|our|the|back|now|today|right|away|toll free|number|number toll free|immediately|department|office|[\w-]+ number)){0,6}(?: at| on| is)?[: ]{1,2}phonenumber|\btoll[- ]free\b|\bagain (?:that|the|my) (?:number )?is\b/,
  ],
  [
    'asks for a minute to pitch',
    /\b(?:do you have|got|have|can i (?:get|have|take)|if you have|spare|for) (?:just )?(?:a|one|two|five|ten|fifteen|few|a few|a couple|a couple of|a quick) (?:minutes?|moments?|seconds?|sec|minutes of)\b(?! (?:left|let|to (?:go over my|talk about my)))|\bquick question\b|\bhow are you (?:doing )?today\b|\bglad to hear\b/,
  ],
  [
    'asks who decides',
    /\b(?:are you|am i speaking (?:with|to)|is this|(?:speak|talk) (?:with|to)|is|reach) (?:the )?(?:home ?owner|business owner|owner|decision maker|person (?:who|in charge|responsible|of the house)|account holder|man of the house|lady of the house)\b|\b(?:who|whoever) (?:is in charge|handles|takes care|is responsible|makes)\b|\bwho's in charge\b/,
  ],
  [
    'sells',
    /\b(?:no (?:cost|obligation|money down|upfront|credit check)|(?:zero|percentage) (?:interest|down|off|discount)|(?:special|limited|exclusive) (?:offer|time|promotion|discount)|risk free|free (?:of charge|quote|estimate|trial|gift|cruise|vacation|consultation|stay|demo)|complimentary|discounts?|rebates?|at no (?:extra )?(?:cost|charge)|absolutely free|gift ?card|promotion(?:al)?|new program|save (?:you|up to|money|thousands|hundreds)|lower your|reduce your|forgiveness|relief program|claim your|all expense)\b|无需|抵押|gratis|sin costo|descuento|oferta/,
  ],
  [
    'asks what sells',
    /\b(?:are you (?:tired of|paying too|overpaying|struggling with|looking (?:for (?:a|an) (?:\w+ )?(?:way|job)|to (?:save|earn|sell))|still paying|interested in)|did you know|do you (?:owe|suffer|currently (?:have|own|pay))|have you (?:ever )?(?:considered|thought about|been (?:diagnosed|injured))|if you (?:owe|own (?:a|your)|suffer|have more than|are (?:between|over|registered|currently|tired|a (?:home ?owner|veteran|senior)))|would you be open to)\b/,
  ],
  [
    'hurries us',
    /\b(?:(?:enrollment|registration|offer|program|promotion|period|window|deadline|special|savings?) (?:is |are )?(?:almost |about to |soon )?(?:end|expir|clos|approach|over)\w*|before (?:the deadline|it is too late|it's too late)|(?:limited|time sensitive|for a limited)(?: time)?|act (?:now|fast)|time is running out)\b/,
  ],
  [
    'is in our area',
    /\bin your (?:area|neighbou?rhood|zip code|state|county|city)\b|\b(?:local|all) (?:residents|families|homeowners)\b/,
  ],
  [
    'speaks for a company',
    /\b(?:this is|it's|my name is|i'm|i am|name's) (?:\w+ ){1,3}?(?:with|from|over at|at|here at|calling from|calling you from|calling on behalf of) (?:the )?\w/,
  ],
  [
    'calls for somebody',
    /\bcalling (?:you )?(?:from|on behalf of|in regards? to|with regards? to|regarding|to (?:offer|let|inform|see if|introduce|tell))\b|\bon behalf of\b|\breaching out\b|\bfollow(?:ing)? up (?:on|with)\b/,
  ],
  [
    'addresses many',
    /\b(?:dear|attention|valued|loyal|existing) (?:\w+ )?(?:customers?|users?|cardholders?|homeowners?|members?|seniors?|residents?|subscribers?|sir|guest)\b|\b(?:seniors|homeowners|americans|all (?:residents|voters|customers|cardholders))\b|^attention\b|尊敬的|用户|您好,?这里是|estimado cliente/,
  ],
  [
    'says thanks for custom',
    /\b(?:thank you|thanks) for (?:choosing|using|being a|your (?:loyalty|business|patience|response)|connecting)\b|\bas (?:a|our) (?:token|way|valued|loyal|part of)\b/,
  ],
  [
    'is no person',
    /\bvirtual assistant\b|\bautomated (?:assistant|system|approach|attendant)\b|\b(?:live|licensed) (?:agent|operator|representative|person|specialist|rep)s?\b|\brecorded line\b|人工(?:服务|客服)/,
  ],
  [
    'family in need',
    /\b(?:hi|hey|hello|hello hey|hello hi)[, ]{1,2}(?:grand(?:ma|pa|mother|father)|nana|papa|mom)\b|\bgrand(?:ma|pa)[?!.,]? (?:it's (?:me|your)|is that you|guess)\b|\bdo you know who this is\b/,
  ],
]

/** Words of the speaker's own matter; a recording has few. Chinese, Korean and Hindi join them to others. */
const FIRST_PERSON =
  /(?<![\p{L}'])(?:i|i'm|i've|i'd|i'll|me|my|mine|yo|mi|je|mon|ma|ich|mein\p{L}*|eu|meu|minha|io|mio|mia|tôi|ako|ko|mwen|ja|mój|moj\p{L}*|я|мне|мой|мо[йюяе])(?![\p{L}'])|我|저|제|मैं|मेर|أنا/u
const SECOND_PERSON =
  /(?<![\p{L}'])(?:you|your|yours|you're|you've|you'll|usted|su|vous|votre|sie|ihr\p{L}*)(?![\p{L}'])|您|你/u
/** What callers have, were told or sent, and want. Sellers say "my name", "my team" and "let me" too. */
const OWN_MATTER =
  /\bmy (?!name|call|company|team|office|manager|supervisor|boss|firm|job is|pleasure)[a-z]|\b(?:told|sent|called|gave|charged|left|asked|mailed|emailed|texted|help|send|give|tell|tells|says|owe|transfer) (?:me|us)\b|\bi (?:was (?:charged|told|sent|hoping|wondering|trying)|got|need|owe|lost|paid|applied|pressed|filed|never|didn't|can't|couldn't|forgot|missed|saw)\b/

/** The names of the signs in a text, each once. */
export function signsOf(plain: string): string[] {
  return [...new Set(SIGNS.filter(([, pattern]) => pattern.test(plain)).map(([name]) => name))]
}

/** Whether somebody speaks of themselves or their own matter. */
export function speaksOfThemselves(plain: string): boolean {
  return FIRST_PERSON.test(plain)
}

/** Whether somebody tells of a matter of their own. */
export function tellsOwnMatter(plain: string): boolean {
  return OWN_MATTER.test(plain)
}

/** Whether it speaks of us and never of the speaker. */
export function speaksOnlyOfYou(plain: string): boolean {
  return SECOND_PERSON.test(plain) && !speaksOfThemselves(plain)
}
