import { describeEngine } from './conformance.ts'
import { startElevenLabsProvider } from './elevenlabs/elevenlabs-provider.ts'

describeEngine('ElevenLabs Agents', startElevenLabsProvider)
