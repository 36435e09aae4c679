import { z } from 'zod'

/** What a client can ask, as the SDK names it. */
const OPERATIONS = [
  'token',
  'freebusy.query',
  'events.insert',
  'events.get',
  'events.list',
  'events.patch',
  'events.update',
  'events.delete',
] as const

export type Operation = (typeof OPERATIONS)[number]

/** Befalls the next requests of that kind (of any, without `of`), as many as `times` says; one unless set. */
const befalls = { of: z.enum(OPERATIONS).optional(), times: z.int().min(1).optional() }

/** One way in which Google misbehaves, as data for scenarios. */
export const calendarFaultSchema = z.discriminatedUnion('fault', [
  /** `reason` as Google names it, such as `rateLimitExceeded` or `backendError`. */
  z.strictObject({
    ...befalls,
    fault: z.literal('refuse'),
    status: z
      .union([z.literal(400), z.literal(401), z.literal(403), z.literal(404), z.literal(429), z.literal(500)])
      .or(z.literal(503)),
    reason: z.string().min(1),
  }),
  /** No answer ever comes; before, nothing has happened, after commit, it has. */
  z.strictObject({ ...befalls, fault: z.literal('hang'), when: z.enum(['before commit', 'after commit']) }),
  /** Done, but the connection is destroyed instead of an answer. */
  z.strictObject({ ...befalls, fault: z.literal('lose answer') }),
  /** Done and answered so much later. */
  z.strictObject({ ...befalls, fault: z.literal('slow'), ms: z.int().min(0) }),
  /** Somebody else enters something over the same time, just before or after this is done. Of an insert or update. */
  z.strictObject({ ...befalls, fault: z.literal('foreign event'), when: z.enum(['before commit', 'after commit']) }),
])

export type CalendarFault = z.infer<typeof calendarFaultSchema>
type FaultName = CalendarFault['fault']
type FaultNamed<Name extends FaultName> = Extract<CalendarFault, { fault: Name }>

/** Faults that wait for their requests. */
export class WaitingFaults {
  /** In the order they befall. */
  #waiting: { readonly fault: CalendarFault; left: number }[] = []

  add(...faults: readonly CalendarFault[]): void {
    this.#waiting.push(...faults.map((fault) => ({ fault, left: fault.times ?? 1 })))
  }

  /** Everything goes well from now on. */
  clear(): void {
    this.#waiting = []
  }

  /** Takes one that befalls this request; undefined when there is none. */
  take<Name extends FaultName>(
    name: Name,
    operation: Operation,
    fits: (fault: FaultNamed<Name>) => boolean = () => true,
  ): FaultNamed<Name> | undefined {
    for (const entry of this.#waiting) {
      const { fault } = entry
      if (!isNamed(fault, name) || (fault.of ?? operation) !== operation || entry.left === 0 || !fits(fault)) continue
      entry.left -= 1
      return fault
    }
    return undefined
  }
}

function isNamed<Name extends FaultName>(fault: CalendarFault, name: Name): fault is FaultNamed<Name> {
  return fault.fault === name
}
