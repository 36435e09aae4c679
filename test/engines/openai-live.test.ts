import { describeEngine } from './conformance.ts'
import { startOpenAiLiveProvider } from './openai-live/openai-live-provider.ts'

const DECIDES_ITSELF =
  'spoken over, the model decides by itself whether to go on, and says so; the call keeps or drops that (SPEC TT13)'

describeEngine('OpenAI Live', startOpenAiLiveProvider, {
  'stops an answer that was asked for and has not begun': DECIDES_ITSELF,
  'is interrupted when an answer has begun and made no sound': DECIDES_ITSELF,
  'is interrupted by speech in the middle of an answer': DECIDES_ITSELF,
  'says that an answer ended empty': 'a model that says nothing sends silence, as it does while it waits',
})
