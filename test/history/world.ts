import { syncOfficers } from '../../src/business/officers/officers.ts'
import { HearthlineError, messageOf } from '../../src/lib/errors.ts'
import { Chance } from './chance.ts'
import { History } from './history.ts'
import { type EndsAt, Life } from './life.ts'
import { Misfortune } from './misfortune.ts'
import { SimCalendar } from './sim-calendar.ts'
import { type CarrierNews, SimCarrier } from './sim-carrier.ts'
import { clockOf, SimClock } from './sim-clock.ts'
import { SimDatabase } from './sim-database.ts'
import { OFFICERS_FILE } from './sim-office.ts'
import { type SimProcess, startProcess } from './sim-process.ts'
import { Turns } from './turns.ts'

/** Where a process could have died, how often it came by there, and how often it did. */
export type CrashPoints = Map<string, { passed: number; died: number }>

/** Of these moments runs begin: an ordinary week, and the weeks in which the clock is put back and forth (F20). */
const BEGINNINGS = ['2026-11-16T00:00Z', '2026-10-29T00:00Z', '2027-03-11T00:00Z'].map((day) => Date.parse(day))
const DAY_MS = 24 * 60 * 60_000
/** Some die at the so-manieth point they come by, some at one of these kinds of points: so rare ones have their share. */
const FURTHEST_POINT = 220
const KINDS_OF_POINTS = 50
const MOST_HOPS = 20_000

/** What a test may not do to a person: everything outside our processes, and the processes that come and go in it. */
export class World implements Disposable {
  readonly chance: Chance
  readonly clock: SimClock
  readonly history: History
  readonly turns: Turns
  readonly misfortune: Misfortune
  readonly carrier: SimCarrier
  readonly calendar: SimCalendar
  readonly database: SimDatabase
  readonly crashPoints: CrashPoints
  readonly breaches: string[] = []
  readonly #processes: SimProcess[] = []
  readonly #ownerOf = new Map<string, Life>()
  readonly #onText: (text: { to: string; body: string }) => void
  #started = 0

  private constructor(
    parts: Pick<World, 'chance' | 'clock' | 'history' | 'turns' | 'database' | 'crashPoints'>,
    onText: (text: { to: string; body: string }, world: World) => void,
  ) {
    this.chance = parts.chance
    this.clock = parts.clock
    this.history = parts.history
    this.turns = parts.turns
    this.database = parts.database
    this.crashPoints = parts.crashPoints
    const { history, clock, turns } = parts
    this.#onText = (text) => onText(text, this)
    this.misfortune = new Misfortune(this.chance.fork(), { history, turns, clock })
    this.calendar = new SimCalendar({ history, misfortune: this.misfortune })
    this.carrier = new SimCarrier({
      ...{ chance: this.chance.fork(), clock, history, misfortune: this.misfortune },
      onText: (text) => this.#onText(text),
      onNews: (news) => this.#pass(news),
    })
  }

