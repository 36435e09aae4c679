import type { CallIds } from '../carrier-leg.ts'
import { payloadOf } from '../carrier-leg.ts'
import type { LeanSocket } from '../lean-socket.ts'
import { type Measurements, nowUs } from '../measurements.ts'
import type { Paced } from '../pacer.ts'
import { createBlock, TagScanner, writeTag } from '../tag.ts'
import type { TurnMeter } from './turn-meter.ts'
import { firstTick, PROVIDER_TICKS, SPEECH_TICKS, TURN_TICKS } from './turn-plan.ts'

export interface RelayedCallOptions {
  readonly ids: CallIds
  readonly socket: LeanSocket
  readonly measurements: Measurements
  readonly meter: TurnMeter
}

/**
 * The engine's side of a call through the relay, which understands nothing: in place of each way of a turn, one message
 * goes through it to the carrier. The caller's frames come as they always do.
 */
export class RelayedCall implements Paced {
  readonly #options: RelayedCallOptions
  readonly #scanner = new TagScanner()
  readonly #block = createBlock()
  #tick: number

  constructor(options: RelayedCallOptions) {
    const { ids, socket, measurements } = options
    this.#options = options
    this.#tick = firstTick(ids.call)
    socket.onText = (message) => {
      if (message.indexOf(MEDIA) !== 0) return
      this.#scanner.scan(payloadOf(message, 'payload'), (tag) => measurements.arrived('toEngine', tag))
    }
  }

  tick(): void {
    this.#tick++
    if (this.#tick === SPEECH_TICKS) this.#send(0)
    else if (this.#tick === SPEECH_TICKS + PROVIDER_TICKS) this.#send(1)
    else if (this.#tick === SPEECH_TICKS + 2 * PROVIDER_TICKS) this.#send(2)
    else if (this.#tick === TURN_TICKS) this.#tick = -1
  }

  #send(hop: 0 | 1 | 2): void {
    const { ids, socket, measurements, meter } = this.#options
    const { call, streamSid } = ids
    meter.sent(call, hop)
    writeTag(this.#block, 0, { call, sequence: measurements.sent('toCaller', call), sentUs: nowUs() })
    const media = { payload: this.#block.toString('base64') }
    socket.sendText(Buffer.from(JSON.stringify({ event: 'media', streamSid, media })))
  }
}

const MEDIA = '{"event":"media"'
