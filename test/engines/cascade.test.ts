import { startCascadeProvider } from './cascade/cascade-provider.ts'
import { describeEngine, type LeftOut } from './conformance.ts'

const OF_ANY_CASCADE: LeftOut = {
  'is interrupted with two utterances waiting to be played': 'an answer of a cascade is one utterance',
  'notices a connection that is open and dead': 'it notices, and goes on with another: deepgram-session and failover',
}

describeEngine(
  'Cascade of Deepgram Nova, OpenAI Responses and ElevenLabs',
  () => startCascadeProvider({ ear: 'nova', thinker: 'responses' }),
  OF_ANY_CASCADE,
)

describeEngine(
  'Cascade of Deepgram Flux, OpenAI Chat and ElevenLabs',
  () => startCascadeProvider({ ear: 'flux', thinker: 'chat' }),
  {
    ...OF_ANY_CASCADE,
    'asks for a tool in mid-answer and speaks on, before and after its result':
      'Chat Completions says that a tool is wanted when it has no more to say',
  },
)

describeEngine(
  'Cascade of Deepgram Flux, Anthropic and ElevenLabs',
  () => startCascadeProvider({ ear: 'flux', thinker: 'anthropic' }),
  OF_ANY_CASCADE,
)
