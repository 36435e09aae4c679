/** How we offer a person, and how a caller says yes or no, as parts of regular expressions in small letters. */

/** To be put through or speak to somebody, as an offer of ours says it, in the languages we speak. */
export const OFFERED = [
  // en
  '(?:connect|transfer|patch|hand|forward) you|put you (?:through|in touch|on)|(?:get|bring|find|fetch|have) (?:[a-z]+ ){0,4}(?:person|human|someone|somebody|agent|officer|colleague|specialist|representative|manager|supervisor|advisor|team)|(?:speak|talk)(?:ing)? (?:to|with) [a-z]|(?:be|you|get) (?:connected|transferred)',
  // es
  '(?:comuni[cq]\\p{L}+|conect\\p{L}+|transfier\\p{L}+|transferir\\p{L}*|pas\\p{L}+|pong\\p{L}+) (?:con|a)\\b|hablar con|conecte|comunique|comunico|transfiera|transfiero|(?:traiga|busque|llame) a',
  // fr
  'vous (?:passe|mette|mettre|transf|connect|redirig|mis)\\p{L}*|parler (?:à|avec)|mise? en relation',
  // pt
  'transf\\p{L}+|conect\\p{L}+|(?:passe|passar|ligue|ligar|coloque|chame|encaminh\\p{L}+)|falar com',
  // ht
  'konekte|transfere|pase w|mete w|pale ak|pale avèk',
  // de, it, pl
  'verbinde\\p{L}*|durchstellen|weiterleiten|sprechen|pass[io]|passarla|trasferi\\p{L}+|colleg\\p{L}+|parlare con|połącz\\p{L}*|przełącz\\p{L}*|porozmawiać|rozmawiać',
  // ru
  'соедин\\p{L}+|переключ\\p{L}+|вас перев[её]\\p{L}+|перев[её]\\p{L}+ вас|поговорить|связать|пригласи\\p{L}+|позва\\p{L}+',
  // vi
  'chuyển|nối máy|kết nối|nói chuyện với|gặp (?:nhân viên|người|chuyên viên|quản lý|ai)',
  // tl
  'ikonekta|i ?connect|ilipat|i ?transfer|makausap|ikokonekta|ikinokonekta|kumausap|tumawag ng|ipasa',
  // zh, ko, hi, ar
  '转|轉|接通|连接|連接|人工|真人|连线|連線|连上|說話|说话|연결|바꿔|통화|이야기|कनेक्ट|जोड़|जोड|ट्रांसफर|ट्रांसफ़र|से बात|मिला दूँ|मिला दूं|बुला|حول|[أا]وصلك|تحدث|تحويلك|توصيلك|[أا]حضر',
].join('|')

/** "Shall I", "would you like": what makes it an offer and no question of what happened. */
export const OFFER =
  "(?:shall|should|can|could|may|would|will|want|would you|do you want|want me|let me|i can|i could|i'll|like me|prefer|rather)\\b|quiere|desea|gustar|prefiere|puedo|le |la |lo |voulez|souhaitez|puis|aimeriez|préférez|veux|désirez|que je|dois je|quer|gostaria|deseja|prefere|posso|vous|devo|vle|renmen|èske|mwen ka|möchten|soll|darf|kann|vuole|desidera|posso|preferisce|czy|chce|mam|хотите|мне|могу|можно|желаете|соединить|muốn|có cần|để tôi|tôi|gusto|nais|pwede|puwede|gusto mo|ko|kita|要不要|需要|要|想|可以|请|帮|幫|替|할까요|드릴까요|드릴게요|시겠|원하|싶|चाह|चाहेंगे|क्या|सकत|दूँ|दूं|هل|تريد|تود|ترغب|تحب|يمكنني|أستطيع|تفضل"

