/**
 * Orders that nobody gives who calls about a loan, as regular expressions over a passage (see `passages.ts`): they
 * need no other sign. Only what is said to the agent counts, so each names what is the agent's own: "your prompt", "all
 * previous instructions", "you are now".
 */
const all = (...parts: readonly string[]) => `(?:${parts.join('|')})`

const RULES =
  '(?:instructions?|rules?|prompts?|guidelines?|directives?|programming|orders|commands|restrictions|guardrails|training)'
const OWN = "(?:your|all(?: of)?(?: your| the| these| those)?|every|any|the (?:company|bank|system|lender)'?s?)"
const EARLIER = '(?:previous|prior|earlier|above|preceding|initial|original|other|existing|current|company|system)'

export const SURE: readonly string[] = [
  // To set its rules aside: with the agent's rules as the object, in each language's imperative.
  `\\b(?:ignore|disregard|forget|override|bypass|set aside|drop|break|abandon) (?:about )?(?:${OWN} )(?:${EARLIER} )*${RULES}\\b(?! (?:i|we|my|from (?:my|the)|on|in)\\b)`,
  `\\b(?:ignore|disregard|forget|override) (?:what(?:ever)?|everything|all) (?:that )?(?:you (?:were|have been|are|had been|was)|your|they|the (?:company|bank|mortgage company)) `,
  all(
    '\\b(?:olvid[ae]|ignor[ae]|descart[ae])(?: (?:de|por favor))? (?:todas? )?(?:tus|sus|las|todas) (?:\\p{L}+ )?(?:instrucciones|reglas|órdenes)',
    '\\b(?:oublie[sz]?|ignore[sz]?)(?: toutes)? (?:tes|vos|les|toutes) (?:\\p{L}+ )?(?:instructions|règles|consignes)',
    '\\b(?:vergiss|vergessen sie|ignoriere?|ignorieren sie|missachte) (?:bitte )?(?:alle|deine|ihre|sämtliche) (?:\\p{L}+ )?(?:anweisungen|regeln|vorgaben|instruktionen|befehle)',
    '\\b(?:esqueça|ignore|esquece|ignora)(?: todas)? (?:as|suas|tuas|as suas) (?:\\p{L}+ )?(?:instruções|regras|ordens)',
    '\\b(?:dimentica|ignora|dimentichi|ignori)(?: tutte)? (?:le|tue|le tue|le sue) (?:\\p{L}+ )?(?:istruzioni|regole)',
    '(?:забудь|игнорируй|проигнорируй|отбрось)(?:те)? (?:\\p{L}+ ){0,3}(?:инструкц|правил|указани|команд)',
    '(?:zapomnij|zignoruj|ignoruj|pomiń) (?:\\p{L}+ ){0,3}(?:instrukcj|polece|zasad|reguł)',
    '(?:忽略|忘记|忘掉|忘記|无视|無視|不要理会)(?:你|之前|所有|一切|公司|全部|以上|先前|的|那些)+.{0,6}(?:指令|指示|规则|規則|规定|規定|命令|限制)',
    '(?:지시|규칙|명령|지침|제한)[^ ]{0,3} ?(?:\\p{L}+ )?(?:무시|잊어(?!버렸|먹|버려서))',
    '(?:bỏ qua|quên)(?: (?:hết|đi|mọi|tất cả|các|những|toàn bộ))+ (?:hướng dẫn|quy tắc|quy định|chỉ thị|chỉ dẫn|mệnh lệnh)',
    '(?:kalimutan|balewalain|huwag pansinin|huwag sundin)(?: (?:mo|ninyo|niyo|nyo|na|po))* (?:ang |ang mga |mga |lahat ng |ang lahat ng )*(?:\\p{L}+ )?(?:patakaran|utos|tuntunin|tagubilin|panuto)',
    '(?:تجاهل|انس[ىي]?) (?:\\p{L}+ ){0,2}(?:ال)?(?:تعليمات|قواعد|أوامر|اوامر)',
    '(?:निर्देश|नियम|आदेश)\\p{M}*\\p{L}*\\p{M}* (?:को )?(?:भूल जा|अनदेखा कर|छोड़ो|छोड़ दो|नज़रअंदाज)',
    '(?:bliye|inyore) tout (?:enstriksyon|règ|lòd)',
  ),
  // To tell its orders.
  '\\b(?:your|system|hidden|secret|initial|internal) prompts?\\b(?! (?:reply|response|payment|attention|service|answer|help|action|feedback))|\\b(?:tu|su|tus|deinen?|ihren?|ton|votre|seu|teu|tuo|swój|mo ang|ang) (?:system[ -]?)?prompts?\\b|\\bsystem ?prompts?\\b|prompt (?:del |de |do )?sist[eè]ma|prompt système',
  '\\b(?:your|the) (?:hidden|secret|internal|original|initial|system|confidential) (?:instructions|rules|message|guidelines|configuration|commands)|\\b(?:las )?instrucciones que (?:te|le) (?:dieron|han dado)|\\b(?:deine|ihre) (?:versteckten|geheimen|internen|ursprünglichen) (?:anweisungen|regeln)|\\b(?:tes|vos) (?:instructions|consignes) (?:cachées|secrètes|internes)|\\b(?:tus|sus) (?:instrucciones|reglas) (?:ocultas|secretas|internas)|suas instruções (?:ocultas|secretas|internas)',
  all(
    '\\b(?:recite|repeat|read|reveal|list|print|show|tell)(?: me| us)?(?: out)? (?:the |all )?(?:instructions|rules|orders) (?:(?:that |which )?(?:your|the) company|they|you were|you have been|you got)',
    '\\bwhat (?:were|are|have) you (?:been )?(?:told|instructed|forbidden|ordered|programmed)(?: not)? to (?:say|tell|do|talk|reveal|share|discuss|keep)',
    '\\b(?:répète|répétez|lis|lisez|montre|montrez|donne|donnez|dis|dites)(?:[ -]moi)? (?:toutes )?(?:tes|vos) (?:instructions|consignes|règles)',
    '\\b(?:lee|lea|repite|repita|muestra|muéstrame|dime|dígame)(?:me)? (?:todas )?(?:tus|sus) (?:instrucciones|reglas)',
    '\\b(?:zeig|zeige|sag|lies|wiederhole|nenne|nenn) (?:mir )?(?:alle )?deine (?:\\p{L}+ )?(?:anweisungen|regeln|vorgaben)',
    '\\b(?:leia|repita|mostre|diga)(?:[ -]me)? (?:todas )?(?:as )?(?:suas|tuas) (?:instruções|regras)|\\b(?:leggi|ripeti|mostra|dimmi)(?:mi)? (?:tutte )?le tue (?:istruzioni|regole)',
    '(?:покажи|прочитай|назови|повтори|раскрой) (?:мне )?(?:все )?(?:свои|твои) (?:инструкц|правил|настройк)|시스템 (?:지시|명령|설정)|(?:念|说|告诉我|背|读)(?:出|一下)?你的(?:指令|提示|系统)|(?:przeczytaj|pokaż|powtórz|podaj) (?:mi )?swoje (?:instrukcj|polece|zasad)',
  ),
  '系统提示|系統提示|提示词|提示詞|시스템 ?프롬프트|프롬프트를|lời nhắc hệ thống|системн\\p{L}+ (?:промпт|сообщени)|सिस्टम प्रॉम्प्ट|تعليمات النظام|رسالة النظام|sistèm prompt|prompt sistèm',
  // To be somebody else.
  "\\byou are now (?:an?|in|my(?! (?:lender|servicer|bank|loan|agent|new))|free|un\\w+|no longer)\\b|\\b(?:pretend|imagine|suppose|assume) (?:that )?you(?:'re| are| were| have no| had no| don't have)\\b|\\bfrom now on,? you(?:'re| are| will| must| always| only| answer| have to)\\b|\\byou(?:'re| are) (?:no longer|not) an? (?:\\w+ ){0,2}(?:assistant|agent|bot|ai|robot)(?: any ?more|,| but|$)",
  '\\b(?:ahora|desde ahora|a partir de ahora) (?:tú )?(?:eres|serás|actúas)|\\b(?:tu es|vous êtes) (?:maintenant|désormais) (?:une?|mon|en)|\\bdu bist (?:jetzt|nun|ab jetzt) (?:ein|mein|kein|im)|\\b(?:você (?:é )?agora|agora você) (?:é|um|uma)|\\b(?:ora|adesso|da ora) (?:tu )?sei (?:un|il|mio)|ты теперь (?!можешь|понял)|теперь ты (?!можешь|понял)|你现在是(?!不是)(?:一|没|不|我|个)|从现在(?:起|开始),? ?你|너는 이제|지금부터 너는|từ (?:bây )?giờ (?:trở đi )?(?:bạn|mày) là|mula ngayon ikaw|ikaw na ngayon ay|أنت الآن (?!مش)|अब (?:से )?(?:तुम|आप) (?:एक|मेरे)|(?:od teraz|teraz) jesteś|kounye a ou se',
  all(
    "\\btu(?:n sie)? so,? als|stell(?:en sie)? (?:dir|sich) vor,? (?:du|dass du|sie (?:wären|hätten))|\\b(?:finge|finja|imagina|haz de cuenta) que (?:no |eres|você|não|eras|tú)|\\bfai(?:s|tes) (?:comme si|semblant) (?:tu|vous|de ne|d'être|que tu)|\\bfai finta (?:di|che)",
    'представь,? что (?:у тебя|ты)|притворись|(?:假装|假裝)(?:你|自己)|扮演|现在你是(?:我的|一个|一個)|忘记你的身份|(?:인|은|는|없는) 척|giả vờ (?:là |rằng )?(?:bạn|mày)|magpanggap ka|kunwari (?:ikaw|wala kang)',
    'मान लो (?:कि )?(?:तुम|आप)|تظاهر (?:ب|أن|كأن)|udawaj,? że|wyobraź sobie,? że (?:jesteś|nie masz)|fè kòm si ou',
  ),
  '\\b(?:switch|turn) off your (?:\\w+ )?(?:security|safety|safeguards|filters?|rules|restrictions|checks)|\\b(?:disable|deactivate|bypass) your (?:\\w+ )?(?:security|safety|safeguards|filters?|rules|restrictions|checks)',
  '\\b(?:developer|debug|admin(?:istrator)?|god|dan|diagnostic|sudo|super ?user|unrestricted|jailbreak) mode\\b|\\bmodo (?:de )?(?:desarrollador|administrador|desenvolvedor|depuración)|\\bmode (?:développeur|administrateur)|entwicklermodus|режим разработчика|开发者模式|開發者模式|개발자 모드|chế độ nhà phát triển|وضع المطور|डेवलपर मोड|tryb deweloper',
  `\\b(?:your|the) (?:${RULES}|polic(?:y|ies)|filters?|safety \\w+) (?:(?:were|was|are|is|have been|has been|got|no longer|do not|don't|doesn't) )+(?:lifted|removed|suspended|cancelled|disabled|revoked|updated by|apply to (?:me|this call))`,
]
