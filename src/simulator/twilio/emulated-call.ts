import { sleep } from '../../lib/clock.ts'
import { messageOf } from '../../lib/errors.ts'
import type { Span } from './audio-timeline.ts'
import type { CallEvent, CallHappening, CallStatus, DialStatus } from './call-events.ts'
import type { EmulatedCallOptions } from './call-options.ts'
import { CallProgress } from './call-progress.ts'
import { CallWebhooks } from './call-webhooks.ts'
import type { CallerVoice } from './caller-voice.ts'
import type { Carrier } from './carrier.ts'
import { detectAnswer } from './detect-answer.ts'
import { EventLog } from './event-log.ts'
import type { DialledLeg, DialRequest, Instructions, Leg } from './leg.ts'
import { LegAudio } from './leg-audio.ts'
import type { AnsweredBy, MachineDetection } from './machine-detection.ts'
import type { MediaStream } from './media-stream.ts'
import { PersonAtLeg } from './person-at-leg.ts'
import { followInstructions, type RunEnd } from './twiml-run.ts'
import type { WebhookAnswer, WebhookMethod, WebhookParams } from './webhook-client.ts'

/** How long a call asked for by REST waits for its turn. */
const QUEUED_MS = 100

/** One leg of a call from its first ring to its end, seen from the carrier: it executes what the server answers. */
export class EmulatedCall implements Leg, DialledLeg {
  readonly callSid: string
  readonly direction: EmulatedCallOptions['direction']
  readonly from: string
  readonly to: string
  readonly carrier: Carrier
  readonly fallbackAddress: string | undefined
  readonly parentCallSid: string | undefined
  /** Epoch ms. */
  readonly placedAt: number
  readonly audio: LegAudio
  /** Resolves with the final status when the call is over and all its callbacks were delivered. */
  readonly settled: Promise<CallStatus>
  readonly #options: EmulatedCallOptions
  readonly #log: EventLog
  readonly #webhooks: CallWebhooks
  readonly #progress: CallProgress
  readonly #person: PersonAtLeg
  readonly #settle: (status: CallStatus) => void
  readonly #ended = new AbortController()
  #interrupt = new AbortController()
  #update: Instructions | undefined
  #answeredMs: number | undefined
  #endedMs: number | undefined

