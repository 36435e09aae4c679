/** What is read of an utterance, in characters: two minutes of speech say what somebody wants. What is longer is cut. */
export const LONGEST_READ = 2_000

/** A text as patterns read it: small letters, compatibility forms, straight apostrophes, single spaces. */
export function plainText(text: string, most = LONGEST_READ): string {
  return text.slice(0, most).normalize('NFKC').toLowerCase().replaceAll('’', "'").replace(/\s+/g, ' ').trim()
}
