import { throwSwitch } from '../../src/business/switches.ts'
import type { Chance } from './chance.ts'
import { CALLERS, OFFICERS_FILE } from './sim-office.ts'
import type { SimProcess } from './sim-process.ts'
import { recordOfEnd, type World } from './world.ts'

type Caller = (typeof CALLERS)[number]

const MINUTE_MS = 60_000

/** Everybody who does something in a run, and what they remember. */
export class People {
  readonly #world: World
  readonly #chance: Chance
  /** Slots and appointments anybody was ever told of: a model may mix them up, and so may a caller. */
  readonly #slots: string[] = []
  readonly #appointments: { readonly id: string; readonly number: string }[] = []
  #counted = 0

  constructor(world: World) {
    this.#world = world
    this.#chance = world.chance.fork()
  }

  /** One more thing happens. */
  act(): void {
    const chance = this.#chance
    const kind = chance.next()
    if (kind < 0.55)
      void this.#call(chance.pick(CALLERS), chance.fork()).catch((error: unknown) => this.#world.noteError(error))
    else if (kind < 0.78) this.#text(chance.pick(CALLERS).number, chance.pick(TEXTS))
    else if (kind < 0.86) this.#changeCalendar()
    else if (kind < 0.92) this.#throwSwitch()
    else if (kind < 0.96) this.#transfer()
    else this.#setPresence()
  }

  /** Somebody has read a text of ours. */
  read({ to, body }: { to: string; body: string }): void {
    const chance = this.#chance
    if (!this.#world.misfortune.isOn || !chance.of(0.45)) return
    const answer =
      /Reply 1|Responda 1/.test(body) && chance.of(0.75)
        ? chance.pick(['1', '1', '2', 'yes', 'STOP'])
        : chance.pick(TEXTS)
    this.#world.clock.after(chance.int(1_000, chance.of(0.8) ? 5 * MINUTE_MS : 180 * MINUTE_MS), () =>
      this.#text(to, answer),
    )
  }

  /** The office puts everything back in order before the end. */
  tidyUp(): void {
    this.#office(({ database, clock }) => throwSwitch(database, { name: 'outbound', on: true, at: clock.now() }))
  }

