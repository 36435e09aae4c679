/** English words for asking for a person, as parts of regular expressions over a clause in small letters. */

const list = (...words: readonly string[]) => `(?:${words.join('|')})`

/** Words without weight, taken out before anything is looked for. */
export const WEIGHTLESS =
  /(?<![^ ])(?:uh|um|uhm|er|erm|ah|oh|hm|please|pls|plz|just|actually|really|kindly|maybe|perhaps|possibly|basically|literally|honestly|freaking|fucking|damn|goddamn|bloody|stupid|you know|i mean|i guess|kind of|sort of|like(?= (?:forward|transfer|connect|talk|speak)))(?![^ ])/g

/** People of a caller's matter who are not ours, however they are called: taken for outsiders. */
export const OUTSIDERS =
  /(?:(?:my|his|her|their|our) )?\b(?:real estate|realty|listing|buyer'?s?|buying|seller'?s?|selling|leasing|closing|settlement|escrow|title|property|police|travel|rental|irs|hr|human resources|parole|loan signing)(?: company)? (?:agents?|officers?|managers?|representatives?|reps?|person)\b|\b(?:my|his|her|their) (?:insurance )?(?:agent|manager|boss|supervisor|office manager|team|office|department|person|people)\b/g

export const HUMAN = list(
  '(?:(?:real|live|living|actual|proper|true) )?human(?: being| person)?s?',
  '(?:living|live) breathing (?:human|person)(?: being)?',
  "(?:real|live|living|actual|proper|breathing|flesh and blood) (?:[\\w']+ ){0,2}?(?:person|people|body|one|guy|individual|voice|operator|agent)",
  'live (?:body|one)',
  'warm body',
  '(?<!in |contact )person',
  'one of (?:your|the|those|these) (?:\\w+ ){0,2}?(?:people|humans|colleagues|co ?workers|employees|staff|guys|folks|ladies|agents|reps|representatives|officers|advis[eo]rs|specialists|managers|supervisors|lenders|bankers|brokers)',
)

export const STAFF = list(
  'agents?',
  'reps?',
  'representatives?',
  'operators?',
  'officers?',
  'advis[eo]rs?',
  'specialists?',
  'consultants?',
  'bankers?',
  'lenders?',
  'brokers?',
  'underwriters?',
  'originators?',
  'processors?',
  'tellers?',
  'planners?',
  'closers?',
  'case ?workers?',
  '(?:team|shift) leads?(?:er)?s?',
  'coordinators?',
  'analysts?',
  'assistants?',
  'speakers?',
  'owner',
  'lady',
  'guy',
  'gentleman',
  'folks',
  '(?<=\\b(?:the|that|same) )(?:man|woman|girl)',
  'employees?',
  'managers?',
  'management',
  'supervisors?',
  'superiors?',
  'higher ups?',
  'associates?',
  'attendants?',
  'receptionists?',
  'secretary',
  'clerks?',
  'counsel+ors?',
  'technicians?',
  'experts?',
  'professionals?',
  'csr',
  'call takers?',
  'boss',
  'director',
  'president',
  'ceo',
  'colleagues?',
  'co ?workers?',
  'staff',
  'support',
  'customer (?:service|support|care|relations)',
  'help ?desk',
  'front desk',
  'departments?',
  'dept',
  'division',
  'escalations?',
  'team',
)

export const ANYONE = list(
  'someone',
  'somebody',
  'anyone',
  'anybody',
  "who?m?ever(?:(?:'s| is) in charge| is handling)?",
  "who(?:'s| is) in charge",
  'one of you(?:r|rs)?',
  'another (?:one|guy|lady)',
  'a (?:man|woman|lady|guy|gentleman|native)',
  'people',
)

/** Departments by their bare name: "transfer me to billing". */
export const DESKS = list(
  'billing',
  'servicing',
  'lending',
  'loans?',
  'mortgages?',
  'home loans?',
  'sales',
  'collections?',
  'fraud',
  'escrow',
  'payoffs?',
  'underwriting',
  'loss mitigation',
  'hardship',
  'claims',
  'accounts',
  'payments',
  'originations?',
  'closing',
  'foreclosures?',
  'refinanc(?:e|ing)',
  'security',
  'retention',
  'tech',
  'office',
)

