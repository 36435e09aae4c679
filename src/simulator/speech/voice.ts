/** Who speaks: the emulated model, or one of the people who call. */
export const VOICES = ['agent', 'caller', 'caller-2', 'caller-es', 'caller-vi'] as const

export type Voice = (typeof VOICES)[number]