  #id(what: string): string {
    this.#counted += 1
    return `${what}_${this.#counted}`
  }

  #text(number: string, body: string): void {
    const carrierSid = this.#id('SMin')
    const world = this.#world
    world.history.add({ type: 'input', what: 'texts', number, about: body })
    const text = { carrierSid, from: number, body, channel: 'sms', attachments: 0, carrierAnswered: undefined } as const
    world.deliver(({ texting }) => texting.received(text), {
      onAcknowledged: () =>
        world.history.add({
          type: 'told',
          what: body === 'STOP' ? 'STOP taken' : 'text taken',
          number,
          about: carrierSid,
        }),
    })
  }

  async #call({ number, timeZone }: Caller, chance: Chance): Promise<void> {
    const world = this.#world
    const process = world.anyProcess()
    if (!process) return
    const callId = this.#id('call')
    world.history.add({ type: 'input', what: 'rings', number, about: callId })
    world.owns(callId, process)
    const call = { callId, carrierCallId: `CA${callId}`, from: number, to: '+16175550100', agent: 'a', engine: 'e' }
    await process.calls.begin({ ...call, startedAt: world.clock.now() })
    await world.sleep(chance.int(500, 15_000))
    const on = new OnTheLine({
      world,
      process,
      chance,
      number,
      timeZone,
      callId,
      slots: this.#slots,
      appointments: this.#appointments,
    })
    // A tool that fails is told to the model, and the call goes on or ends.
    for (let wishes = chance.int(0, 3); wishes > 0; wishes -= 1)
      await on.wish().catch((error: unknown) => world.noteError(error))
    await process.calls.end(recordOfEnd(callId, world.clock.now()))
  }

  #changeCalendar(): void {
    const startsAt =
      Math.ceil(this.#world.clock.now() / (30 * MINUTE_MS)) * 30 * MINUTE_MS + this.#chance.int(0, 8) * 60 * MINUTE_MS
    this.#world.history.add({ type: 'input', what: 'officer is busy' })
    this.#world.calendar.addOwn('dana@example.com', { startsAt, endsAt: startsAt + 60 * MINUTE_MS })
  }

  /** The kill switch, for a while. */
  #throwSwitch(): void {
    const { clock } = this.#world
    const toThrow = (on: boolean) =>
      this.#office(({ database }) => throwSwitch(database, { name: 'outbound', on, at: clock.now() }))
    this.#world.history.add({ type: 'input', what: 'switch off' })
    toThrow(false)
    clock.after(this.#chance.int(1, 15) * MINUTE_MS, () => toThrow(true))
  }

  #setPresence(): void {
    const { id } = this.#chance.pick(OFFICERS_FILE.officers)
    const presence = this.#chance.of(0.5) ? 'away' : 'here'
    const until = this.#world.clock.now() + this.#chance.int(1, 300) * MINUTE_MS
    this.#office(({ officers }) => officers.setPresence(id, presence, until))
  }

  #office(work: (process: SimProcess) => Promise<unknown>): void {
    this.#world.deliver(work)
  }

  /** A telephone of an officer rings; the carrier tells of it in any order. */
  #transfer(): void {
    const world = this.#world
    const process = world.anyProcess()
    if (!process) return
    const [transferId, legId] = [this.#id('transfer'), this.#id('leg')]
    process.transfers.began({ transferId, callId: this.#id('call'), carrierCallId: this.#id('CA'), because: 'asked' })
    process.transfers.rang({ legId, transferId, officerId: 'dana-lee' })
    for (const status of ['queued', 'ringing', 'in-progress', this.#chance.pick(['completed', 'busy', 'failed'])]) {
      const news = { legId, carrierCallId: `CA${legId}`, status }
      world.clock.after(this.#chance.int(100, 30_000), () =>
        world.deliver(({ transfers }) => transfers.legStatus(news)),
      )
    }
  }
}

const TEXTS = [
  ...['1', '2', 'STOP', 'STOP', 'START', 'START', 'HELP', 'yes', 'no', 'please stop texting me', 'parar'],
  ...['can we do tomorrow at 2 pm?', 'how about Monday morning', 'what are your rates', 'CANCEL'],
]

interface Line {
  readonly world: World
  readonly process: SimProcess
  readonly chance: Chance
  readonly number: string
  readonly timeZone: string
  readonly callId: string
  readonly slots: string[]
  readonly appointments: { readonly id: string; readonly number: string }[]
}

/** One caller in one call, as the tools of the agent act for them. */
class OnTheLine {
  readonly #line: Line
  #turn = 1
  #keys = 0

  constructor(line: Line) {
    this.#line = line
  }

  async wish(): Promise<void> {
    const { chance, world } = this.#line
    this.#turn += 1
    const kind = chance.next()
    if (kind < 0.5) await this.#makeAppointment(undefined)
    else if (kind < 0.59) await this.#changeOne()
    else if (kind < 0.67) await this.#cancelOne()
    else if (kind < 0.74) await this.#leaveMessage()
    else if (kind < 0.95) await this.#askForCallBack()
    else await this.#wantNoMore()
    await world.sleep(chance.int(200, 20_000))
  }

  async #makeAppointment(replaces: string | undefined): Promise<void> {
    const { process, world, chance, number, timeZone, slots, appointments } = this.#line
    const offered = await process.scheduling.offer({ callerNumber: number, language: 'en-US', timeZone })
    if ('slots' in offered) slots.push(...offered.slots.map(({ id }) => id))
    if (slots.length === 0) return
    // The newest are those that everybody else is offered now.
    const slotId = chance.of(0.75) && 'slots' in offered ? chance.pick(offered.slots).id : chance.pick(slots.slice(-12))
    const holder = { ...this.#holder(), ...(replaces !== undefined && { replaces }) }
    const held = await process.scheduling.hold(slotId, holder)
    await world.sleep(chance.of(0.75) ? chance.int(200, 20_000) : chance.int(4 * MINUTE_MS, 9 * MINUTE_MS))
    if (!held.held || chance.of(0.2)) return
    appointments.push({ id: held.appointment.id, number })
    this.#turn += 1
    const asked = { ...this.#holder() }
    const bookings = [this.#book(slotId, asked)]
    if (chance.of(0.3)) bookings.push(this.#book(slotId, asked))
    // Somebody else of the family rings, or they have thought better of it.
    if (chance.of(0.15)) bookings.push(world.sleep(chance.int(50, 9_000)).then(() => this.#cancelOne()))
    await Promise.all(bookings)
  }

  async #book(slotId: string, holder: { callId: string; turn: number; language: string }): Promise<void> {
    const { process, world, number } = this.#line
    const booking = await process.scheduling.book(slotId, holder)
    const about = 'appointment' in booking ? { about: booking.appointment.id } : {}
    world.history.add({ type: 'told', what: booking.booked ? 'booked' : booking.reason, number, ...about })
    if ('appointment' in booking && booking.appointment.number !== number)
      world.breach(`I6: ${number} was told of the appointment of ${booking.appointment.number}`)
  }

  async #changeOne(): Promise<void> {
    const { process, chance, number, appointments } = this.#line
    const own = await this.#own()
    const other = appointments.filter((one) => one.number !== number)
    if (other.length > 0 && chance.of(0.15)) await this.#makeAppointment(chance.pick(other).id)
    else if (own.length > 0) await this.#makeAppointment(chance.pick(own))
    else await process.scheduling.letGo(this.#line.callId)
  }

  async #cancelOne(): Promise<void> {
    const { process, world, chance, number, appointments } = this.#line
    const other = appointments.filter((one) => one.number !== number)
    if (other.length > 0 && chance.of(0.2)) {
      const ended = await process.scheduling.cancel(chance.pick(other).id, { number, because: 'not theirs' })
      if (ended.cancelled) world.breach(`I6: ${number} cancelled the appointment of another`)
      return
    }
    const own = await this.#own()
    if (own.length === 0) return
    const appointmentId = chance.pick(own)
    world.history.add({ type: 'input', what: 'cancels', number, about: appointmentId })
    const ended = await process.scheduling.cancel(appointmentId, { number, because: 'by phone' })
    if (ended.cancelled) world.history.add({ type: 'told', what: 'cancelled', number, about: appointmentId })
  }

  async #own(): Promise<string[]> {
    const { process, world, number } = this.#line
    const own = await process.scheduling.ofContact(number)
    for (const one of own)
      if (one.number !== number) world.breach(`I6: ${number} was told of ${one.id} of ${one.number}`)
    return own.map(({ id }) => id)
  }

  async #leaveMessage(): Promise<void> {
    const { process, world, chance, number, callId } = this.#line
    const message = {
      ...{ callId, idempotencyKey: this.#key(), callerNumber: number, name: 'Ada', callbackNumber: undefined },
      ...{ text: 'Please call me.', urgency: 'normal' as const },
    }
    const take = async () => {
      const { id } = await process.messages.take(message)
      world.history.add({ type: 'told', what: 'message taken', number, about: id })
      return id
    }
    const [first, second = first] = await Promise.all(chance.of(0.4) ? [take(), take()] : [take()])
    if (first !== second) world.breach(`I2: one message was taken as ${first} and ${second}`)
  }

  async #askForCallBack(): Promise<void> {
    const { process, world, chance, number, callId } = this.#line
    const wish = {
      ...{ callId, idempotencyKey: this.#key(), callerNumber: number, otherNumber: undefined, language: 'en-US' },
      ...{
        about: this.#key(),
        at: chance.of(0.4) ? world.clock.now() + chance.int(1, 40) * 60 * MINUTE_MS : undefined,
      },
    }
    const ask = () => process.callBacks.request(wish)
    await Promise.all(chance.of(0.3) ? [ask(), ask()] : [ask()])
    world.history.add({ type: 'told', what: 'call back noted', number, about: wish.idempotencyKey })
  }

  async #wantNoMore(): Promise<void> {
    const { process, world, number, callId } = this.#line
    world.history.add({ type: 'input', what: 'opts out', number })
    await process.optOut({ number, source: 'spoken', evidence: 'stop calling me', callId })
    world.history.add({ type: 'told', what: 'opted out', number })
  }

  #holder() {
    const { callId, number } = this.#line
    return { callId, number, turn: this.#turn, language: 'en-US', name: 'Ada' }
  }

  #key(): string {
    this.#keys += 1
    return `${this.#line.callId}:${this.#keys}`
  }
}
