import type { LanguageCode } from './language-code.ts'

/**
 * What the languages are called, by themselves and by the speakers of the others: small letters, no diacritics, as
 * `withoutDiacritics` gives them. In a language with cases the stems that a caller is likely to use.
 */
export const LANGUAGE_NAMES: Readonly<Record<LanguageCode, string>> = {
  en: `english, ingles, inglesa, anglais, englisch, inglese, tieng anh, tieng my, ingliz, angielski, angielsku, angielskiego,
    angle, 英语, 英語, 英文, 영어, английски, английском, английского, по-английски, الانجليزية, الإنجليزية, انجليزي, إنجليزي, अंग्रेजी, अंग्रेज़ी, इंग्लिश`,
  es: `spanish, espanol, espanola, castellano, espagnol, spanisch, spagnolo, espanhol, tieng tay ban nha, kastila, espanyol,
    hiszpanski, hiszpansku, panyol, espanyol, 西班牙语, 西班牙語, 西班牙文, 스페인어, испански, по-испански, الاسبانية, الإسبانية, स्पेनिश`,
  fr: `french, frances, francais, francaise, franzosisch, francese, tieng phap, pranses, francuski, francusku, franse,
    法语, 法語, 法文, 프랑스어, 불어, французски, по-французски, الفرنسية, फ्रेंच`,
  de: `german, aleman, allemand, deutsch, tedesco, alemao, tieng duc, niemiecki, niemiecku, alman, 德语, 德語, 德文, 독일어,
    немецки, по-немецки, الالمانية, الألمانية, जर्मन`,
  it: `italian, italiano, italien, italienisch, tieng y, wloski, wlosku, italyen, 意大利语, 義大利語, 意大利文, 이탈리아어,
    итальянски, по-итальянски, الايطالية, الإيطالية, इटालियन`,
  pt: `portuguese, portugues, portugais, portugiesisch, portoghese, tieng bo dao nha, portuges, portugalski, portugalsku,
    potige, 葡萄牙语, 葡萄牙語, 葡语, 포르투갈어, португальски, по-португальски, البرتغالية, पुर्तगाली`,
  zh: `chinese, mandarin, cantonese, putonghua, chino, mandarin chinese, chinois, chinesisch, cinese, chines, tieng trung, tieng hoa,
    tieng tau, intsik, chinski, chinsku, chinwa, 中文, 汉语, 漢語, 国语, 國語, 普通话, 普通話, 华语, 華語, 粤语, 粵語, 广东话, 廣東話, 中国话, 중국어,
    китайски, по-китайски, الصينية, चीनी`,
  vi: `vietnamese, vietnamita, vietnamien, vietnamesisch, tieng viet, tieng viet nam, viet ngu, biyetnames, wietnamski, wietnamsku,
    vyetnamyen, 越南语, 越南語, 越南话, 베트남어, вьетнамски, по-вьетнамски, الفيتنامية, वियतनामी`,
  ko: `korean, coreano, coreen, koreanisch, tieng han, tieng han quoc, koreano, koreanski, koreansku, koreyen, 韩语, 韓語, 韩国话, 한국어, 한국말, 우리말,
    корейски, по-корейски, الكورية, कोरियाई`,
  tl: `tagalog, filipino, pilipino, philippin, tieng philippines, tagalski, 他加禄语, 菲律宾语, 타갈로그어, 필리핀어, тагальски, التاغالوغية, टैगलॉग`,
  ru: `russian, ruso, russe, russisch, russo, tieng nga, ruso, rosyjski, rosyjsku, ris, 俄语, 俄語, 俄文, 러시아어, русски, русском, по-русски,
    الروسية, रूसी`,
  ar: `arabic, arabe, arabisch, arabo, tieng a rap, arabo, arabski, arabsku, arab, 阿拉伯语, 阿拉伯語, 아랍어, арабски, по-арабски, العربية, العربي, عربي,
    بالعربي, بالعربية, अरबी`,
  hi: `hindi, tieng an do, hinduski, 印地语, 印度语, 힌디어, хинди, الهندية, हिंदी, हिन्दी`,
  pl: `polish, polaco, polonais, polnisch, polacco, polones, tieng ba lan, polski, polsku, polskim, polone, 波兰语, 波蘭語, 폴란드어, польски,
    по-польски, البولندية, पोलिश`,
  ht: `creole, haitian creole, haitian, kreyol, kreyol ayisyen, creole haitien, criollo haitiano, creolo haitiano, crioulo haitiano, haitianisch,
    haitien, ayisyen, 海地克里奥尔语, 아이티어, креольски, гаитянски, الكريولية`,
}
