import type { Intent } from './intent.ts'

/**
 * Words that say what a caller wants whatever stands around them: terms of the trade in English, and the plain word for
 * each wish in the languages we speak. Tried against small letters without punctuation. The first that fits is taken,
 * so that "refinance rates" are rates and "the status of my refinance" is a status.
 */
export const INTENT_WORDS: readonly (readonly [Intent, RegExp])[] = [
  ['loan_status', /\b(?:status|update) (?:of|on) (?:my|our|the) (?:\S+ )?(?:loan|refinance|refi|application|file)\b/],
  [
    'loan_status',
    /\b(?:clear to close|underwriting)\b|\bestado de mi (?:solicitud|préstamo)|审批进度|статус (?:заявки|кредита)/,
  ],
  [
    'rates',
    /\brate lock\b|\block (?:in )?(?:my|the|a) rate\b|\b(?:refinance|refi|mortgage|heloc|arm|va|fha|jumbo) rates?\b/,
  ],
  [
    'rates',
    /\b(?:apr|interest rates?|discount points|buy ?down)\b|\btasas? de interés|\btaux d'intérêt|\btaxas? de juros|\bzins(?:en|satz)\b|lãi suất|利率|금리|이자율|процентн|ставк|سعر الفائدة|أسعار الفائدة|ब्याज|oprocentowani|\bto enterè\b/,
  ],
  [
    'escrow',
    /\b(?:escrow (?:account|shortage|analysis|refund|balance)|impound|force placed|lender placed|pmi|mortgage insurance|property tax(?:es)?|(?:tax|insurance) bill|supplemental tax|(?<!claim (?:on|for|with|against) (?:my |our |the )?)(?:homeowners?|home|hazard|flood) insurance(?! (?:claim|quote))|mortgagee clause)\b|\bimpuestos? (?:de|sobre) la (?:casa|propiedad)|\bseguro hipotecario/,
  ],
  [
    'payoff',
    /\b(?:payoff|prepayment|lien release|release of lien|satisfaction of mortgage|per diem|reconveyance)\b|\bpay(?:ing)? (?:it|the loan|my (?:loan|mortgage|house)) off\b|\bliquidar\b|提前还清|досрочн/,
  ],
  [
    'payment_problem',
    /\b(?:forbearance|deferment|foreclos(?:e|ed|ing|ure)|hardship|loan modification|loss mitigation|late (?:fee|charge)s?|delinquent|past due|laid off|lost my job|waive|dispute|fraud(?:ulent)?|unauthorized|overcharged|behind on)\b/,
  ],
  [
    'payment_problem',
    /\b(?:can't|cannot|couldn't|won't be able to|not able to) (?:pay|afford|make)\b|\b(?:won't|not (?:gonna|going to)|don't) have the money\b|\bpayment (?:go|gone|went|jump|jumped|increase|increased) ?(?:up)?\b|\bno p(?:uedo|odemos) pagar|\bperdí mi trabajo|还不起|付不起|밀렸|не могу (?:за)?платить|لا أستطيع الدفع|\bnie mogę zapłacić|\bhindi (?:ako )?makabayad/,
  ],
  [
    'refinance',
    /\b(?:refi(?:s|nance|nanced|nancing)?|cash ?out|heloc|(?:home )?equity (?:line|loan)|home equity|reverse mortgage)\b|\brefinanc|\bumschuld|\brifinanzi|tái (?:cấp vốn|tài trợ)|再融资|重新贷款|재융자|рефинанс|إعادة تمويل|रीफाइनेंस|\brefinansow|\brefinansman/,
  ],
  [
    'documents',
    /\b(?:1098s?|w ?2s?|pay ?stubs?|docusign|e ?sign(?:ed|ature)?|paperless|upload(?:ed|ing)?|amortization schedule|closing disclosure|proof of (?:my )?insurance|verification of mortgage)\b/,
  ],
  [
    'documents',
    /\bestado de cuenta|\bletter (?:showing|stating|saying|that says)\b|\bfax(?:ed|ing)?\b.{0,30}\b(?:documents?|papers?|paperwork|stubs?|form)/,
  ],
  [
    'account_update',
    /\b(?:my (?:new )?(?:loan|mortgage account) number|password|user ?name|log ?in|online access)\b|\b(?:change|update|correct) (?:my|the|our) (?:\S+ ){0,2}(?:address|e ?mail|phone|cell|name)\b|\bcontraseña|\bcambiar mi (?:dirección|teléfono|correo)|更改地址|改地址|주소 변경|сменить адрес|تغيير العنوان|zmienić adres|\bchanger d'adresse/,
  ],
  [
    'schedule_appointment',
    /\b(?:appointment|reschedule|meeting room|conference room|notar(?:y|ized))\b|\b(?:una|mi) cita\b|\brendez ?vous\b|\btermin\b|\bappuntamento\b|\bmarcar (?:uma )?(?:reunião|hora)|预约|예약|записаться|موعد|अपॉइंटमेंट|\bumówić\b|\brandevou\b|đặt hẹn|\bcuộc hẹn/,
  ],
  [
    'new_loan',
    /\b(?:pre ?approv(?:ed|al)|pre ?qualif(?:y|ied|ication)|down payment|first time (?:home ?)?buyer|(?<!my )(?:fha|va|usda|jumbo|construction|conventional) loans?)\b|\b(?:buy|purchase|comprar) (?:a|my first|our first|una|another|an investment) (?:house|home|condo|property|casa)\b/,
  ],
  [
    'new_loan',
    /\bacheter une maison|\bcomprar uma casa|\bhaus kaufen|\bcomprare (?:una )?casa|mua nhà|买房|買房|购房|집을? (?:사|구매|구입)|купить дом|شراء (?:منزل|بيت)|घर खरीद|\bkupić dom|\bachte yon kay|\bbumili ng bahay/,
  ],
  [
    'make_payment',
    /\b(?:auto ?pay|automatic (?:billing|payments?|drafts?)|make a payment|due date)\b|\bhacer un pago|\bpagar mi (?:hipoteca|cuenta|préstamo)|还款|付款|납부|결제|оплатить|دفع (?:القسط|الفاتورة)|भुगतान|\bzapłacić ratę|\bfè yon peman|\bmagbayad|thanh toán/,
  ],
  [
    'general_info',
    /\b(?:nmls|(?:business|office|branch) hours|closest branch|nearest branch)\b|\b(?:closest|nearest) (?:physical )?(?:branch|office|location|bank)\b|\ba qué hora (?:abren|cierran)|营业时间|영업 ?시간|часы работы|ساعات العمل/,
  ],
]
