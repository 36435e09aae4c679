import { languageOf } from '../../lib/language-tag.ts'
import { localTimeOf } from '../../lib/local-time.ts'

/** A time in words of the language, with its zone: `Tuesday, December 1 at 3 PM Eastern`. */
export function slotWords(atEpochMs: number, { timeZone, language }: { timeZone: string; language: string }): string {
  const { minute } = localTimeOf(atEpochMs, timeZone)
  const format = formatOf(language, timeZone, minute === 0 ? undefined : '2-digit')
  return withoutThinSpaces(shortened(format.format(atEpochMs), language))
}

/** The zone in words: `Eastern`. */
export function zoneWords(timeZone: string, language: string): string {
  const parts = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'longGeneric' }).formatToParts(0)
  return shortened(parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone, language)
}

/** Making one takes longer than using it a hundred times. Languages and zones are few. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(language: string, timeZone: string, minute: '2-digit' | undefined): Intl.DateTimeFormat {
  const key = [language, timeZone, minute].join()
  const made =
    formats.get(key) ??
    new Intl.DateTimeFormat(language, {
      weekday: 'long',
      month: 'long',
      day: 'numeric',
      hour: 'numeric',
      ...(minute && { minute }),
      timeZone,
      timeZoneName: 'longGeneric',
    })
  formats.set(key, made)
  return made
}

/** English speakers say "Eastern"; "Mountain Standard" tells Arizona's clock from Colorado's in summer. */
function shortened(words: string, language: string): string {
  return languageOf(language) === 'en' ? words.replace(/ Time\b/, '') : words
}

/** Voices and texts take the narrow no-break space of Intl for a strange letter. */
function withoutThinSpaces(words: string): string {
  return words.replaceAll(/[\u00a0\u202f]/g, ' ')
}
