/** Who speaks: the emulated model, or one of the people who call. */
export const VOICES = ['agent', 'caller', 'caller-2'] as const

export type Voice = (typeof VOICES)[number]
