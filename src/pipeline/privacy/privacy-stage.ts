import type { StageFactory } from '../stage.ts'
import { PrivateTalk } from './private-talk.ts'

/** Notes that a caller said a number nobody may keep (RELIABILITY S24), so that the recording can be muted (C22). */
export const createPrivacyStage = (): StageFactory => () => {
  const talk = new PrivateTalk()
  return {
    name: 'privacy',
    hear({ by, text, prompt }) {
      if (by === 'agent') {
        talk.hideAgent(text)
        return []
      }
      const kinds = [...new Set(talk.findInCaller(text, prompt).map(({ kind }) => kind))]
      return kinds.length > 0 ? [{ type: 'private number said', kinds }] : []
    },
  }
}
