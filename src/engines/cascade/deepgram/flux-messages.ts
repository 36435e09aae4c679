import type { Deepgram } from '@deepgram/sdk'
import { z } from 'zod'
import { createParser } from '../../wire/message-parser.ts'
import { providerError } from './messages.ts'

type ServerType = (
  | Deepgram.listen.ListenV2Connected
  | Deepgram.listen.ListenV2TurnInfo
  | Deepgram.listen.ListenV2ConfigureSuccess
  | Deepgram.listen.ListenV2ConfigureFailure
  | Deepgram.listen.ListenV2FatalError
)['type']

const turnInfo = z.object({
  type: z.literal('TurnInfo'),
  /** An open list: what is not known is passed over by whoever reads the turns. */
  event: z.string(),
  turn_index: z.number(),
  /** Seconds since the stream began. */
  audio_window_end: z.number().nullish(),
  /** All words of the turn so far. */
  transcript: z.string(),
  words: z.array(z.object({ end: z.number().nullish() })).nullish(),
  /** The most spoken first; of the multilingual model only. */
  languages: z.array(z.string()).nullish(),
})

const fluxMessage = z.discriminatedUnion('type', [z.object({ type: z.literal('Connected') }), turnInfo, providerError])

export type FluxMessage = z.infer<typeof fluxMessage>
export type FluxTurnInfo = z.infer<typeof turnInfo>

const USED: readonly ServerType[] = ['Connected', 'TurnInfo', 'Error']
const UNUSED: readonly ServerType[] = ['ConfigureSuccess', 'ConfigureFailure']

/** Reads a message of v2/listen (contract deepgram, section 3). */
export const parseFluxMessage = createParser<FluxMessage>(fluxMessage, {
  used: new Set<string>(USED),
  unused: new Set<string>(UNUSED),
})
