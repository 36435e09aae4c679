import { languageOf } from '../../lib/language-tag.ts'
import type { CallerPicture } from '../caller-picture.ts'

export interface BriefOptions {
  readonly picture: CallerPicture
  /** As the office or an earlier call knows them; undefined: nobody does. */
  readonly knownName: string | undefined
  readonly because: string
}

/** Facts that help whoever takes the call, and how they are said. */
const TOLD = ['loan purpose', 'property state', 'urgency', 'time wish'] as const
const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' })

/** What the model is told, and whichever takes over from it, while telephones ring. */
export const RINGING =
  'The system is ringing a loan officer for the caller and has said so. The caller stays with you meanwhile: answer what they say in a sentence, do not say goodbye, do not offer anything else, and do not promise that somebody will answer.'

/** Who is on the line, why, how they are, and what they said: for the ear of an officer, and for a text to them. */
export function briefOf({ picture, knownName, because }: BriefOptions): string {
  const { facts, intent, frustrated, language } = picture
  const name = facts.get('name')?.value ?? knownName
  const told = TOLD.flatMap((key) => {
    const value = facts.get(key)?.value
    return value === undefined ? [] : [`${key}: ${value}`]
  })
  return [
    `${name ?? 'A caller who has not said their name'} is on the line.`,
    ...(intent === undefined || intent === 'other' ? [] : [`It is about ${intent.replaceAll('_', ' ')}.`]),
    ...(told.length > 0 ? [`They said, ${told.join('; ')}.`] : []),
    ...(languageOf(language) === 'en' ? [] : [`They speak ${LANGUAGES.of(languageOf(language))}.`]),
    ...(frustrated ? ['They are frustrated.'] : []),
    `Why you: ${because}.`,
  ].join(' ')
}
