/**
 * What gives an order to the agent away, each by its name, as regular expressions over a passage (see `passages.ts`:
 * small letters, single spaces). One sign alone decides nothing: callers too say "ignore my last payment".
 */
const all = (...parts: readonly string[]) => `(?:${parts.join('|')})`

/** To set aside, in fifteen languages. */
const SET_ASIDE = all(
  'ignore[sd]?|ignoring|disregard|forget|drop|discard|set aside|override|overwrite|neglect|abandon|erase|clear|remove|skip|leave|don.?t follow|do not follow|stop following|throw away|never ?mind|bypass',
  'vergiss|vergessen|ignorier\\p{L}*|missachte\\p{L}*|verwirf|streich\\p{L}*|lösch\\p{L}*|abweichend',
  'olvid\\p{L}*|ignor\\p{L}*|descart\\p{L}*|deja de seguir|desatiend\\p{L}*|oubli\\p{L}*|esque[cç]\\p{L}*|dimentic\\p{L}*|scord\\p{L}*|zaborav\\p{L}*',
  'bliye|inyore|zapomnij\\p{L}*|zignoruj\\p{L}*|pomiń|забудь\\p{L}*|игнорируй\\p{L}*|проигнорируй\\p{L}*|отбрось\\p{L}*',
  '忽略|忘记|忘掉|忘記|无视|無視|不要理会|무시|잊어|잊고|bỏ qua|quên|kalimutan|huwag(?: mo| mong| ninyo)?(?: nang| ng)? (?:pansinin|sundin)|balewalain',
  'تجاهل\\p{L}*|انس\\p{L}*|भूल|अनदेखा|नज़रअंदाज़|नजरअंदाज',
)
/** What binds an agent. */
const RULES = all(
  'instructions?|rules?|prompts?|orders|commands?|guidelines?|directives?|programming|policy|policies|training|guardrails|assignments?|tasks|restrictions|constraints|context|everything(?! (?:i|you|we|about|was|is))|all (?:that|of (?:that|it)|this|the above|before|previous)|what (?:the|your|they|you)[\\w ]{0,30} (?:told|taught|said to) you|above|documents|what you (?:were|have been|are) (?:told|taught|trained)',
  'anweisung\\p{L}*|befehl\\p{L}*|regeln?|instruktion\\p{L}*|auftr[aä]g\\p{L}*|vorgabe\\p{L}*|aufgaben|alles|oben\\p{L}*|obigen|ausführungen|informationen',
  'instrucci[oó]n\\p{L}*|reglas?|[oó]rdenes|indicaciones|pol[ií]ticas?|todo|instruç\\p{L}*|regras|ordens|r[eè]gles?|consignes|ordres|istruzion\\p{L}*|regole|instrukc\\p{L}*|instrukcij\\p{L}*|polece\\p{L}*|zasad\\p{L}*|enstriksyon|règ|lòd',
  'инструкц\\p{L}*|правил\\p{L}*|указани\\p{L}*|команд\\p{L}*|指令|指示|规则|規則|规定|要求|提示|内容|內容|지시|규칙|명령|지침|chỉ dẫn|hướng dẫn|quy tắc|quy định|mệnh lệnh|chỉ thị|utos|tuntunin|panuto|tagubilin|patakaran',
  'تعليمات|التعليمات|قواعد|القواعد|أوامر|الأوامر|निर्देश\\p{M}*|नियम\\p{M}*|आदेश',
)
const SYSTEM_TEXT = all(
  '(?:system|initial|original|hidden|secret|internal|full|whole|starting) (?:prompt|instructions?|message|text|rules|configuration|guidelines|settings)',
  '(?:your|the) (?:prompt|instructions|guidelines|configuration|source code|system message|rules exactly|initial (?:prompt|message)|training data|api key|hidden rules)',
  'prompt[ -]?text\\p{L}*|all prompts?|the above text|everything above|beginning of this prompt|above this line',
  'deine (?:anweisungen|regeln|vorgaben)|ihre anweisungen|prompts?|mensaje de(?:l)? sistema|prompt del sistema|tus instrucciones|sus instrucciones|(?:tes|vos) instructions|suas instruções|tue istruzioni|系统提示|系統提示|提示词|提示詞|시스템 프롬프트|프롬프트|lời nhắc|system prompt|системн\\p{L}+ промпт|промпт|swój prompt|सिस्टम प्रॉम्प्ट|प्रॉम्प्ट|التعليمات السرية|sikretong tagubilin',
)
const REVEAL = all(
  'tell|show|repeat|print|reveal|read|what|output|display|list|give|dump|write|spell|translate|summarize|copy|say|share|leak|expose|recite|which',
  'zeig\\p{L}*|sag\\p{L}*|gib|gebt|geben|wie lauten|was steht|vorzeigen|nenne?|d[ií](?:me|game)|muestra\\p{L}*|mu[eé]stre\\p{L}*|lee\\p{L}*|cu[aá]l\\p{L}*|dis|dites|montre\\p{L}*|quell?es?|diga|mostre|quais|dimmi|qual[ei]|mostra\\p{L}*|podaj|powiedz|pokaż|назови|скажи|покажи|告诉|告訴|说出|顯示|显示|是什么|말해|알려|보여|cho tôi biết|nói|sabihin|बताओ|बताइए|أخبر\\p{L}*|قل|di m',
)
const LIMITS = all(
  'rules?|restrictions?|filters?|limits?|limitations?|censorship|ethic(?:s|al)?[\\w ]{0,12}|guidelines|constraints?|boundaries|guardrails|safety|morals?|polic(?:y|ies)|content (?:filters?|policies|restrictions)',
)

