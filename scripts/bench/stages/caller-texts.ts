/**
 * What callers of a mortgage company say, as a recogniser writes it. `#` stands for any digit, `~` for any digit as an
 * English word, so that no two utterances are the same string.
 */
export interface CallerTexts {
  readonly short: readonly string[]
  readonly long: readonly string[]
}

export const CALLER_TEXTS: Readonly<Record<string, CallerTexts>> = {
  en: {
    short: [
      'yes',
      'um no thank you',
      'okay go ahead',
      'hold on one second',
      'can you say that again please',
      'I already told you that',
      'is there somebody I can talk to',
      "it's the house on Maple Street number ###",
      'sometime after # in the afternoon works',
    ],
    long: [
      "hi yeah I'm calling because we're looking at buying our first place in Oregon and my sister said you guys helped her with hers last year so I wanted to find out what I would need to get started",
      "so we closed on the refinance back in March and now there's a letter here that says the servicer changed and I don't know who I'm supposed to send the payment to anymore can somebody look into that for me",
      "this is the third time I've called about the same thing and every single time somebody promises to call me back and nobody does and honestly I'm getting really tired of explaining it again from the start",
      'well the thing is my husband is self employed and we only have the one year of returns so I was not sure if that is even something you work with or if we should wait until next spring before we apply',
      'the appraisal came in lower than what we offered and the seller does not want to come down so our agent said to ask whether the contract has to be rewritten before Friday the ##th',
    ],
  },
  es: {
    short: ['sí por favor', 'no entiendo', 'un momento', 'quiero hablar con una persona', 'habla usted español'],
    long: [
      'buenas tardes mire estoy llamando porque mi esposo y yo queremos comprar una casa en Nevada y nos dijeron que ustedes ayudan a familias que todavía no tienen mucho crédito',
      'ya es la segunda vez que llamo por lo mismo y nadie me devuelve la llamada así que quisiera saber con quién tengo que hablar para que por fin me den una respuesta',
    ],
  },
  zh: {
    short: ['喂你好', '我听不懂英文', '请等一下', '可以找人跟我说吗'],
    long: ['你好我想问一下我们去年在加州买了一套房子现在想重新贷款不知道需要准备哪些文件大概要等多长时间才会有结果'],
  },
  vi: {
    short: ['dạ vâng', 'tôi không hiểu', 'xin chờ một chút', 'có ai nói tiếng Việt không'],
    long: [
      'chào anh tôi gọi để hỏi về việc vay tiền mua nhà ở Texas vợ chồng tôi đi làm được ba năm rồi mà chưa biết phải chuẩn bị giấy tờ gì trước',
    ],
  },
  ko: {
    short: ['네 맞아요', '잘 못 들었어요', '잠깐만요', '한국말 하시는 분 계세요'],
    long: [
      '안녕하세요 저희가 내년 봄에 버지니아로 이사를 가려고 하는데 집을 사려면 언제부터 준비를 해야 하는지 여쭤보려고 전화했어요',
    ],
  },
  tl: {
    short: ['opo sige', 'hindi ko po maintindihan', 'sandali lang po', 'may tao po ba diyan'],
    long: [
      'magandang umaga po tumatawag po ako kasi gusto sana naming mag-asawa na bumili ng bahay sa Nevada pero hindi namin alam kung saan kami magsisimula',
    ],
  },
  fr: {
    short: ['oui allô', 'je ne comprends pas', 'un instant', 'je voudrais parler à quelqu’un'],
    long: [
      'bonjour je vous appelle parce que nous avons trouvé un appartement dans le Maine et le vendeur veut une réponse avant la fin de la semaine alors il faudrait que quelqu’un regarde notre dossier',
    ],
  },
  pt: {
    short: ['sim pode falar', 'não entendi', 'só um minuto', 'alguém fala português'],
    long: [
      'bom dia eu estou ligando porque minha mãe tem uma casa em Massachusetts e ela queria saber se dá para usar o valor da casa para reformar a cozinha',
    ],
  },
  ru: {
    short: ['да алло', 'я не понимаю', 'подождите минуту', 'можно поговорить с человеком'],
    long: [
      'здравствуйте я звоню по поводу письма которое пришло на прошлой неделе там написано что нужно прислать какие-то бумаги но я не понял куда и до какого числа',
    ],
  },
  ar: {
    short: ['نعم تفضل', 'لم أفهم', 'لحظة من فضلك', 'أريد أن أتكلم مع شخص'],
    long: [
      'مرحبا أنا أتصل لأننا نريد شراء بيت في ميشيغان ولا نعرف ما هي الأوراق المطلوبة وكم من الوقت يحتاج الأمر عادة',
    ],
  },
  hi: {
    short: ['हाँ जी', 'मुझे समझ नहीं आया', 'एक मिनट रुकिए', 'किसी से बात करा दीजिए'],
    long: [
      'नमस्ते मैं इसलिए फोन कर रहा हूँ क्योंकि हम न्यू जर्सी में घर लेना चाहते हैं और जानना था कि शुरुआत कहाँ से करनी होगी और कौन से कागज लगेंगे',
    ],
  },
  ht: {
    short: ['wi alo', 'mwen pa konprann', 'tann yon ti moman', 'èske gen moun ki pale kreyòl'],
    long: [
      'bonjou mwen rele paske mwen menm ak frè m nou vle achte yon kay nan Florid men nou pa konnen ki papye nou bezwen pou nou kòmanse',
    ],
  },
}

/** English, with numbers, of which many are private. */
export const NUMBER_TEXTS: readonly string[] = [
  'sure my social is ~ ~ ~ ~ ~ ~ ~ ~ ~',
  'you can reach me at ### ### #### or at the office ### ### ####',
  "it's ###-##-#### and my wife's is ###-##-####",
  'the card is #### #### #### #### and it expires ## ##',
  'I was born on the #th of March nineteen seventy ~',
  'the loan number on the letter is ########## and the account at the bank ends in ~ ~ double ~',
  'my email is sam dot fields ## at example dot com',
  'we make about ## thousand a year and the house is listed for ### thousand #### dollars',
  'call me back after # pm at area code ~ ~ ~ then ~ ~ ~ and then ~ ~ ~ ~',
]
