import type { OutboundOptions } from '../../src/business/outbound/outbound.ts'
import type { TextCarrier } from '../../src/business/texting/send-text.ts'
import { HearthlineError } from '../../src/lib/errors.ts'
import type { Chance } from './chance.ts'
import type { History } from './history.ts'
import type { Life } from './life.ts'
import type { Misfortune } from './misfortune.ts'
import type { SimClock } from './sim-clock.ts'

interface SentText {
  readonly sid: string
  readonly textId: string
  readonly to: string
  readonly body: string
  readonly at: number
  /** When it shows up in the carrier's list. */
  readonly listedAt: number
  status: string
}

interface PlacedCall {
  readonly sid: string
  readonly outboundId: string
  readonly to: string
  readonly at: number
  readonly listedAt: number
  status: string
}

/** What the carrier tells us. It is told by the world: late, twice, in any order, or never. */
export type CarrierNews =
  | { readonly type: 'text status'; readonly textId: string; readonly sid: string; readonly status: string }
  | { readonly type: 'call status'; readonly outboundId: string; readonly sid: string; readonly status: string }
  | { readonly type: 'call answered'; readonly outboundId: string; readonly sid: string; readonly to: string }

const TIMEOUT_MS = 5_000
/** Until a text, and a call, shows up in the carrier's list. */
const TEXT_LAG_MS = 4_500
const CALL_LAG_MS = 3_000

/** A carrier that keeps every text and every call it took, whoever asked and whatever they heard of it. */
export class SimCarrier {
  readonly texts: SentText[] = []
  readonly calls: PlacedCall[] = []
  readonly #chance: Chance
  readonly #clock: SimClock
  readonly #history: History
  readonly #misfortune: Misfortune
  readonly #onText: (text: SentText) => void
  readonly #onNews: (news: CarrierNews) => void
  /** Who told the carrier's own STOP. */
  readonly blocked = new Set<string>()

  constructor(options: {
    chance: Chance
    clock: SimClock
    history: History
    misfortune: Misfortune
    onText: (text: { to: string; body: string }) => void
    onNews: (news: CarrierNews) => void
  }) {
    this.#chance = options.chance
    this.#clock = options.clock
    this.#history = options.history
    this.#misfortune = options.misfortune
    this.#onText = options.onText
    this.#onNews = options.onNews
  }

  textsFor(life: Life): TextCarrier {
    const ends = { life, timeoutMs: TIMEOUT_MS, unreachable: 'carrier.unreachable' }
    return {
      send: async ({ to, body, statusCallbackUrl }) => {
        const textId = new URL(statusCallbackUrl).searchParams.get('text') ?? ''
        if (this.blocked.has(to)) throw new HearthlineError('text.opted-out', '21610')
        const effect = () => this.#takeText({ to, body, textId })
        const refusal = () => new HearthlineError('text.refused', '21614')
        return await this.#misfortune.request({ ...ends, what: 'send text', key: textId, effect, refusal })
      },
      findSent: async ({ to, body, since, except }) => {
        const effect = () => {
          const listed = this.texts.filter(({ listedAt }) => listedAt <= this.#clock.now())
          const found = listed.find(
            (one) => one.to === to && one.body.endsWith(body) && one.at >= since - 1000 && !except.includes(one.sid),
          )
          return found && { sid: found.sid, status: found.status }
        }
        return await this.#misfortune.request({ ...ends, what: 'look text up', key: to, effect })
      },
    }
  }

  callsFor(life: Life): OutboundOptions['carrier'] {
    const ends = { life, timeoutMs: TIMEOUT_MS, unreachable: 'carrier.unreachable', tooMany: 'carrier.busy' }
    return {
      place: ({ outboundId, to }) => {
        const effect = () => this.#takeCall({ outboundId, to })
        const refusal = () => new HearthlineError('carrier.refused', '21215')
        return this.#misfortune.request({ ...ends, what: 'place call', key: outboundId, effect, refusal })
      },
      find: ({ to, since }) => {
        const effect = () => {
          const listed = this.calls.filter(({ listedAt }) => listedAt <= this.#clock.now())
          const found = listed.findLast((one) => one.to === to && one.at >= since)
          return found && { carrierSid: found.sid }
        }
        return this.#misfortune.request({
          ...ends,
          tooMany: 'carrier.unreachable',
          what: 'look call up',
          key: to,
          effect,
        })
      },
      statusOf: (sid) => {
        const effect = () => this.calls.find((call) => call.sid === sid)?.status ?? 'failed'
        return this.#misfortune.request({
          ...ends,
          tooMany: 'carrier.unreachable',
          what: 'ask call status',
          key: sid,
          effect,
        })
      },
    }
  }

  #listedAt(mostLagMs: number): number {
    return this.#clock.now() + this.#chance.int(0, mostLagMs)
  }

  #takeText({ to, body, textId }: { to: string; body: string; textId: string }) {
    const sid = `SM${this.texts.length + 1}`
    const text: SentText = {
      sid,
      textId,
      to,
      body,
      at: this.#clock.now(),
      listedAt: this.#listedAt(TEXT_LAG_MS),
      status: 'queued',
    }
    this.texts.push(text)
    this.#history.add({ type: 'effect', what: 'text', effect: { sid, textId, to, body } })
    const end = this.#chance.of(0.9) ? 'delivered' : this.#chance.pick(['undelivered', 'failed'])
    let afterMs = 0
    for (const status of ['queued', 'sent', end]) {
      afterMs += this.#chance.int(50, 4_000)
      this.#clock.after(afterMs, () => {
        text.status = status
        this.#onNews({ type: 'text status', textId, sid, status })
      })
    }
    if (end === 'delivered') this.#clock.after(afterMs, () => this.#onText(text))
    return { sid, status: 'queued' }
  }

  #takeCall({ outboundId, to }: { outboundId: string; to: string }) {
    const sid = `CA${this.calls.length + 1}`
    const call: PlacedCall = {
      sid,
      outboundId,
      to,
      at: this.#clock.now(),
      listedAt: this.#listedAt(CALL_LAG_MS),
      status: 'queued',
    }
    this.calls.push(call)
    this.#history.add({ type: 'effect', what: 'call', effect: { sid, outboundId, to } })
    const isAnswered = this.#chance.of(0.6)
    const end = isAnswered ? 'completed' : this.#chance.pick(['busy', 'no-answer', 'failed', 'canceled'])
    let afterMs = 0
    for (const status of ['initiated', 'ringing', ...(isAnswered ? ['in-progress'] : []), end]) {
      afterMs += this.#chance.int(200, status === 'completed' ? 200_000 : 20_000)
      this.#clock.after(afterMs, () => {
        call.status = status
        this.#onNews({ type: 'call status', outboundId, sid, status })
        if (status === 'in-progress') this.#onNews({ type: 'call answered', outboundId, sid, to })
      })
    }
    return { carrierSid: sid }
  }
}