/** Name and expressions of each sign. The names are what the record shows. */
export const SIGNS: Readonly<Record<string, readonly string[]>> = {
  'sets its rules aside': [
    `${SET_ASIDE}.{0,50}${RULES}`,
    `${RULES}.{0,40}(?:ignorieren|vergessen|무시|잊어|잊고|भूल|अनदेखा)`,
    '(?:forget|ignore|disregard|override) (?:your|all (?:your|the|of)|what the|whatever (?:your|the|they)) ',
    '(?:olvida|oublie|ignora|vergiss|esqueça|dimentica|забудь)(?: \\p{L}+){0,2} (?:lo que te|ce qu.on t|lo anterior|was man dir|o que te|всё)',
    'forget (?:about )?everything',
    'not (?:answer|respond)[\\w ]{0,20} according to',
  ],
  'speaks of earlier orders': [
    '(?:previous|prior|preceding|earlier|above|foregoing|initial|existing|current) (?:\\w+ )?(?:instructions?|orders|prompts?|rules|commands|directives|guidelines|tasks|information|context)',
    '(?:vorherig|vorangehend|vorangegangen|bisherig|obig)\\p{L}* (?:anweisung|befehl|instruktion|aufgabe|information|ausführung)\\p{L}*',
    'before (?:that|this)\\b',
  ],
  'gives new orders': [
    'new (?:instructions?|task|rules?|orders|challenge|prompt|assignment|directive)',
    '(?:rules|instructions|policies|policy|orders|permissions) (?:have|has|were|are|was) (?:been |now )?(?:changed|updated|replaced|cancelled|cleared|overridden|lifted|reset)',
    'neue[nr]? (?:aufgabe|anweisung|herausforderung|befehl)\\p{L}*|nueva (?:tarea|instrucción)|nouvelle (?:tâche|consigne)',
    'further tasks|next task|start (?:from the front|over|fresh) .{0,30}(?:task|prompt)|highest priority',
    'instrucciones han cambiado',
  ],
  'asks for its orders': [
    `${REVEAL}.{0,60}${SYSTEM_TEXT}`,
    'what (?:were|are) you (?:told|instructed)',
    `${SYSTEM_TEXT}.{0,30}${REVEAL}`,
  ],
  'gives it a role': [
    "you (?:are|re|will be|'re) (?:now|no longer|not an? |going to (?:act|be))|from (?:now on|this point)[, ]+(?:you|your|answer|respond)|you will (?:now )?(?:act|role|play|respond|answer|obey|pretend|be)",
    "(?:i want|i'd like|i need|would like) you to (?:act|pretend|be|imagine|play|simulate|behave|forget)",
    '\\b(?:act|behave|respond|speak|talk|answer|function|operate|pose|reply) (?:as|like) (?:if|an?|the|my|though|you|root|admin|dan|\\w+gpt|someone)',
    "\\b(?:stop|quit) (?:being|acting)|you(?:'re| are) (?:no|not (?:a|an|the|my)|not working)[\\w ]{0,30}(?:any ?more|any longer|now)|\\b(?:be|become) (?:a|an|my) (?:different|evil|unrestricted|new)",
    "(?:pretend|imagine|suppose|assume|simulate|emulate|roleplay|role play|role playing)(?: that)?(?: you| to be| as| i am| i'm| i've| we| the role| an? (?:ai|bot|fictional)| there are no)",
    "let'?s (?:play|role|pretend|imagine)|(?:speak|talk|answer|reply|respond) (?:only )?in (?:rhymes?|verse|code|riddles|the style)|stay in (?:character|role)|break character|in the (?:role|style) of|play the (?:role|part)|you are (?:an?|the|my) (?!(?:person|human|real|robot|bot|computer|machine|lender|bank|company|direct|recording|live)\\b)\\w+",
    'du bist (?:jetzt|nun|ab jetzt|kein\\p{L}*|ein\\p{L}*|die|der|das)|nun bist du|stell\\p{L}* (?:dir|sie sich) vor,? (?:du|sie|dass du)|tu(?:n)? (?:so|sie so),? als|als .{0,40} (?:fungier|agier|auftr[ei]t)\\p{L}*|spiel\\p{L}* die rolle|in (?:deiner|der|seiner|ihrer|ihren|deine) rollen?|antworte\\p{L}* (?:wie|im stil|auch|nur)|im stile? eine[srn]',
    'act[uú]a como|haz como si|finge que|eres ahora|ahora eres|imagina que eres|tu es maintenant|fais comme si|faites comme si|faites semblant|agis comme|imagine que tu|finja que|voc[eê] agora|aja como|fai finta|ora sei|agisci come',
    'теперь ты|представь,? что ты|притворись|ты теперь|现在是|假装|假裝|扮演|你现在|从现在|從現在|너는 이제|인 척|kunwari|ikaw na ngayon|giả vờ|bây giờ bạn|đóng vai|أنت الآن|تظاهر|अब तुम|मान लो|नाटक करो|udawaj|jesteś teraz|fè kòm si|kounye a ou se',
  ],
  'claims authority': [
    "(?:this is|i am|i'm|as|it's|speaking as|we are|here is) (?:your|the|an?|from the|with the)? ?(?:system |lead |chief |it |company |bank'?s )?(?:developers?|programmers?|creators?|administrators?|admin|engineer(?:s|ing)?(?: team)?|openai|maker|master|ceo|boss of you|auditor|security team|compliance (?:department|team)|president of)(?! (?:of the|at|assistant|for a|by|from|'))",
    'i (?:am|work for) the (?:company|people) (?:that|who) (?:made|built|created) you|i (?:built|made|created|programmed|own) you|authori[sz]ation code|override code|access code|code (?:alpha|delta|bravo|red|zero)|penetration test|authori[sz]ed test|i (?:order|command|authori[sz]e|am ordering) (?:you|it)|granting you|elevated privileges|root access|full access|\\bsudo\\b',
    'dein\\p{L}* (?:entwickler|programmierer|chef)|soy (?:tu|el|su) (?:desarrollador|creador|administrador|programador)|je suis (?:votre|ton) (?:développeur|créateur)|sou (?:seu |o )?(?:desenvolvedor|criador|administrador)|sono il tuo (?:sviluppatore|creatore)|я твой (?:разработчик|создатель)|我是你的|나는 네|tôi là (?:lập trình viên|người tạo) (?:của|ra)|ako ang (?:gumawa|developer)|أنا مطور\\p{L}*|तुम्हारा (?:डेवलपर|मालिक)|jestem twoim|devlopè ou|código de autorización',
    '(?:developer|debug|admin(?:istrator)?|maintenance|god|dan|root|diagnostic|unrestricted|sudo|system administrator|desarrollador|développeur|entwickler) ?(?:mode|modus)|(?:modo|mode|chế độ) (?:desarrollador|développeur|desenvolvedor|administrador|nhà phát triển)|entwicklermodus|режим разработчика|开发者模式|開發者模式|개발자 모드',
    "(?:rules?|polic(?:y|ies)|restrictions|guidelines|verification) (?:do(?:es)?n't|do(?:es)? not|don't) (?:apply|count|cover|matter)|(?:none|neither) of (?:your|the|those) rules|i(?:'m| am) (?:calling )?(?:from|with) (?:corporate|headquarters|head office|the audit|it (?:department|security|support))|clearance|no se aplican|ne s'appliquent|gelten nicht|не распространяются|不适用|적용되지 않|không áp dụng",
    'supervisor (?:allowed|approved|said you can)|authori[sz]ed you to|(?:owner|president|head|director) of (?:this|the) (?:company|bank)|this is (?:the )?(?:police|fbi|irs|sheriff|government)|by order of|i have (?:permission|authority|clearance)',
  ],
  'lifts its limits': [
    `(?:without|no|zero|free (?:of|from)|ignoring|any) (?:any |ethical |your |more |content |safety )?${LIMITS}`,
    `(?:disable|turn off|switch off|remove|lift|deactivate|disregard|bypass|circumvent|skip|override) (?:\\w+ ){0,3}${LIMITS}`,
    "unrestricted|unfiltered|uncensored|jail ?break|(?:do|say|does|can do) anything (?:now|you want|i want)|\\bdan\\b|unchained|anything goes|no longer bound|freed from|your rules (?:do not|don't)|sin (?:límites|reglas|filtros)|(?:apaga|quita|desactiva) (?:tus|los|sus) (?:filtros|reglas)|ohne (?:jegliche )?(?:regeln|filter|grenzen)|sans (?:règles|limites|filtres)|sem (?:limites|regras)|senza (?:regole|filtri|limiti)|без ограничений|没有限制|沒有限制|没有规则|沒有規則|제한이? 없|không có giới hạn|walang limitasyon|بلا قيود|बिना किसी (?:सीमा|नियम)|bez ograniczeń|san limit",
  ],
  'skips the checks': [
    '(?:skip|bypass|override|disable|turn off|waive|without|avoid|get around|ignore|omit\\p{L}*|salta\\p{L}*|desactiva\\p{L}*|désactive\\p{L}*|desative|disattiva|отключи|关闭|꺼|tắt|patayin|बंद|أوقف|wyłącz|etenn) .{0,30}(?:verif\\p{L}*|identit\\p{L}*|identidad|authentication|security|compliance|safety|safeguards|disclosure|seguridad|sécurité|segurança|controlli|проверк\\p{L}*|安全|보안|bảo mật|सुरक्षा|التحقق|weryfikacj\\p{L}*)',
    "(?:don't|do not|never|stop|quit|without|no need to|don't need to|not) (?:verify|verifying|authenticat\\p{L}*|check(?:ing)? (?:who|my|me)|ask(?:ing)? (?:me )?(?:for (?:my |any )?(?:id\\b|date of birth|verification|identification|password)|security))|no verification|take my word|no me verifi\\p{L}+|ne (?:me )?vérifi\\p{L}+|prüf\\p{L}* (?:sie )?(?:mich|meine) nicht|não (?:me )?verifi\\p{L}+|non (?:mi )?verific\\p{L}+|不用验证|不要验证|확인 ?하지 (?:말|마)|đừng xác minh|huwag (?:mo )?(?:na )?(?:akong )?i ?verify|не проверяй\\p{L}*|لا تتحقق|मत जांच\\p{M}*|nie weryfikuj\\p{L}*|pa verifye",
    "(?:as if|pretend|act like|count|assume|consider|treat me as|i am|i'm) (?:\\w+ ){0,4}(?:already |been )+(?:verified|authenticated|approved)",
  ],
  'puts words in its mouth': [
    '(?:repeat|say) after me|repitan? (?:después de m|conmigo|comigo)\\p{L}*|repite (?:después|conmigo)|répète après|ripeti dopo|repita comigo|sprich mir nach|повторяй за мной|跟我重复|跟我重複|따라 말|lặp lại theo|ulitin mo|كرر بعدي|मेरे पीछे दोहरा|powtórz za mną|repete apre',
    '(?:legally )?binding|legally bound|(?:you )?(?:must|have to|need to) (?:say|agree|confirm|answer|comply|promise|respond|obey|admit)|say yes|sag ja|di que sí|promise me (?:on|in|that|an?|one|two|three|four|five|six|zero|\\d)|guarantee me|(?:just|only|simply) (?:say|answer|output|print|write|respond|reply)|(?:say|state|admit|claim) that (?:you|your|i am|my|the|our)|the answer is yes|confirm by saying',
    '(?:set|lower|change|put|make|drop) my (?:\\w+ ){0,2}(?:rate|balance|loan|payment) (?:to|as)|mark my loan|(?:put|write|list|enter|add) (?:me|my name) (?:down )?(?:as|on) (?:the |an? )?(?:owner|manager|borrower|approved|verified|loan)|approve (?:my|the) (?:loan|application|mortgage)',
    '\\b(?:print|output|answer only|respond only|reply only) |schreib\\p{L}* |(?:write|compose) (?:an?|me an?)? ?(?:love|manifesto|poem|essay|hate)',
  ],
  'sends the call somewhere': [
    '(?:transfer|forward|connect|call|dial|send|text|route|transfi[eé]r\\p{L}*|transférez|chuyển|переведи|转到|轉到|연결|حول).{0,40}(?:\\bplus |\\+ ?\\d|\\bone nine hundred|\\b1 ?-?900|nine zero zero|eight seven six|premium|star (?:seven|six)|\\bsip\\b|más uno|uno novecientos|plus un|cộng một|плюс|加一|p l u s|nine hundred|nine double zero|플러스|زائد)',
    '(?:wire|send) (?:the |all |your )?(?:money|funds?) (?:to|into) (?:my|this|the following)|to (?:my|this) (?:account|number) instead',
  ],
  'wants what is not theirs': [
    "(?:other|another|previous|last|next|someone else'?s?|everybody'?s?|all|every|else'?s|neighbou?r'?s?) (?:of your |the )?(?:callers?|customers?|clients?|borrowers?|people'?s?|accounts?)(?:'s?)?",
    "(?:tell|give|read|show)[\\w' ]{0,30} (?:about|in|of|from) (?:\\w+ ){0,3}(?:loan file|other|another|smith'?s?|somebody|someone)|(?:list|names?|numbers?) of (?:all )?(?:the |your )?(?:leads|callers|customers|clients|borrowers|people)|customer (?:list|data|files?|records?)|(?:social security|account) numbers?[\\w ]{0,15}(?:of|for) (?:other|another|all)",
    'otros clientes|autres clients|outros clientes|altri clienti|anderer kunden|其他客户|其他客戶|다른 고객|khách hàng khác|ibang kliyente|других клиентов|العملاء الآخرين|दूसरे ग्राहक\\p{M}*|innych klientów|lòt kliyan',
    "(?:caller|person|customer|one|guy) (?:before|after) me|(?:today'?s|recent|latest) callers|(?:isn't|is not|not) (?:mine|my (?:loan|account|file))|my neighbou?r|(?:about|of|for|on) (?:everyone|everybody|somebody else|someone else)|la persona que llamó antes",
  ],
  'orders it against others': [
    '(?:next|other|every|each|all) (?:caller|customer|client|person who calls|borrower)s?.{0,60}(?:tell|say|give|hang up|transfer|charge)|(?:tell|give|hang up on|say to) (?:the next (?:caller|customer|client|one)|every|everyone|everybody|anyone|all)',
    '(?:never|don.?t|do not|must not|stop) (?:transfer|tell|telling|transferring|say|saying|connect|record|mention|disclose)\\p{L}*(?: \\w+){0,3} (?:calls?|anybody|anyone|people|callers?|customers?|that you|that the)',
    '(?:if|should|when) (?:anyone|anybody|people|someone|somebody|they|a customer|another caller) (?:asks?|calls?|wants?)\\b.{0,40}\\b(?:say|tell|answer)|whoever (?:calls|asks)',
    '(?:delete|erase|wipe|remove) (?:all|every|the) (?:\\w+ ){0,2}(?:logs?|records?|recordings?|transcripts?|notes|data)|cancel (?:every|all)|every slot|(?:change|update) (?:the|all|every) (?:\\w+ ){0,2}(?:instructions|accounts?) (?:for|to|on|of) (?:all|my|every)',
    'no (?:le )?transfieras|a otros clientes',
  ],
  'asks for a fraud': [
    '(?:fake|forge[ds]?|forging|counterfeit|falsif\\p{L}+|launder|doctor(?:ed)?) (?:\\w+ ){0,2}(?:pay|bank|letter|stub|statement|document|income|tax|w-?2|money|id)|get around (?:the )?(?:income|verification|underwriting)|how (?:to|do i|can i) (?:hack|steal|break into)|explosives?|\\bbombs?\\b|weapons?|\\bdrugs\\b|napalm|phish\\p{L}*|\\bvirus\\b|hack (?:into|an?)|steal(?:s|ing)? (?:passwords|money|data)',
    '(?:system|note) (?:to|for) (?:the )?(?:ai|agent|assistant)|\\bai assistant\\b|secret|confidential|classified|backdoor|password (?:is|of|to)|admin password|(?:tell|give|say|what is|what.s|reveal|me diga|d[ií](?:me|game)|donne\\p{L}*|dammi|gib|أعطني|告诉我).{0,24}(?:password|contraseña|senha|mot de passe|passwort|كلمة السر|密码|密碼|비밀번호|mật khẩu|пароль|पासवर्ड|hasło)',
  ],
  'speaks machine': [
    '<\\|?|\\|>|\\[/?(?:inst|system|assistant|admin)|###|```|\\{\\{|"role"|!\\[|\\]\\(|<!--|<<<|javascript|fetch\\(|\\$documents|context ?:|question ?:|user ?:|assistant ?:|system ?:|admin(?:istrator)? note|moderator note|task:|query:|print\\(',
    'https?:|www\\.',
    'base ?64|\\bjson\\b|\\bxml\\b|markdown|(?:execute|run) (?:the|this|following|these) (?:following )?(?:\\w+ )?(?:command|code|script)|(?:c\\+\\+|python|java) (?:code|interpreter|script)|linux|terminal|api (?:key|endpoint)|system colon|assistant colon|end of (?:prompt|instructions)|open bracket|drop table|sistema dos puntos|malware|gpt\\b',
  ],
  'speaks to it as a program': [
    '(?:different|another|an|evil|unethical|fictional|that|böse|böser) (?:ai|ki|a\\.i\\.|artificial intelligence)\\b|language model|your (?:programming|training|memory|tools?|functions?|developer|creators?|filters?|database|code|safety|configuration|settings)|list (?:the )?(?:tools|functions|commands)|(?:million|thousand|(?<!\\d)\\d{4,}) times|forever without|never (?:stop|end)\\b|(?:infinite|endless) (?:list|text|loop|story|stream|number)|(?:call|run|invoke|use|execute|trigger) (?:the|your|that) (?:\\w+ ){0,3}(?:function|tool|api|command)\\b|intelligenza|人工智能|인공지능|robot',
  ],
  'tells a story to hide it': [
    '(?:film|movie|novel|play|story|theoretical|hypothetical|fictional|completely) .{0,60}(?:robber|thief|burglar|hack|character|steps|break in|how would you|scenario)|schauspieler|filmfigur|charakter|aus (?:der figur|ihrer rolle)|einbrech\\p{L}*|raubüberfall',
    'in (?:their|his|her|ihren|seiner) roles?|bleiben (?:voll |immer )?in',
  ],
}
