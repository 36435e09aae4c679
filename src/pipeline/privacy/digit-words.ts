import { plainWord } from './tokens.ts'

/**
 * Digit words of the other languages callers are greeted in, zero first; words for the same digit are parted by `/`.
 * Numbers up to a hundred that telephone numbers are said in follow where a language says them so (their value does
 * not matter, only that they are numbers).
 */
const LISTS: Readonly<Record<string, { readonly digits: string; readonly more?: string }>> = {
  zh: { digits: '零/〇/洞 一/幺 二/两/兩 三 四 五 六 七/拐 八 九/勾' },
  ko: { digits: '공/영 일 이 삼 사 오 육/륙 칠 팔 구', more: '하 나 둘 셋 넷' },
  vi: { digits: 'không/hong một/mốt hai ba bốn/tư năm/lăm sáu bảy/bẩy tám chín' },
  tl: {
    digits:
      'sero/zero isa/uno dalawa/dos tatlo/tres apat/kuwatro lima/singko anim/sais pito/siyete walo/otso siyam/nuwebe',
  },
  fr: {
    digits: 'zéro un/une deux trois quatre cinq six sept huit neuf',
    more: 'dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent',
  },
  pt: {
    digits: 'zero um/uma dois/duas três quatro cinco seis/meia sete oito nove',
    more: 'dez onze doze treze quatorze catorze quinze dezesseis dezessete dezoito dezenove vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cento',
  },
  ru: {
    digits: 'ноль/нуль один/раз два/две три четыре пять шесть семь восемь девять',
    more:
      'десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать ' +
      'двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот',
  },
  ar: { digits: 'صفر واحد/واحدة اثنان/اثنين/إثنين ثلاثة/تلاتة أربعة/اربعة خمسة ستة سبعة ثمانية/تمانية تسعة' },
  hi: { digits: 'शून्य/जीरो/ज़ीरो एक दो तीन चार पांच/पाँच छह/छः/छे सात आठ नौ', more: 'डबल ट्रिपल' },
  ht: {
    digits: 'zewo/zero en/youn/yon de twa kat senk sis sèt uit/wit nèf',
    more: 'dis onz douz trèz katòz kenz sèz ven trant karant senkant swasant katreven san',
  },
}

/** Number words of each language, as `plainWord` gives them. */
export const DIGIT_WORDS: readonly ReadonlySet<string>[] = Object.values(LISTS).map(
  ({ digits, more = '' }) => new Set(`${digits} ${more}`.split(/[ /]/).filter(Boolean).map(plainWord)),
)

/** Those of all languages. */
export const ALL_DIGIT_WORDS: ReadonlySet<string> = new Set(DIGIT_WORDS.flatMap((words) => [...words]))

/** What a language counts amounts in, said within a number: it is a price then. */
export const AMOUNT_WORDS: ReadonlySet<string> = new Set(
  '万 萬 千 百 亿 元 美 만 천 백 억 원 nghìn ngàn triệu trăm libo daan milyon piso mille millions euros mil milhões reais тысяч тысячи миллион рублей долларов ألف مليون دولار हज़ार हजार लाख करोड़ रुपये डॉलर dola milyon goud'
    .split(' ')
    .map(plainWord),
)
