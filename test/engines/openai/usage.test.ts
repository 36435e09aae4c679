import { describe, expect, it } from 'vitest'
import { countResponse, countTranscription } from '../../../src/engines/openai/usage.ts'

const NOTHING = {
  model: 'm',
  textIn: 0,
  textCachedIn: 0,
  textOut: 0,
  audioIn: 0,
  audioCachedIn: 0,
  audioOut: 0,
  audioSeconds: 0,
}

describe('usage of a response', () => {
  it('counts each token once, cached ones apart', () => {
    const wire = {
      input_tokens: 132,
      output_tokens: 121,
      input_token_details: {
        text_tokens: 119,
        audio_tokens: 13,
        cached_tokens: 64,
        cached_tokens_details: { text_tokens: 64, audio_tokens: 0 },
      },
      output_token_details: { text_tokens: 30, audio_tokens: 91 },
    }
    const counted = { ...NOTHING, textIn: 55, textCachedIn: 64, audioIn: 13, textOut: 30, audioOut: 91 }
    expect(countResponse('m', wire)).toEqual(counted)
  })

  it('spreads a cached total without kinds over text first and audio next', () => {
    const wire = { input_token_details: { text_tokens: 100, audio_tokens: 50, cached_tokens: 120 } }
    expect(countResponse('m', wire)).toEqual({ ...NOTHING, textCachedIn: 100, audioIn: 30, audioCachedIn: 20 })
  })

  it('counts tokens of an unsaid kind as audio', () => {
    expect(countResponse('m', { input_tokens: 10, output_tokens: 4 })).toEqual({ ...NOTHING, audioIn: 10, audioOut: 4 })
  })

  it('takes nulls for nothing', () => {
    expect(countResponse('m', { input_tokens: null, input_token_details: null })).toEqual(NOTHING)
  })
})

describe('usage of a transcription', () => {
  it('counts tokens, all of whose output is text', () => {
    const wire = { input_tokens: 22, output_tokens: 8, input_token_details: { text_tokens: 4, audio_tokens: 18 } }
    expect(countTranscription('m', wire)).toEqual({ ...NOTHING, textIn: 4, audioIn: 18, textOut: 8 })
  })

  it('counts seconds', () => {
    expect(countTranscription('m', { seconds: 2.5 })).toEqual({ ...NOTHING, audioSeconds: 2.5 })
  })
})
