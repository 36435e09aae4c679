import type { Usage } from '../engine.ts'
import type { WireTranscriptionUsage, WireUsage } from './server-events.ts'

/**
 * Tokens of one response. On the wire cached tokens are contained in the input figures; here each token is counted
 * once. Tokens whose kind is not said count as audio, the dearer kind, so that a budget errs on the safe side.
 */
export function countResponse(model: string, wire: WireUsage): Usage {
  const input = wire.input_token_details
  const text = input?.text_tokens ?? 0
  const audio = input?.audio_tokens ?? Math.max(0, (wire.input_tokens ?? 0) - text)
  const { text: textCachedIn, audio: audioCachedIn } = countCached(input, text, audio)
  const textOut = wire.output_token_details?.text_tokens ?? 0
  return {
    model,
    textIn: text - textCachedIn,
    textCachedIn,
    textOut,
    audioIn: audio - audioCachedIn,
    audioCachedIn,
    audioOut: wire.output_token_details?.audio_tokens ?? Math.max(0, (wire.output_tokens ?? 0) - textOut),
    audioSeconds: 0,
  }
}

/** A transcription is billed under its own model, by tokens or by seconds. It writes text, whatever it says. */
export function countTranscription(model: string, wire: WireTranscriptionUsage): Usage {
  const { textIn, textCachedIn, audioIn, audioCachedIn } = countResponse(model, wire)
  const textOut = wire.output_tokens ?? 0
  return { model, textIn, textCachedIn, textOut, audioIn, audioCachedIn, audioOut: 0, audioSeconds: wire.seconds ?? 0 }
}

/** Never more than there was of a kind. A cached total without its kinds is taken to be text first: prompts are. */
function countCached(input: WireUsage['input_token_details'], text: number, audio: number) {
  const total = input?.cached_tokens ?? 0
  const kinds = input?.cached_tokens_details
  const textCached = Math.min(text, kinds?.text_tokens ?? (kinds ? 0 : total))
  const audioCached = Math.min(audio, kinds?.audio_tokens ?? (kinds ? 0 : total - textCached))
  return { text: textCached, audio: audioCached }
}
