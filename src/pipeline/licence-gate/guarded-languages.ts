import { OTHER_TONGUES } from './other-tongues.ts'

/** Languages in which the gate knows how money is talked of, by their codes (`es`). */
export const GUARDED_LANGUAGES: ReadonlySet<string> = new Set(['en', 'es', ...Object.keys(OTHER_TONGUES)])