  static async create(
    seed: number,
    options: { crashPoints: CrashPoints; onText: (text: { to: string; body: string }, world: World) => void },
  ): Promise<World> {
    const chance = new Chance(seed)
    const clock = new SimClock(beginningOf(chance))
    const history = new History(() => clock.now())
    const turns = new Turns(chance.fork())
    const database = await SimDatabase.open({ history, turns })
    const world = new World(
      { chance, clock, history, turns, database, crashPoints: options.crashPoints },
      options.onText,
    )
    const setUp = syncOfficers(database.connect(world.#newLife('office', () => false)), OFFICERS_FILE)
    await turns.drain()
    await setUp
    for (let processes = chance.int(1, 2); processes > 0; processes -= 1) world.#start()
    return world
  }

  get processes(): readonly SimProcess[] {
    return this.#processes.filter(({ life }) => life.isAlive)
  }

  breach(what: string): void {
    this.breaches.push(what)
  }

  /** What is meant to fail fails with a name; anything else nobody foresaw. */
  noteError(error: unknown): void {
    if (!(error instanceof HearthlineError)) this.breach(`unforeseen: ${messageOf(error)}`)
  }

  /** One that a caller or a webhook reaches; undefined while none is up. */
  anyProcess(): SimProcess | undefined {
    const { processes } = this
    return processes.length === 0 ? undefined : this.chance.pick(processes)
  }

  /** The call ends with its process, unless that ends it: somebody else finds it unfinished then. */
  owns(callId: string, { life }: SimProcess): void {
    this.#ownerOf.set(callId, life)
  }

  sleep(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.clock.after(ms, resolve)
    return promise
  }

  /** A webhook: again when it was not acknowledged, a few times; now and then twice in any case (F18). */
  deliver(work: (process: SimProcess) => Promise<unknown>, { onAcknowledged = () => {}, tries = 4 } = {}): void {
    const process = this.anyProcess()
    let isAcknowledged = false
    if (process) {
      void work(process).then(
        () => {
          isAcknowledged = true
          onAcknowledged()
        },
        (error: unknown) => this.noteError(error),
      )
    }
    if (this.chance.of(0.15)) this.clock.after(this.chance.int(0, 20_000), () => this.deliver(work, { tries: 1 }))
    if (tries === 1) return
    this.clock.after(15_000, () => {
      if (!isAcknowledged) this.deliver(work, { onAcknowledged, tries: tries - 1 })
    })
  }

  /** Lets time go on, and everything happen that falls due in it. */
  async advance(ms: number): Promise<void> {
    const until = this.clock.now() + ms
    for (let hop = 0; hop < MOST_HOPS; hop += 1) {
      const at = Math.min(this.#nextDueAt() ?? until, until)
      await this.#goTo(at)
      if (at >= until) return
    }
  }

  /** Nothing goes wrong any more, and time goes on until nothing is left to be done. False: it never comes to rest. */
  async comeToRest(): Promise<boolean> {
    this.misfortune.isOn = false
    for (let hop = 0; hop < MOST_HOPS; hop += 1) {
      const at = this.#nextDueAt()
      if (at === undefined) return true
      await this.#goTo(at)
    }
    return false
  }

  [Symbol.dispose](): void {
    for (const { life } of this.processes) life.kill('the end')
    this.database[Symbol.dispose]()
  }

  async #goTo(at: number): Promise<void> {
    this.clock.advanceTo(at)
    this.clock.tick()
    this.#reconcile()
    await this.turns.drain()
  }

  /** The next timer, or the next outbox row that somebody may take. */
  #nextDueAt(): number | undefined {
    const now = this.clock.now()
    const due = `max(available_at, coalesce(lease_until, 0))`
    const [row] = this.database.all<{ later: number | null; open: number }>(
      `select min(case when ${due} > ? then ${due} end) as later, count(*) as open from outbox where done_at is null`,
      now,
    )
    const timer = this.clock.nextDueAt
    if (row?.open && row.later === null && timer === undefined) return now + 1_000
    const times = [timer, row?.later ?? undefined].filter((time) => time !== undefined)
    return times.length === 0 ? undefined : Math.max(now, Math.min(...times))
  }

  #start(): void {
    this.#started += 1
    const life = this.#newLife(`process ${this.#started}`, this.misfortune.isOn ? this.#fate() : () => false)
    const { carrier, calendar } = this
    const clock = clockOf(this.clock, life)
    this.#processes.push(startProcess({ life, database: this.database.connect(life), clock, carrier, calendar }))
  }

