import { BYTES_PER_MS } from '../../../audio/encoded-audio.ts'
import { rmsOf } from '../../../audio/mulaw.ts'
import { untilAborted } from '../../../lib/until-aborted.ts'
import { createSid } from '../../seeded-random.ts'
import { FRAME_BYTES } from '../caller-voice.ts'
import type { VoiceSink } from '../leg-audio.ts'
import type { TwimlElement } from '../twiml.ts'
import type { WebhookParams } from '../webhook-client.ts'
import { followAction, resolveAddress, secondsToMs, toMethod, type VerbContext, type VerbRunner } from './verb.ts'

const DEFAULT_SILENCE_MS = 5000
const DEFAULT_LENGTH_MS = 3_600_000

/** Quieter than this counts as silence, as a share of full scale. */
const QUIET_RMS = 0.01

/**
 * Records what the caller says until they are silent for `timeout`, press a key, hang up or reach `maxLength`. The
 * action learns of it also when they hung up (`Digits=hangup`); so does the recording callback.
 */
export const record: VerbRunner = async (element, context) => {
  const { leg, signal } = context
  const { audio, spoken, digit } = await recordVoice(element, context)
  // Without speech there is no recording, and the carrier goes on with the next verb.
  if (!spoken) return 'next verb'
  const recordingSid = createSid('RE', leg.carrier.random)
  leg.emit({ type: 'recorded', recordingSid, audio })
  const params = {
    RecordingSid: recordingSid,
    RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${leg.carrier.accountSid}/Recordings/${recordingSid}`,
    RecordingDuration: String(Math.round(audio.length / BYTES_PER_MS / 1000)),
  }
  sendRecordingCallback(element, context, params)
  if (signal.aborted) tellActionOfHangUp(element, context, params)
  // Without an action the carrier asks the document's own address again.
  const action = element.attributes.action ?? context.baseUrl
  const digits = digit === undefined ? {} : { Digits: digit }
  return followAction({ ...element, attributes: { ...element.attributes, action } }, context, { ...params, ...digits })
}

interface Recording {
  readonly audio: Buffer
  readonly spoken: boolean
  /** The key that ended it. */
  readonly digit: string | undefined
}

async function recordVoice(element: TwimlElement, { leg, signal }: VerbContext): Promise<Recording> {
  const { timeout, maxLength, finishOnKey = '1234567890*#' } = element.attributes
  const recorder = new Recorder(secondsToMs(timeout, DEFAULT_SILENCE_MS), secondsToMs(maxLength, DEFAULT_LENGTH_MS))
  let digit: string | undefined
  using _voice = leg.audio.carryVoice(recorder)
  using _keys = leg.audio.onDigit((pressed) => {
    if (!finishOnKey.includes(pressed)) return
    digit = pressed
    recorder.finish()
  })
  // A hang-up ends a recording in order: it is kept, and told of.
  await untilAborted(recorder.finished, signal).catch(() => undefined)
  return { audio: recorder.audio, spoken: recorder.spoken, digit }
}

class Recorder implements VoiceSink {
  readonly finished: Promise<void>
  readonly finish: () => void
  readonly #frames: Buffer[] = []
  readonly #longestSilence: number
  readonly #mostFrames: number
  #silentFrames = 0
  #spoken = false

  constructor(longestSilenceMs: number, maxLengthMs: number) {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.finished = promise
    this.finish = resolve
    this.#longestSilence = (longestSilenceMs * BYTES_PER_MS) / FRAME_BYTES
    this.#mostFrames = (maxLengthMs * BYTES_PER_MS) / FRAME_BYTES
  }

  get audio(): Buffer {
    return Buffer.concat(this.#frames)
  }

  get spoken(): boolean {
    return this.#spoken
  }

  positionOf(): undefined {
    return undefined
  }

  onFrame(frame: Buffer): void {
    const quiet = rmsOf(frame) < QUIET_RMS
    this.#silentFrames = quiet ? this.#silentFrames + 1 : 0
    this.#spoken ||= !quiet
    this.#frames.push(frame)
    if (this.#silentFrames >= this.#longestSilence || this.#frames.length >= this.#mostFrames) this.finish()
  }

  onSettled(): void {}
}

function sendRecordingCallback(element: TwimlElement, context: VerbContext, params: WebhookParams): void {
  const { recordingStatusCallback, recordingStatusCallbackMethod } = element.attributes
  if (recordingStatusCallback === undefined) return
  const { leg } = context
  const { accountSid } = leg.carrier
  const status = { RecordingStatus: 'completed', RecordingChannels: '1', RecordingSource: 'RecordVerb' }
  leg.sendCallback(resolveAddress(context, recordingStatusCallback), toMethod(recordingStatusCallbackMethod), {
    ...{ AccountSid: accountSid, CallSid: leg.callSid, ...params, ...status },
  })
}

function tellActionOfHangUp(element: TwimlElement, context: VerbContext, params: WebhookParams): void {
  const { action, method } = element.attributes
  if (action === undefined) return
  const { leg } = context
  leg.sendCallback(resolveAddress(context, action), toMethod(method), { ...leg.params(), ...params, Digits: 'hangup' })
}
