import type { Usage } from './engine.ts'

/** What was counted, and nothing of everything else. */
export function usageOf(counted: Pick<Usage, 'model'> & Partial<Usage>): Usage {
  return { ...NOTHING, ...counted }
}

const NOTHING: Omit<Usage, 'model'> = {
  textIn: 0,
  textCachedIn: 0,
  textOut: 0,
  audioIn: 0,
  audioCachedIn: 0,
  audioOut: 0,
  audioSeconds: 0,
}