  /** When a process dies, as long as anything goes wrong. */
  #fate(): EndsAt {
    const { chance } = this
    const kind = chance.next()
    const [last, oneKind] = [chance.int(0, FURTHEST_POINT), chance.int(0, KINDS_OF_POINTS - 1)]
    if (kind < 0.4) return (_point, count) => this.misfortune.isOn && count > last
    if (kind < 0.85) return (point) => this.misfortune.isOn && kindOf(point) === oneKind
    return () => false
  }

  #newLife(name: string, endsAt: EndsAt): Life {
    const life: Life = new Life({
      name,
      endsAt,
      onPoint: (point) => this.#count(point).passed++,
      onDeath: (point) => {
        this.#count(point).died += 1
        this.history.add({ type: 'crash', process: name, point })
        this.database.bury(life)
        this.clock.after(this.chance.int(500, 30_000), () => this.#start())
      },
    })
    return life
  }

  #count(point: string): { passed: number; died: number } {
    const counted = this.crashPoints.get(point) ?? { passed: 0, died: 0 }
    this.crashPoints.set(point, counted)
    return counted
  }

  /** Ends what dead processes left, as the reconciler does (I1). */
  #reconcile(): void {
    const orphans = [...this.#ownerOf].filter(([, life]) => !life.isAlive)
    const process = this.anyProcess()
    if (orphans.length === 0 || !process) return
    void endOrphans(process, new Set(orphans.map(([callId]) => callId))).then(
      (ended) => {
        for (const callId of ended) this.#ownerOf.delete(callId)
      },
      (error: unknown) => this.noteError(error),
    )
  }

  #pass(news: CarrierNews): void {
    const { chance } = this
    if (this.misfortune.isOn && news.type !== 'call answered' && chance.of(0.2)) return
    const lateMs = chance.of(0.1) ? chance.int(0, 4 * 60 * 60_000) : chance.int(0, 5_000)
    // Somebody waits for an answer here, and a webhook that is late is one that failed.
    if (news.type === 'call answered') this.deliver((process) => this.#answer(process, news), { tries: 2 })
    else this.clock.after(lateMs, () => this.deliver((process) => tell(process, news), { tries: 2 }))
  }

  async #answer({ outbound }: SimProcess, { outboundId, sid, to }: Extract<CarrierNews, { type: 'call answered' }>) {
    const spoken = await outbound.answered(outboundId, sid)
    if (!spoken) return
    if (spoken.call.number !== to) this.breach(`I6: the call to ${to} was taken for one to ${spoken.call.number}`)
    if (!spoken.isRepeat) this.history.add({ type: 'spoken', outboundId, number: to })
  }
}

/** Mostly by day in the United States, when there is most to do; now and then at night. */
function beginningOf(chance: Chance): number {
  const day = chance.pick(BEGINNINGS) + chance.int(0, 3) * DAY_MS
  return (
    day + (chance.of(0.75) ? chance.int(15 * 60, 24 * 60) : chance.int(0, 24 * 60)) * 60_000 + chance.int(0, 59_999)
  )
}

/** The same for the same point in every run. */
function kindOf(point: string): number {
  let hash = 0
  for (const letter of point) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0
  return hash % KINDS_OF_POINTS
}

async function tell({ texting, outbound }: SimProcess, news: Exclude<CarrierNews, { type: 'call answered' }>) {
  const { sid: carrierSid, status } = news
  if (news.type === 'text status') return await texting.statusReported({ textId: news.textId, carrierSid, status })
  await outbound.report(news.outboundId, { carrierSid, status })
}

async function endOrphans({ calls, clock }: SimProcess, orphans: ReadonlySet<string>): Promise<string[]> {
  const left = (await calls.unfinished()).filter(({ callId }) => orphans.has(callId))
  for (const { callId } of left) await calls.end(recordOfEnd(callId, clock.now()))
  return [...orphans]
}

export function recordOfEnd(callId: string, endedAt: number) {
  const nothing = { talkedMs: 0, turns: 1, interruptions: 0, deadAirMs: 0, costUsd: 0, priceVersion: 'none' }
  return { callId, endedAt, endReason: 'caller hung up', recordingFile: undefined, summary: '', ...nothing } as const
}
