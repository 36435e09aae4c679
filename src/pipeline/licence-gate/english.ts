import type { TongueWords } from './tongue.ts'

export const ENGLISH: TongueWords = {
  numbers:
    'zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|point|halves|half|quarters?|eighths?|grand|k',
  joint: 'and an?|and|an?',
  // "Half" alone is a mile's or an hour's; two digits at most stand before the point of a rate.
  fraction:
    '^\\d{1,2}\\.\\d{1,3}$|(?:^|\\s|-)point\\s|(?:\\d|[a-z])[\\s-]+(?:and[\\s-]+)?(?:an?[\\s-]+)?(?:[a-z]+[\\s-]+)?(?:half|quarters?|eighths?)$',
  percent: 'per ?cent|percentage points?|basis points?|bps\\b|a\\.?p\\.?r\\b',
  currency: 'dollars?|bucks|cents\\b|grand\\b|k\\b|usd\\b',
  perMonth: '(?:a|per|each|every) (?:month|year)|monthly|month\\b|a mo\\b',
  rate: '\\b(?:rates?|a\\.?p\\.?r\\.?s?|interest)\\b',
  cost: '\\b(?:payments?|fees?|costs?|charges?|points?|pmi|mortgage insurance|escrows?|down payment|deposit|principal|limit|loan amount|loans? of|borrow|afford|pay|paying|save|fico|scores?)\\b',
  links:
    "but|ours|mine|they|is|are|was|were|be|been|being|would|will|'?d|'?ll|'?s|'?re|could|might|may|can|should|right|now|today|today's|currently|this|week|about|around|roughly|approximately|approx|say|maybe|probably|like|at|of|to|from|near|nearly|almost|under|over|below|above|between|and|low|mid|high|as|low|somewhere|something|in|the|a|an|just|only|usually|typically|generally|on|average|for|you|your|that|it|loan|loans|fixed|adjustable|jumbo|fha|va|conventional|thirty|fifteen|30|15|year|years|with|us|here|starts?|starting|begins?|runs?|running|sits?|sitting|hovers?|hovering|ranges?|ranging|goes|going|went|comes?|out|up|down|works?|costs?|looking|looks?|monthly|new|total|least|most|well|approximately|exactly|probably|more|less|or|than|i'd|we're|they're|it's|that's|getting|got|get|quoting|offering|seeing|so|mortgage",
  enders:
    'and|or|to|right|now|today|this|currently|for|with|depending|if|but|these|per|at|up ?front|down|a (?:month|year)|plus|ish|thereabouts|roughly|in total|all in|at the moment|at most|at least|is (?:the|your|our)|would be',
  measures:
    "hours?|minutes?|seconds?|days?|weeks?|months?(?!ly)|years?(?!ly)|yrs?|miles?|blocks?|feet|foot|acres?|square|baths?|bathrooms?|stars?|times|stories|pages?|an hour|an? (?:mile|year|hour|day|dozen)|of (?:an|the) (?:hour|day|year|time)|hour|past|to (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)|[ap]\\.?m\\b|o'?clock|in the (?:morning|afternoon|evening)|tomorrow|tonight|way|of (?:our|the|my|your) (?:callers|calls|team|office)",
  sums: '\\bthousand|\\bgrand|\\S\\s+hundred|^\\p{Nd}{1,3},\\p{Nd}{3}$',
  namedBy:
    '\\b(?:in|since|of|year|years?|by|suite|room|unit|number|extension|street|floor|box|apartment|form|section|route|id|code|press|dial)\\s*(?:about\\s*)?$',
  fractionsAreRates: true,
  hints:
    "\\b(?:low|mid|middle|high|upper|lower)(?:[ -](?:to|and)[ -](?:low|mid|high|upper))?[ -]+(?:ones|twos|threes|fours|fives|sixes|sevens|eights|nines|[1-9]'?s)\\b|\\b(?:in|into|around|under|above|below) the (?:low |mid |high |upper |lower )?(?:twos|threes|fours|fives|sixes|sevens|eights|nines|[2-9]'?s)\\b|\\b(?:two|three|four|five|six|seven|eight|nine|[2-9])[ -]?(?:ish|something|and change)\\b|\\b(?:half|quarter|eighth) (?:of )?a (?:percent|point)|\\b(?:a|an) (?:quarter|eighth|half)(?: of a)? (?:percent|point)|\\b(?:sub|under|below|above|over)[ -](?:three|four|five|six|seven|eight)(?=[.,!?]|$| (?:right|now|today|percent|if|with|for))|\\b(?:pay|paying|charge|charging|costs?|with|buy|buying|for) (?:about |up to )?(?:one|two|three|an?|half an?|\\d(?:\\.\\d+)?) (?:and a half )?(?:discount |origination )?points?\\b|\\b(?:one|each|a) (?:discount )?point(?:,| is| costs?| equals)",
}
