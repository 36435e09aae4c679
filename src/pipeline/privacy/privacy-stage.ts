import type { StageFactory } from '../stage.ts'
import { PrivateTalk } from './private-talk.ts'

/** Notes that a number was said, or read back, that nobody may keep (S24), so that the recording can be muted (C22). */
export const createPrivacyStage: StageFactory = () => {
  const talk = new PrivateTalk()
  return {
    name: 'privacy',
    hear({ by, text, prompt }) {
      const spans = by === 'agent' ? talk.findInAgent(text) : talk.findInCaller(text, prompt)
      if (by === 'agent') talk.hearAgent(text)
      const kinds = [...new Set(spans.map(({ kind }) => kind))]
      return kinds.length > 0 ? [{ type: 'private number said', kinds }] : []
    },
  }
}
