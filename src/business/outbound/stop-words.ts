import { noticesSpokenOptOut } from '../consent/opt-out-words.ts'

/**
 * What the openings of our calls offer to say, in every language they are in; English and Spanish are noticed in any
 * wording. Said alone, or with a word or two around it.
 */
const OFFERED =
  /停止|不要再打|ngừng|dừng|중지|그만|(?<!\p{L})(itigil|tigil|stop|arrêtez|arrête|arrêter|pare|parar|стоп|хватит|توقف|توقفوا|बंद करो|बंद कीजिए|sispann)(?!\p{L})/iu
const MOST_WORDS = 4
const MOST_CHARACTERS = 24

/** Whether whom we called wants no more calls, in answer to "to stop these calls, say stop" (RELIABILITY C3, C5). */
export function wantsNoCalls(words: string): boolean {
  if (noticesSpokenOptOut(words)) return true
  const said = words.trim().normalize('NFC')
  return said.length <= MOST_CHARACTERS && said.split(/\s+/).length <= MOST_WORDS && OFFERED.test(said)
}
