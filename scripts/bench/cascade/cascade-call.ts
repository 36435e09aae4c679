import type { ServerResponse } from 'node:http'
import type { LeanSocket } from '../lean-socket.ts'
import type { Measurements } from '../measurements.ts'
import type { Paced } from '../pacer.ts'
import { TagScanner } from '../tag.ts'
import { FakeSpeech } from './fake-speaker.ts'
import { FakeAnswer } from './fake-thinker.ts'
import type { TurnMeter } from './turn-meter.ts'
import { deltasOf, firstTick, SPEECH_TICKS, TURN_TICKS } from './turn-plan.ts'

export interface CascadeCallOptions {
  readonly call: number
  readonly measurements: Measurements
  readonly meter: TurnMeter
}

/** Deepgram says what it has heard so far about every 250 ms. */
const UPDATE_TICKS = 12

/**
 * The three providers' side of one call, by a fixed plan of turns: the listener hears tagged frames and reports turns,
 * the thinker answers, the speaker speaks; every other answer is so long that the caller speaks over it.
 */
export class CascadeCall implements Paced {
  readonly #options: CascadeCallOptions
  readonly #scanner = new TagScanner()
  #listener: LeanSocket | undefined
  #tick: number
  #turn = 0
  #answer: FakeAnswer | undefined
  #speech: FakeSpeech | undefined
  #contextId: string | undefined

  constructor(options: CascadeCallOptions) {
    this.#options = options
    this.#tick = firstTick(options.call)
  }

  listenOn(socket: LeanSocket): void {
    this.#listener = socket
  }

  hear(samples: Buffer): void {
    this.#scanner.scan(samples, (tag) => this.#options.measurements.arrived('toEngine', tag))
  }

  /** The whole request for an answer is there. */
  think(response: ServerResponse): void {
    const { call, meter } = this.#options
    meter.arrived(call, 0)
    this.#answer = new FakeAnswer(response, {
      // Each another one: a model that repeats itself is taken off the call.
      text: [`Certainly, caller ${call}, this is reply ${this.#turn}. `, EXPLANATION],
      onFirst: () => meter.sent(call, 1),
    })
  }

  /** Text for the speaker, or the end of it. */
  speak(socket: LeanSocket, { contextId, text, ends }: { contextId: string; text: string; ends: boolean }): void {
    const { call, meter, measurements } = this.#options
    if (text !== '') meter.arrived(call, 1)
    if (text !== '' && contextId !== this.#contextId) {
      this.#contextId = contextId
      const deltas = deltasOf(this.#turn)
      const onFirst = () => meter.sent(call, 2)
      this.#speech = new FakeSpeech({ call, socket, contextId, deltas, measurements, onFirst })
    }
    if (contextId !== this.#contextId) return
    if (text !== '') this.#speech?.say(text)
    if (ends) this.#speech?.close()
  }

  tick(): void {
    this.#tick++
    if (this.#tick === 0) this.#startTurn()
    else if (this.#tick === SPEECH_TICKS) this.#endTurn()
    else if (this.#tick === TURN_TICKS) this.#tick = -1
    else if (this.#tick > 0 && this.#tick < SPEECH_TICKS && this.#tick % UPDATE_TICKS === 0) this.#report('Update', 5)
    if (this.#answer?.tick()) this.#answer = undefined
    if (this.#speech?.tick()) this.#speech = undefined
  }

  #startTurn(): void {
    this.#turn++
    if (this.#speech) this.#options.measurements.interrupted(this.#options.call)
    this.#report('StartOfTurn', 2)
    this.#speech?.stop()
  }

  #endTurn(): void {
    this.#options.meter.sent(this.#options.call, 0)
    this.#report('EndOfTurn')
  }

  #report(event: 'StartOfTurn' | 'Update' | 'EndOfTurn', wordCount?: number): void {
    const spoken = `I would like to know about point ${this.#turn} of the offer please.`.split(' ').slice(0, wordCount)
    const endS = this.#turn * 4 + 1
    const words = spoken.map((word, at) => ({ word, confidence: 0.98, start: endS - 1 + at / 20, end: endS - 0.5 }))
    const message = {
      type: 'TurnInfo',
      request_id: 'bench',
      sequence_id: this.#turn,
      event,
      turn_index: this.#turn,
      audio_window_start: endS - 1,
      audio_window_end: endS,
      transcript: spoken.join(' '),
      words,
      end_of_turn_confidence: 0.9,
      languages: ['en'],
    }
    this.#listener?.sendText(Buffer.from(JSON.stringify(message)))
  }
}

const EXPLANATION = 'There are several ways to go about it. We usually begin with the one that costs least. '
