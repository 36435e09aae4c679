import type { Deepgram } from '@deepgram/sdk'
import { z } from 'zod'
import { createParser } from '../../wire/message-parser.ts'
import { providerError } from './messages.ts'

type ServerType = (
  | Deepgram.listen.ListenV1Results
  | Deepgram.listen.ListenV1SpeechStarted
  | Deepgram.listen.ListenV1UtteranceEnd
  | Deepgram.listen.ListenV1Metadata
)['type']

const word = z.object({
  word: z.string(),
  /** Seconds since the stream began. */
  start: z.number(),
  end: z.number(),
  punctuated_word: z.string().nullish(),
})

const alternative = z.object({
  transcript: z.string(),
  words: z.array(word).nullish(),
  /** The most spoken first; of multilingual sessions only. */
  languages: z.array(z.string()).nullish(),
})

/** Words of one stretch of audio: interim ones replace each other until final ones freeze the stretch. */
const results = z.object({
  type: z.literal('Results'),
  start: z.number(),
  duration: z.number(),
  is_final: z.boolean().nullish(),
  /** The silence of `endpointing` was heard. */
  speech_final: z.boolean().nullish(),
  /** Answers our `Finalize`. */
  from_finalize: z.boolean().nullish(),
  channel: z.object({ alternatives: z.array(alternative) }),
})

const novaMessage = z.discriminatedUnion('type', [
  results,
  z.object({ type: z.literal('SpeechStarted') }),
  /** No word for `utterance_end_ms`. `last_word_end` is -1 when the words it means were final before. */
  z.object({ type: z.literal('UtteranceEnd'), last_word_end: z.number() }),
  providerError,
])

export type NovaMessage = z.infer<typeof novaMessage>
export type NovaResults = z.infer<typeof results>

/** Typed by the provider's package, so that a misspelt name does not compile. `Error` is not in it. */
const USED: readonly ServerType[] = ['Results', 'SpeechStarted', 'UtteranceEnd']
const UNUSED: readonly ServerType[] = ['Metadata']

/** Reads a message of v1/listen (contract deepgram, section 2). */
export const parseNovaMessage = createParser<NovaMessage>(novaMessage, {
  used: new Set<string>([...USED, 'Error']),
  unused: new Set<string>(UNUSED),
})
