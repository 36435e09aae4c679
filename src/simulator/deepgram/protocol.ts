import type { Deepgram } from '@deepgram/sdk'

/** What v1/listen sends. `models` and `model_info` of the real `Metadata` are not in the SDK's type, and are left out. */
export type NovaMessage =
  | Deepgram.listen.ListenV1Results
  | Deepgram.listen.ListenV1SpeechStarted
  | Deepgram.listen.ListenV1UtteranceEnd
  | Deepgram.listen.ListenV1Metadata

export type FluxMessage =
  | Deepgram.listen.ListenV2Connected
  | Deepgram.listen.ListenV2TurnInfo
  | Deepgram.listen.ListenV2ConfigureSuccess
  | Deepgram.listen.ListenV2ConfigureFailure
  | Deepgram.listen.ListenV2FatalError

/** The SDK leaves the type of `event` open; these are the ones there are. */
export type TurnEvent = keyof typeof Deepgram.listen.ListenV2TurnInfo.Event

/** How a session ends; texts as they were captured (contract 2). */
export const ENDINGS = {
  asked: { code: 1000, reason: '' },
  unreadable: { code: 1008, reason: 'DATA-0000' },
  noAnswer: {
    code: 1011,
    reason: 'Deepgram did not provide a response message within the timeout window. See https://dpgr.am/net0000',
  },
  nothingHeard: {
    code: 1011,
    reason:
      'Deepgram did not receive audio data or a text message within the timeout window. See https://dpgr.am/net0001',
  },
} as const

export type Ending = (typeof ENDINGS)[keyof typeof ENDINGS]

/** As float32 makes it. */
export const CONFIDENT = 0.9970703

/** Times go over the wire in seconds. */
export function seconds(ms: number): number {
  return Math.round(ms) / 1000
}