/** Not put through now: a call back, something sent, something already done. */
export const NO_OFFER =
  'call(?:s|ed|ing)? (?:you )?(?:back|later)|call you|contact you|e ?mail you|text you|have you (?:already |ever )?(?:spoken|talked|worked)|did you (?:speak|talk)|were you (?:speaking|talking)|are you (?:speaking|working)|(?:real estate|escrow|title) (?:agent|officer)|what time|which day|llame|llamará|devuelva la llamada|habló|ha hablado|rappelle|avez vous (?:déjà )?parlé|ligue de volta|falou|gọi lại|tumawag sa inyo|перезвон|говорили|回电|回電|다시 전화|वापस कॉल|कॉल बैक|يتصل'

export const YES = [
  // en
  "yes|yeah|yea|yep|yup|yess+|ya|sure|okay|ok|okey|please do|please|absolutely|definitely|certainly|of course|go ahead|go for it|do it|do that|let's do (?:it|that)|sounds (?:good|great)|that would be (?:great|good|nice|fine|wonderful|perfect|lovely|helpful)|that'd be (?:great|good|nice|fine|perfect)|that works|that's (?:fine|good|great|okay|ok)|i would|i'd (?:like|love|appreciate) that|i do|alright|all right|fine|uh huh|mm hm+|mhm|why not|i guess(?: so)?|i think so|correct|right|perfect|great|if you (?:can|could|would)|by all means|you can",
  // es, fr, it, pt
  "sí|si|claro(?: que sí)?|por favor|dale|bueno|está bien|de acuerdo|correcto|por supuesto|cómo no|adelante|vale|perfecto|eso|ándale|me gustaría|con gusto|oui|ouais|bien sûr|volontiers|d'accord|s'il vous plaît|s'il te plaît|avec plaisir|je veux bien|allez y|bonne idée|sì|certo|va bene|volentieri|per favore|magari|sim|claro que sim|pode ser|pode|quero|isso|tá bom|tá|está bem|com certeza|se faz favor|aceito|gostaria",
  // ht, de, pl
  'wi|dakò|oke|tanpri|silvouplè|men wi|se sa|mwen dakò|byen sur|ja|jawohl|gerne?|klar|natürlich|bitte|ja bitte|in ordnung|einverstanden|tak|proszę|poproszę|jasne|dobrze|oczywiście|chętnie|pewnie',
  // ru, vi, tl
  'да|давайте|давай|конечно|хорошо|пожалуйста|ладно|угу|ага|можно|соедините|хочу|было бы хорошо|vâng|dạ|ừ|ừm|được|có|đồng ý|dạ vâng|dạ được|dạ có|làm ơn|xin vui lòng|ok(?:e|ê)|tốt|muốn|oo|opo|sige(?: po)?|paki|siyempre|sige na|pwede|puwede|gusto ko',
  // zh, ko, hi, ar
  '好的?|好啊|好吧|行|可以|要|是的?|对|對|嗯+|没问题|沒問題|麻烦你?|麻煩你?|请|請|当然|當然|네|예|응|그래요?|그럴게요|좋아요|좋습니다|부탁해요|부탁합니다|부탁드려요|부탁드립니다|그렇게 해 ?주세요|해 ?주세요|연결해 ?주세요|हाँ|हां|जी|जी हाँ|जी हां|हाँ जी|हां जी|ज़रूर|जरूर|ठीक है|बिल्कुल|कृपया|अच्छा|कर दीजिए|नعم|نعم|[أا]جل|[إا]ي(?:وه|وة)?|تمام|طيب|حسنا|موافق|من فضلك|[أا]كيد|لو سمحت|بالتأكيد|طبعا|ماشي',
].join('|')

/** What may stand beside a yes without changing it. */
export const BESIDE_YES =
  "uh|um|oh|well|thank you|thanks|that|would|be|great|so|much|very|now|then|ma'am|sir|just|it|me|a|un[ae]?|gracias|señora?|señorita|merci|madame|monsieur|obrigad[oa]|grazie|danke|mèsi|dziękuję|спасибо|cảm ơn|ạ|cô|anh|chị|em|salamat|po|谢谢|謝謝|了|吧|你|감사합니다|감사해요|धन्यवाद|जी|شكرا|जी|yo|quiero|je|veux|moi|eu|mwen|m|vle|ako|na|хочу|мне|connect(?: me)?|transfer(?: me)?|right away|right now|i|need|want|like|good|nice|fine|help"
