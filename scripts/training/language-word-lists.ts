import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'

/** A language's words and their share of running text, 0 to 1. */
export type WordList = ReadonlyMap<string, number>

/** The languages of the model for Latin letters, the reference first. */
export const LATIN_LANGUAGES = ['en', 'es', 'fr', 'de', 'it', 'pt', 'vi', 'tl', 'pl', 'ht'] as const

/** Words of a list that another language has this many times as often are that language's, only quoted. */
const FOREIGN = 10
/** English words stand in every list; from this length on no word of one's own is spelled like one by chance. */
const ENGLISH_LETTERS = 4
const FOREIGN_ENGLISH = 3

/** Reads the lists out of clones of rspeer/wordfreq and, for Haitian Creole, which that lacks, unicode-org/unilex. */
export function readWordLists(wordfreq: string, unilex: string): ReadonlyMap<string, WordList> {
  const lists = new Map<string, WordList>(
    LATIN_LANGUAGES.map((language) => [
      language,
      language === 'ht'
        ? readUnilex(join(unilex, 'data/frequency/ht.txt'))
        : readWordfreq(join(wordfreq, `wordfreq/data/small_${language === 'tl' ? 'fil' : language}.msgpack.gz`)),
    ]),
  )
  return new Map([...lists].map(([language, list]) => [language, withoutForeign(language, list, lists)]))
}

function withoutForeign(language: string, list: WordList, lists: ReadonlyMap<string, WordList>): WordList {
  const isForeign = ([word, share]: readonly [string, number]) =>
    [...lists].some(([other, their]) => {
      if (other === language) return false
      const theirs = their.get(word) ?? 0
      return theirs > share * (other === 'en' && word.length >= ENGLISH_LETTERS ? FOREIGN_ENGLISH : FOREIGN)
    })
  return new Map([...list].filter((entry) => isWord(entry[0]) && !isForeign(entry)))
}

function isWord(text: string): boolean {
  return /^[\p{Script=Latin}\p{M}'’-]+$/u.test(text)
}

/** Tab-separated words and counts per thousand million; names have a capital. */
function readUnilex(file: string): WordList {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^\p{Ll}/u.test(line))
  return new Map(lines.map((line) => line.split('\t')).map(([word = '', count]) => [word, Number(count) / 1e9]))
}

/** A MessagePack list: a header, then the words whose share of a text is 10^(-place/100). */
function readWordfreq(file: string): WordList {
  const [, ...buckets] = z.tuple([z.unknown()], z.array(z.string())).parse(decode(gunzipSync(readFileSync(file))))
  return new Map(buckets.flatMap((words, place) => words.map((word) => [word, 10 ** (-place / 100)] as const)))
}

/** As much of MessagePack as the lists use: small maps, arrays, texts and small numbers. */
function decode(bytes: Buffer): unknown {
  let at = 0
  function take(length: number): Buffer {
    at += length
    return bytes.subarray(at - length, at)
  }
  const text = (length: number) => take(length).toString('utf8')
  const array = (length: number) => Array.from({ length }, value)
  function value(): unknown {
    const head = take(1).readUInt8()
    if (head < 0x80) return head
    if (head < 0x90) return new Map(Array.from({ length: head & 15 }, () => [value(), value()]))
    if (head < 0xa0) return array(head & 15)
    if (head < 0xc0) return text(head & 31)
    if (head === 0xd9) return text(take(1).readUInt8())
    if (head === 0xdc) return array(take(2).readUInt16BE())
    throw new Error(
      `the word list holds a value this reader does not know (head byte ${head}); see the MessagePack format`,
    )
  }
  return value()
}
