/** How an opening words a notice in one language. Matched against text in NFC. */
interface Notices {
  /** That it is a machine. */
  readonly ai: RegExp
  /** That it records. */
  readonly recording: RegExp
}

/**
 * How an opening says that it is a machine (RELIABILITY C9) and that it records (C8). A company may word both as it
 * likes, but not leave them out. A new language needs its words here first. `\b` knows Latin letters only, and in
 * Vietnamese "ai" is a word of its own: who.
 */
export const NOTICES: Readonly<Record<string, Notices>> = {
  en: {
    ai: /\bA\.?I\b|artificial intelligence|\b(virtual|automated) (assistant|agent)\b/,
    recording: /\brecord(ed|ing|s)?\b/i,
  },
  es: {
    ai: /\bI\.?A\b|inteligencia artificial|\b(asistente|agente) (virtual|automatizad[ao])\b/,
    recording: /\bgrab(a|ó)/i,
  },
  zh: { ai: /人工智[能慧]|AI|(虚拟|虛擬|智能)(助[手理]|客服)/, recording: /录音|錄音|录制|錄製/ },
  vi: { ai: /trí tuệ nhân tạo|\bAI\b|trợ lý (ảo|tự động)/, recording: /ghi âm|thu âm/i },
  ko: { ai: /인공\s?지능|AI|가상 (비서|도우미|상담원)/, recording: /녹음/ },
  tl: {
    ai: /\bA\.?I\b|artificial intelligence|\b(virtual|automated) (assistant|agent)\b/,
    recording: /\b(ni)?re-?record|\bi-?record|\brecord/i,
  },
  fr: {
    ai: /\bI\.?A\b|intelligence artificielle|\b(assistante?|agent) (virtuel|automatis)/,
    recording: /\benregistr/i,
  },
  pt: {
    ai: /\bI\.?A\b|inteligência artificial|\b(assistente|agente) (virtual|automatizad[ao])\b/,
    recording: /\bgrava(d|ç|r|n|m|\b)/i,
  },
  ru: {
    ai: /искусственн\S+ интеллект|(?<!\p{L})ИИ(?!\p{L})|виртуальн\S+ (помощни|ассистент|оператор)/u,
    // "Записаться" is to make an appointment.
    recording: /запис(ан|ыва)|аудиозапис|запись (разговора|звонка)/i,
  },
  ar: { ai: /ذكاء (ال)?اصطناعي|الذكاء الاصطناعي|(مساعد|مساعدة) (افتراضي|آلي)/, recording: /تسجيل|[تيم]سج[لّ]/ },
  hi: { ai: /एआई|ए\.?\s?आई|AI|कृत्रिम बुद्धि|आर्टि\p{M}*फ\p{M}*शियल इंटेलिजेंस|वर्चुअल असिस्टेंट/u, recording: /रिकॉर्ड|रिकार्ड/ },
  ht: { ai: /entèlijans atifisyèl|\bIA\b|\bAI\b|asistan (vityèl|otomatik)/, recording: /anrejistre/i },
}