/** What the caller says of themselves; questions about the matter ("do I need to") are told apart elsewhere. */
export const WANT = list(
  "(?:i|we|i'd|we'd|i'm|i'll|i've|id|im)(?: [\\w']+){0,3}? (?<!don't |dont |not |never |didn't |won't )(?:want(?:ed|ing)?|wanna|need(?:ed|ing)?|like|love|rather|prefer|better|demand|wish|hope|hoping|trying|try|insist|gotta|have to|got to|must|ready|calling|asking|looking|waiting|called|going|willing|happier|appreciate|speak|interested|should)",
  "(?<!if )(?:can|could|may|might|can't|cant|cannot|couldn't|would) (?:i|we)",
  'how (?:can|do|could|would|might) (?:i|we)',
  '(?:think|hope) (?:i|we) (?:can|could|may|might)',
  "how (?:about|'bout)",
  "why (?:can|could)(?:'t|not|nt)? (?:i|we)",
  'when (?:can|do|will|could) (?:i|we)',
  '(?:let|allow|permit) (?:me|us)',
  'lemme',
  "(?:i'll|i will) only",
  'help (?:me|us)',
  "(?:is it|would it be|it be|it'd be|is that|any) (?:possible|okay|ok|alright|all right|easier|better|best|chance|way|option)",
  "(?:is|isn't) there (?:a|any|some) (?:way|chance|possibility)",
  'possible',
  'interested in',
  'feel better',
  '(?:feel|be) (?:more )?(?:comfortable|easier|happier|better)',
  'mind if i',
  '(?:wondering|see|know|hoping|nice|great|good|appreciate it|ask) if (?:i|we) (?:can|could|may|might)',
)

/** At the very start a wish may go without its "I". */
export const BARE_WANT = list(
  'want(?:ed)?',
  'wanna',
  'need',
  'like',
  'would like',
  "i'd like",
  'prefer',
  'rather',
  'trying',
  'gotta',
)

export const TALK = list(
  "(?:speak|talk|chat|converse|communicate|speaking|talking|chatting|deal|dealing|discuss(?:ing)? (?:this|it|that|things|my \\w+|the \\w+))(?: [\\w']+){0,2}? (?:to|with)",
  '(?:explain|tell|go over|go through|walk through|run through|review|sort out|sort|work out|handle|settle|talk)(?:ing)? (?:it|this|that|these|things|everything|(?:my|our|the|this) (?:\\w+ ){0,2}\\w+)(?: all| out| over| through)? (?:to|with)',
  '(?:speak|talk|chat)(?= (?:an?|human|someone|somebody|representative|agent|real|live|customer))',
  '(?:have|having) a (?:(?:quick|brief|little|short|real|proper) )?(?:word|conversation|chat|talk|discussion)(?: on the phone)? with',
  '(?:get|getting) (?:a )?(?:hold|ahold) of',
  '(?:get|be|getting|put|be put) in (?:touch|contact)(?: \\w+)? with',
  '(?:reach|(?<!(?:the|my|a|an|our|emergency|main) )contact|get to|get through to|be through to|be (?:helped|assisted) by)',
)

export const CONNECT = list(
  '(?:connect|transfer|forward|pass|put|hand|switch|patch|redirect|reroute|route|send|direct|refer|return|take|bring|shift|move|push|get|link|hook|bump|kick|ring|escalate|reconnect|(?<=mind |about )(?:connect|transferr|forward|pass|putt|switch|patch|send|escalat|hand)ing) (?:me|us|this|(?:this|my|the) (?:call|chat|conversation|issue|case|matter)|(?:a|the) conversation)|(?:give|turn) (?:me|us) back|(?:hand|pass|give|turn) (?:the|this) (?:phone|call|line)(?: over)?',
)

/** "I'd like to be transferred"; what happened, or what a recording says will, is no wish. */
export const CONNECTED =
  '(?<!(?:will|would|call|and|am|you) )(?:be|get|getting|have me|please|being) (?:connected|transferred|forwarded|redirected|put through|put|switched|patched|escalated|passed|set up|routed|handed)'

/** Machines that talk; of a recording or a computer other things may be said. */
export const TALKER = list(
  '(?:ro)?bots?',
  'robo',
  'chat ?bots?',
  'machines?',
  'a\\.?i',
  'ai',
  'artificial intelligence',
  'automated (?:voice|system|thing|assistant|agent|service|line|lady|stuff)',
  'virtual (?:agent|assistant)s?',
  'phone tree',
)

export const MACHINE = list(
  '(?:ro)?bots?',
  'robo',
  'chat ?bots?',
  'machines?',
  'computers?',
  'a\\.?i',
  'ai',
  'artificial intelligence',
  'automat(?:ed|ic)(?: \\w+)?',
  'recordings?',
  'virtual (?:agent|assistant)',
  'software',
  'program',
  'voice(?: mail)? (?:system|menu|bot)',
  'phone tree',
  'automation',
  'siri',
  'alexa',
)