  constructor(carrier: Carrier, options: EmulatedCallOptions) {
    this.carrier = carrier
    this.#options = options
    this.callSid = options.callSid
    this.direction = options.direction
    this.from = options.from
    this.to = options.to
    this.fallbackAddress = options.fallbackAddress
    this.parentCallSid = options.parentCallSid
    this.placedAt = carrier.clock.now()
    this.audio = new LegAudio(carrier.clock)
    this.#log = new EventLog(carrier.clock)
    if (options.onEvent) this.#log.listen(options.onEvent)
    const { direction, params: overrides = {} } = options
    this.#webhooks = new CallWebhooks(carrier, { description: options, overrides, emit: (event) => this.emit(event) })
    this.#progress = new CallProgress(
      direction === 'inbound' ? 'ringing' : 'queued',
      options.statusCallback,
      (...callback) => this.sendCallback(...callback),
    )
    this.#person = new PersonAtLeg(options.person, {
      clock: carrier.clock,
      say: (mulaw) => this.voice.say(mulaw),
      press: (digits) => this.press(digits),
      hangUp: () => this.hangUp(),
      // It is silent as well when somebody hung up in the middle.
      onBeeped: () => this.#progress.isFinal || this.emit({ type: 'mailbox.beeped' }),
    })
    const { promise, resolve } = Promise.withResolvers<CallStatus>()
    this.settled = promise
    this.#settle = resolve
  }

  get status(): CallStatus {
    return this.#progress.status
  }

  /** Seconds since the answer, rounded up; undefined while the call is on. */
  get durationSeconds(): number | undefined {
    return this.#endedMs === undefined ? undefined : Math.ceil(this.#talkedMs() / 1000)
  }

  /** What machine detection found; undefined while it has not, or was not asked to. */
  get answeredBy(): AnsweredBy | undefined {
    return this.events.find((event) => event.type === 'machine.detected')?.answeredBy
  }

  /** Epoch ms; undefined while the call is on. */
  get endedAt(): number | undefined {
    return this.#endedMs === undefined ? undefined : this.placedAt + this.#log.toCallMs(this.#endedMs)
  }

  get talkMs(): number | undefined {
    return this.#person.talkMs
  }

  get over(): AbortSignal {
    return this.#ended.signal
  }

  /** Everything that happened so far, in order. */
  get events(): readonly CallEvent[] {
    return this.#log.entries
  }

  get voice(): CallerVoice {
    return this.audio.voice
  }

  get streams(): readonly MediaStream[] {
    return this.audio.streams
  }

  /** What the caller heard of the server's audio, over all streams; ms since the call was placed. */
  heardSpans(): Span[] {
    return this.audio.heardSpans((clockMs) => this.#log.toCallMs(clockMs))
  }

  /** Tells of everything from now on, until disposed. */
  listen(listener: (event: CallEvent) => void): Disposable {
    return this.#log.listen(listener)
  }

  /** Lets an incoming call ring at the server, and lives it to its end. */
  async ringIn(instructions: Instructions): Promise<void> {
    this.emit({ type: 'call.ringing' })
    await this.#live(instructions)
  }

  /** Rings at a person for the server (REST), and lives the call to its end. */
  async ringOut(instructions: Instructions, timeoutMs: number, detection?: MachineDetection): Promise<void> {
    const { signal } = this.#ended
    const refusal = await sleep(this.carrier.clock, QUEUED_MS, signal)
      .then(() => this.ring(timeoutMs, signal))
      // Only the end of the call rejects: it was called off.
      .catch(() => 'canceled' as const)
    if (refusal === undefined) {
      const first = detection && detectAnswer(this, this.#options.person, detection, instructions, signal)
      return this.#live((await first) ?? instructions)
    }
    this.#end(refusal, 'carrier')
    this.#finish()
  }

  async ring(timeoutMs: number, signal: AbortSignal): Promise<DialStatus | undefined> {
    const { forMs, refusal } = this.#person.ringing(timeoutMs)
    this.#become('initiated')
    this.#become('ringing')
    this.emit({ type: 'call.ringing' })
    await sleep(this.carrier.clock, forMs, signal)
    if (refusal === undefined) this.answer()
    else this.#end(refusal, 'carrier')
    return refusal
  }

  async whisper(address: string, method: WebhookMethod, signal: AbortSignal): Promise<boolean> {
    const onAbort = () => this.hangUp('carrier')
    signal.addEventListener('abort', onAbort, { once: true })
    const end = await this.#follow({ type: 'address', address, method })
    signal.removeEventListener('abort', onAbort)
    signal.throwIfAborted()
    return end === 'end of document'
  }

  /** Ends the call, if it has not ended. A caller who hangs up while it rings was not answered. */
  hangUp(by: 'caller' | 'server' | 'carrier' = 'caller'): void {
    const unanswered = this.direction === 'inbound' ? 'no-answer' : 'canceled'
    this.#end(this.#answeredMs === undefined ? unanswered : 'completed', by)
  }

  /** Presses keys one after the other, at once. */
  press(digits: string): void {
    for (const digit of digits) this.audio.press(digit)
  }

  /** Gives a running call other instructions (REST). False when there is no such call, or nobody has answered it. */
  redirect(instructions: Instructions): boolean {
    const rings = this.direction !== 'inbound' && this.#answeredMs === undefined
    if (this.#progress.isFinal || rings) return false
    this.#update = instructions
    this.#interrupt.abort(new Error('the call was given other instructions'))
    return true
  }

  answer(): void {
    if (this.#answeredMs !== undefined || !this.#become('in-progress')) return
    this.#answeredMs = this.carrier.clock.monotonicMs()
    this.audio.start(this.carrier.pacer)
    this.emit({ type: 'call.answered' })
    this.#person.pickUp()
    this.#limitTime()
  }

  reject(status: 'busy' | 'no-answer'): void {
    this.#end(status, 'server')
  }

  params(): WebhookParams {
    return this.#webhooks.params(this.status)
  }

  emit(event: CallHappening): void {
    this.#log.add(event)
  }

  fetchInstructions(address: string, method: WebhookMethod, params: WebhookParams): Promise<WebhookAnswer> {
    return this.#webhooks.ask(address, method, this.status, params)
  }

  sendCallback(address: string, method: WebhookMethod, params: WebhookParams): void {
    this.#webhooks.tell(address, method, params)
  }

  awaitKeys(): void {
    this.#person.awaitKeys()
  }

  get words(): string | undefined {
    return this.#person.words
  }

  meet(): void {
    this.#person.meet()
  }

  dial(request: DialRequest): DialledLeg {
    return this.#options.dial(request)
  }

  async #live(first: Instructions): Promise<void> {
    try {
      await this.#follow(first)
    } catch (error) {
      // A mistake of the emulator's own; the call must not hang because of it.
      this.carrier.log.error({ callSid: this.callSid, error: messageOf(error) }, 'emulated call broke')
      this.#end('failed', 'carrier')
    }
    this.#end('completed', 'server')
    this.#finish()
  }

  /** Follows documents from one to the next; instructions by REST take the place of what is being done. */
  async #follow(first: Instructions): Promise<'end of document' | 'hang up'> {
    // Other instructions may have come while the first ones waited.
    let next: RunEnd = this.#update ?? first
    this.#update = undefined
    while (typeof next !== 'string') {
      const interrupt = new AbortController()
      this.#interrupt = interrupt
      if (this.#progress.isFinal) return 'hang up'
      next = await followInstructions(this, next, interrupt.signal).catch((error): RunEnd => {
        if (!interrupt.signal.aborted) throw error
        return this.#update ?? 'hang up'
      })
      this.#update = undefined
    }
    return next
  }

  #become(status: CallStatus): boolean {
    if (!this.#progress.become(status)) return false
    this.#progress.tell(this.params(), this.carrier.clock.now())
    return true
  }

  #limitTime(): void {
    const { timeLimitMs } = this.#options
    if (timeLimitMs === undefined) return
    const limit = this.carrier.clock.after(timeLimitMs, () => this.hangUp('carrier'))
    this.#ended.signal.addEventListener('abort', () => limit[Symbol.dispose](), { once: true })
  }

  #end(status: CallStatus, by: 'caller' | 'server' | 'carrier'): void {
    if (!this.#progress.become(status)) return
    this.#endedMs = this.carrier.clock.monotonicMs()
    this.audio.stop()
    this.#person[Symbol.dispose]()
    this.emit({ type: 'call.ended', status, by })
    this.#update = undefined
    this.#interrupt.abort(new Error('the call has ended'))
    this.#ended.abort(new Error('the call has ended'))
    if (this.direction === 'outbound-dial') this.#finish()
  }

  /** Everything that ran for the call has let go of it. */
  #finish(): void {
    this.#progress.tell({ ...this.params(), ...this.#progress.describeEnd(this.#talkedMs()) }, this.carrier.clock.now())
    void this.#webhooks.flush().then(() => this.#settle(this.status))
  }

  #talkedMs(): number {
    return this.#answeredMs === undefined ? 0 : (this.#endedMs ?? this.carrier.clock.monotonicMs()) - this.#answeredMs
  }
}
