import type { TongueWords } from './tongue.ts'

/**
 * The figures of the other languages the fixed phrases speak: percentages, sums of money, and what follows a word for
 * a rate or a cost. Not checked by native speakers.
 */
export const OTHER_TONGUES: Readonly<Record<string, TongueWords>> = {
  zh: {
    script: 'Han',
    numbers: '[零〇一二两三四五六七八九十百千万点點半]',
    glued: true,
    fraction:
      '^\\d{1,2}\\.\\d{1,3}$|[一二三四五六七八九十\\d][点點][零〇一二三四五六七八九十\\d半]|^[一二三四五六七八九]半$',
    percent: '[个個]半?(?:百分)?[点點]',
    percentBefore: '百分之',
    currency: '美元|美金|块|塊|元',
    perMonth: '每月|一个月',
    rate: '利率|利息',
    cost: '月供|还款|手续费|費用|费用|首付|月付|成本|付',
    links:
      '现在|目前|今天|大约|大概|约|差不多|左右|是|为|在|会|的|您|要|到|从|就|可能|一般|平均|固定|三十年|十五年|年|，|约为|需要|每个?月',
    enders: '左右|多|到|至|吧|了|的|上下',
    measures: '小时|分钟|天|周|个月|年|点钟|点半|点|号|楼|英里|公里|次|份|位|个',
  },
  vi: {
    fractionsAreRates: true,
    numbers:
      'không|một(?! tháng)|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|ngàn|nghìn|triệu|phẩy|chấm|rưỡi',
    fraction: '^\\d{1,2}[.,]\\d{1,3}$|\\s(?:phẩy|chấm)\\s|\\srưỡi$',
    percent: 'phần trăm',
    currency: 'đô la|đô|đồng|mỹ kim',
    perMonth: '(?:mỗi|một|hàng) tháng',
    rate: 'lãi suất|tiền lời',
    cost: 'phí|trả hàng tháng|trả trước|chi phí|khoản trả|tiền trả',
    links:
      'là|hiện|nay|bây giờ|khoảng|chừng|tầm|hôm|đang|ở|mức|vào|sẽ|được|của|cố định|từ|đến|gần|hơn|thường|trung bình',
    enders: 'đến|hoặc|hiện|hôm|thôi|ạ|mỗi|cho',
    measures: 'giờ|tiếng|phút|ngày|tuần|tháng|năm|dặm|lần|tầng',
  },
  ko: {
    script: 'Hangul',
    numbers: '[영공일이삼사오육칠팔구십백천만점반]',
    glued: true,
    fraction: '^\\d{1,2}\\.\\d{1,3}$|[일이삼사오육칠팔구]점[영공일이삼사오육칠팔구]',
    percent: '퍼센트|프로(?!그|세|필|젝|모)|퍼',
    currency: '달러|불(?![가-힣])|원(?![가-힣])',
    perMonth: '매월|매달',
    rate: '금리|이자율|이자',
    cost: '납입금|수수료|비용|계약금|월 ?상환|상환금|보증금|다운페이',
    links: '가|는|은|이|현재|지금|약|대략|오늘|대체로|보통|평균|대출|고정|정도|년|에서|부터|한',
    enders: '정도|쯤|입니다|이에요|예요|내외|선|대|부터|에서|이상|이하',
    measures: '시간|시|분|일|주|개월|년|층|번|명|가지|마일|개',
  },
  tl: {
    fractionsAreRates: true,
    numbers:
      'isa|isang|dalawa|dalawang|tatlo|tatlong|apat|lima|limang|anim|pito|pitong|walo|walong|siyam|sampu|sampung|labing\\p{L}+|dalawampu(?:ng)?|tatlumpu(?:ng)?|limampu(?:ng)?|daan|daang|libo|libong|milyon|kalahati|kalahating|punto|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|fifty|hundred|thousand|point',
    joint: "at|na|'t",
    fraction: '^\\d{1,2}\\.\\d{1,3}$|\\s(?:punto|point)\\s|\\skalahati(?:ng)?$',
    percent: 'por?siyento|porsyento|percent',
    currency: 'dol[yi]ar|dolyar|dollars?|piso',
    perMonth: '(?:kada|bawat) (?:buwan|taon)|buwan-buwan',
    rate: '\\b(?:rate|interes|interest)\\b',
    cost: '\\b(?:fee|bayad|hulog|down ?payment|gastos|singil)\\b',
    links:
      'po|ay|nasa|mga|ngayon|na|ng|sa|ang|halos|humigit-kumulang|kasalukuyang|kumulang|kasalukuyan|nito|ngayong|araw|inyong|inyo',
    enders: 'po|lang|na|ngayon|o|hanggang|kada|bawat',
    measures: 'oras|minuto|araw|linggo|buwan|taon|milya|beses|palapag|dokumento',
  },
  fr: {
    fractionsAreRates: true,
    numbers:
      'zéro|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|septante|nonante|cents?|mille|millions?|virgule|demi|quarts?|huitièmes?',
    joint: 'et un|et',
    fraction:
      '^\\d{1,2}[.,]\\d{1,3}$|\\s(?:virgule|point)\\s|\\set\\s+demi$|\\s(?:un|trois)\\s+(?:quarts?|huitièmes?)$',
    percent: 'pour ?cent|points? de (?:base|pourcentage)',
    currency: 'dollars?|euros?',
    perMonth: 'par (?:mois|an)|mensuel|chaque mois',
    rate: '\\b(?:taux|intérêts?)(?!\\p{L})',
    cost: '\\b(?:mensualités?|frais|apport|coûts?|commission|paiements?|versements?|acompte|paieriez)(?!\\p{L})',
    links:
      "est|sont|serait|seraient|sera|actuellement|aujourd'hui|en|ce|moment|autour|tournent?|environ|à|a|de|d'environ|d'|des|du|le|la|les|l|il|y|se|situe|situent|entre|près|fixe|moyenne|sur|trente|quinze|ans|commencent?|partir|votre|notre|vers|plus|ou|moins|dans|pour|aux",
    enders: "et|ou|à|en|pour|par|aujourd'hui|actuellement|selon|environ|si|mais",
    measures: 'heures?|minutes?|jours?|semaines?|mois|ans?|kilomètres?|fois|étages?|h\\b',
  },
  pt: {
    fractionsAreRates: true,
    numbers:
      'zero|um|uma|dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|treze|quatorze|catorze|quinze|dezesseis|dezessete|dezoito|dezenove|vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa|cem|cento|duzentos|trezentos|quatrocentos|quinhentos|seiscentos|setecentos|oitocentos|novecentos|mil|milhão|milhões|vírgula|ponto|meio|quartos?',
    joint: 'e um|e',
    fraction:
      '^\\d{1,2}[.,]\\d{1,2}$|^\\d{1,2}\\.\\d{3}$|\\s(?:vírgula|ponto)\\s|\\se\\s+meio$|\\s(?:um|três)\\s+quartos?$',
    percent: 'por ?cento|pontos? (?:base|percentua(?:l|is))',
    currency: 'dólar(?:es)?|reais',
    perMonth: '(?:por|ao|cada) (?:mês|ano)|mensa(?:l|is)',
    rate: '\\b(?:taxas?|juros)(?!\\p{L})',
    cost: '\\b(?:parcelas?|prestaç(?:ão|ões)|pagamentos?|tarifas?|custos?|comissão|entrada|mensalidade)(?!\\p{L})',
    links:
      'é|são|está|estão|seria|seriam|será|hoje|agora|atualmente|de|em|por|volta|torno|cerca|uns|umas|aproximadamente|mais|ou|menos|a|o|os|as|entre|fica|ficam|começam?|partir|fixa|fixo|anual|mensal|média|sua|nossa|no|na|quase|trinta|quinze|anos',
    enders: 'e|ou|a|por|hoje|agora|ao|se|mas|com|para|dependendo|mais',
    measures: 'horas?|minutos?|dias?|semanas?|mês|meses|anos?|milhas?|vezes|andar(?:es)?|h\\b',
  },
  ru: {
    script: 'Cyrillic',
    fractionsAreRates: true,
    numbers:
      'ноль|один|одна|одного|два|две|двух|три|тр[её]х|четыре|четыр[её]х|пять|пяти|шесть|шести|семь|семи|восемь|восьми|девять|девяти|десять|десяти|одиннадцат[ьи]|двенадцат[ьи]|пятнадцат[ьи]|двадцат[ьи]|тридцат[ьи]|сорок|сорока|пятьдесят|пятидесяти|сто|ста|двести|двухсот|триста|тр[её]хсот|пятьсот|пятисот|тысяч[аиу]?|миллион(?:а|ов)?|целых|целая|десятых|сотых|половиной|половина|четвертью|полтора',
    joint: 'и|с',
    fraction: '^\\d{1,2}[.,]\\d{1,3}$|половиной$|четвертью$|\\sцелы?|десятых$|\\sи\\s+(?:пять|семь|два|восемь|три)$',
    percent: 'процент|годовых',
    currency: 'доллар|рубл',
    perMonth: 'в (?:месяц|год)|ежемесячно',
    rate: 'ставк[аиуе]|ставок|процент[аы]? по',
    cost: 'плат[её]ж|комисси|взнос|стоимость|расход|сбор(?![а-я]{3})',
    links:
      'сейчас|сегодня|около|примерно|составляет|составят|составит|будет|ваш|наша|в|районе|от|до|на|порядка|приблизительно|равна|обычно|средн[а-я]+|по|кредиту|фиксированная|у|нас|и|а[мхи]?|[аиуеыя]|ов',
    enders: 'и|или|до|в|сейчас|сегодня|примерно|годовых|с',
    measures: 'час|минут|дн|ден|недел|месяц|лет|год(?!овых)|мил|раз|этаж|утра|вечера',
  },
  ar: {
    script: 'Arabic',
    numbers:
      'صفر|واحد|واحدة|اثنان|اثنين|ثلاثة|ثلاث|أربعة|أربع|خمسة|خمس|ستة|ست|سبعة|سبع|ثمانية|ثماني|تسعة|تسع|عشرة|عشر|عشرون|عشرين|ثلاثون|ثلاثين|أربعون|أربعين|خمسون|خمسين|مئة|مائة|مئتان|مئتين|ألف|ألفي|ألفا|ألفين|ألفان|آلاف|مليون|فاصلة|نصف|ونصف|وربع|ربع|ونصفا|و(?:عشرون|عشرين|ثلاثون|ثلاثين|خمسون|خمسين|خمسة|خمس|مئة|ألف)',
    fraction: '^\\p{Nd}{1,2}[.,٫]\\p{Nd}{1,3}$|\\sفاصلة\\s|\\sونصف$|\\sوربع$',
    percent: '(?:ب|في ?)ال?م[ئا]ا?[ئة]ة?',
    currency: 'دولار|ريال|درهم',
    perMonth: 'شهريا|شهرياً|في الشهر|كل شهر|في السنة',
    rate: 'فائدة|الفائدة|الفوائد',
    cost: 'القسط|قسط|الرسوم|رسوم|الدفعة|دفعة|التكلفة|تكاليف|العمولة',
    links:
      'هو|هي|الآن|حاليا|حالياً|حوالي|نحو|تقريبا|تقريباً|اليوم|عند|بين|من|إلى|على|الشهري|الشهرية|الأولى|الثابت|السنوي|يكون|تكون|سيكون|لدينا|ب|نسبة|بنسبة',
    enders: 'أو|إلى|في|تقريبا|تقريباً|الآن|اليوم|حاليا|حالياً',
    measures: 'ساع|دقيق|دقائق|يوم|أيام|أسبوع|شهر(?!ي)|أشهر|سنة|سنوات|عام|ميل|مر[ةا]|طابق',
  },
  hi: {
    script: 'Devanagari',
    numbers:
      'शून्य|एक|दो|तीन|चार|पाँच|पांच|छह|छः|छे|सात|आठ|नौ|दस|ग्यारह|बारह|पंद्रह|बीस|पच्चीस|तीस|चालीस|पचास|साठ|सत्तर|अस्सी|नब्बे|सौ|हज़ार|हजार|लाख|करोड़|दशमलव|पॉइंट|साढ़े|सवा|पौने|डेढ़|ढाई',
    fraction: '^\\p{Nd}{1,2}\\.\\p{Nd}{1,3}$|दशमलव|पॉइंट|साढ़े|सवा|पौने',
    percent: 'प्रतिशत|फ़ीसदी|फीसदी|परसेंट|पर्सेंट',
    currency: 'डॉलर|रुपये|रुपए',
    perMonth: 'महीना|महीने|प्रति माह|हर महीने|सालाना',
    rate: 'दर|रेट',
    cost: 'किस्त|क़िस्त|शुल्क|फ़ीस|फीस|लागत|भुगतान|डाउन पेमेंट|ख़र्च|खर्च',
    links: 'अभी|लगभग|करीब|क़रीब|आज|है|की|के|का|से|में|होगी|होगा|ब्याज|औसत|आपकी|हमारी|तकरीबन|फ़िलहाल',
    enders: 'है|के|से|या|होगी|होगा|तक|हैं|महीना',
    measures: 'घंट|मिनट|दिन|हफ़्त|हफ्त|साल|मील|बार|बजे|मंज़िल|मंजिल|दस्तावेज़',
  },
  ht: {
    fractionsAreRates: true,
    numbers:
      'zewo|youn|yon|en|de|twa|kat|senk|sis|sèt|uit|nèf|dis|onz|douz|trèz|katòz|kenz|sèz|ven|vennsenk|trant|karant|senkant|swasant|san|mil|milyon|pwen|vigil|edmi|demi|ka',
    joint: 'e|ak',
    fraction: '^\\d{1,2}[.,]\\d{1,3}$|\\s(?:pwen|vigil)\\s|\\s(?:edmi|demi)$',
    percent: 'pousan|pou san',
    currency: 'dola|goud',
    perMonth: '(?:pa|chak) (?:mwa|ane)',
    // "To" alone is English.
    rate: '\\bto (?:enterè|a|yo|fiks)(?!\\p{L})|\\benterè(?!\\p{L})',
    cost: '\\b(?:frè|peman|depo|pri|komisyon|depans)(?!\\p{L})',
    links: 'a|se|ou|la|kounye|anviwon|jodi|apeprè|enterè|ta|pral|yo|nan|ant|ak|nou|fiks|chak|mwa|ka|konsa',
    enders: 'kounye|jodi|ak|oswa|pa|konsa|pou|si',
    measures: 'è\\b|èdtan|minit|jou|semèn|mwa|an\\b|ane|mil\\b|fwa|etaj|dokiman',
  },
}
