/**
 * Names that calls of one kind swap for one another: a recording about a parcel is the same whoever is said to have sent
 * it. The classifier sees the kind, not the name. Small letters; longer names before names they begin with.
 */
export const NAMES = {
  shopname:
    'amazon prime|amazon|ebay|walmart|best buy|target|costco|paypal|venmo|zelle|cash app|netflix|norton|mcafee|geek squad|apple pay|apple|icloud|microsoft|windows|google|facebook|whatsapp|alexa|siri',
  telecomname:
    'direct tv|directv|dish network|at&t|at and t|verizon|comcast|xfinity|spectrum|t mobile|t-mobile|charter communications|cox|sprint|centurylink|time warner|hughes ?net',
  hotelname:
    'marriott|hilton|hyatt|wyndham|four seasons|holiday inn|sheraton|westin|best western|ritz carlton|radisson|expedia|booking dot com|tripadvisor|trip advisor|carnival|royal caribbean|disney|delta|southwest|american airlines|united airlines|jetblue',
  cardname: 'master ?card|visa|american express|amex|discover|capital one|citibank|citi bank|citi',
  carriername: 'fedex|fed ex|ups|usps|dhl|postal service|post office|顺丰|中通|圆通|联邦快递|fedex国际快递|dhl国际快递',
  agencyname:
    'social security administration|department of social security|internal revenue service|federal reserve(?: system| bank)?|treasury department|us treasury|united states treasury|department of justice|department of education|department of labor|customs and border (?:protection|patrol)|us customs|homeland security|immigration|drug enforcement(?: agency| administration)?|inspector general|federal trade commission|consulate|大使馆|总领事馆|领事馆|领馆|公安局|社会安全局|电信局',
  gadgetname:
    'mac ?book(?: pro| air)?|i ?phone(?: (?:\\d+|x[rs]?|se))?(?: pro)?(?: max)?|i ?pads?|air ?pods?(?: pro)?|x ?box|play ?station(?: \\d)?|samsung galaxy|galaxy|laptop|smart tv|gift cards?|bitcoins?|cryptocurrency',
} as const

/** Number words up to nine hundred, for sums and numbers read out. */
export const NUMBER_WORD =
  '(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|a|and|point)'
