import { describeEngine } from './conformance.ts'
import { startOpenAiProvider } from './openai/openai-provider.ts'

describeEngine('OpenAI Realtime', startOpenAiProvider)
