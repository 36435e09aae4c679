import { SILENCE } from '../../../src/audio/encoded-audio.ts'
import { createFluxListener } from '../../../src/engines/cascade/deepgram/flux-listener.ts'
import { createNovaListener } from '../../../src/engines/cascade/deepgram/nova-listener.ts'
import type { DeepgramOptions } from '../../../src/engines/cascade/deepgram/open-session.ts'
import type { Listener } from '../../../src/engines/cascade/listener.ts'
import type { WireMessage } from '../../fakes/scripted-realtime-server.ts'
import { CONNECTED, FLUX, NOVA, results, SPEECH_STARTED, turnInfo } from './deepgram/stage.ts'

/** One of Deepgram's two wires: the same turns, in its own words (contract deepgram). */
export interface EarWire {
  create(options: DeepgramOptions): Listener
  /** What it says first. */
  readonly greeting: readonly WireMessage[]
  /** The parameter of its address that names a language. */
  readonly languageParameter: string | undefined
  /** Turns are counted from 0. */
  starts(turn: number): WireMessage
  /** All words so far. */
  words(turn: number, text: string): WireMessage
  ends(turn: number, text: string, language: string | undefined): WireMessage
  /** Whether it says which language it heard. */
  readonly tellsLanguage: boolean
}

/** Turns are far enough apart, in seconds of the stream, not to be taken for each other. */
const TURN_S = 10

const nova: EarWire = {
  create: (options) => createNovaListener({ ...options, model: 'nova-3', settings: NOVA }),
  greeting: [],
  languageParameter: 'language',
  starts: () => SPEECH_STARTED,
  words: (turn, text) => results('interim', text, turn * TURN_S),
  ends: (turn, text) => results('speech final', text, turn * TURN_S),
  // Only where it hears many.
  tellsLanguage: false,
}

const flux: EarWire = {
  create: (options) => createFluxListener({ ...options, model: 'flux-general-multi', settings: FLUX }),
  greeting: [CONNECTED],
  languageParameter: undefined,
  starts: (turn) => turnInfo('StartOfTurn', '', turn),
  words: (turn, text) => turnInfo('Update', text, turn),
  ends: (turn, text, language) => ({
    ...turnInfo('EndOfTurn', text, turn),
    ...(language ? { languages: [language] } : {}),
  }),
  tellsLanguage: true,
}

export const EARS = { nova, flux }

/** What a listener sends by itself: messages, and the sound with which it keeps Flux awake. */
export function isUpkeep({ type, data }: WireMessage): boolean {
  if (type !== 'binary') return ['KeepAlive', 'Finalize', 'CloseStream'].includes(type)
  return Buffer.isBuffer(data) && data.length === 800 && data.every((byte) => byte === SILENCE)
}
