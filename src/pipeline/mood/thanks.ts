/** Thanks and praise in the languages other than English, by the beginnings of words. */
const THANKS =
  /gracias|amable|excelente|perfecto|genial|merci|parfait|super|génial|gentil|obrigad|ótimo|perfeito|maravilh|danke|vielen dank|perfekt|freundlich|toll|grazie|perfetto|ottimo|gentile|dziękuj|świetnie|super|спасибо|отлично|прекрасно|谢谢|感谢|太好了|很好|감사|고맙|좋네요|좋아요|cảm ơn|tốt quá|hay quá|salamat|ang galing|mèsi|bèl bagay|شكرا|ممتاز|رائع|धन्यवाद|शुक्रिया|बहुत अच्छा/iu

/** "Thanks for nothing" has its own cue; a mere "merci" at the end of a complaint is polite, and still counts. */
export function thanks(text: string): boolean {
  return THANKS.test(text.normalize('NFC'))
}
