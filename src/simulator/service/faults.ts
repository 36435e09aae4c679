import { z } from 'zod'

/** Without it the fault concerns every connection; counted from 1, refused ones included. */
const onConnection = {
  connection: z.int().min(1).optional(),
  /** Which service of a cascade it befalls; not set: the one that it fits best. */
  of: z.enum(['listener', 'thinker', 'speaker']).optional(),
}

/** When a connection breaks: so long after it opened, or once so much audio was sent; of a listener, was heard. */
const breaking = {
  ...onConnection,
  afterMs: z.int().min(0).optional(),
  afterAudioMs: z.int().min(0).optional(),
}

const eventType = z.string().min(1)

/** One way in which the service misbehaves, as data for scenarios. */
export const faultSchema = z.discriminatedUnion('fault', [
  z.strictObject({
    ...onConnection,
    fault: z.literal('refuse connection'),
    status: z.union([z.literal(401), z.literal(403), z.literal(429), z.literal(500), z.literal(503)]),
    retryAfterSeconds: z.number().min(0).optional(),
  }),
  /** The TCP connection is destroyed, without a close frame. */
  z.strictObject({ ...breaking, fault: z.literal('drop') }),
  /** The same, with half a message on the wire. */
  z.strictObject({ ...breaking, fault: z.literal('drop mid-message') }),
  /** Nothing more is sent, but pings are answered. */
  z.strictObject({ ...breaking, fault: z.literal('stall') }),
  /** Nothing more is sent or read, as after a network partition. */
  z.strictObject({ ...breaking, fault: z.literal('half-open') }),
  /** Added to the thinking time of each response. */
  z.strictObject({ ...onConnection, fault: z.literal('slow first audio'), ms: z.int().min(0) }),
  z.strictObject({ ...onConnection, fault: z.literal('late'), types: z.array(eventType), ms: z.int().min(0) }),
  z.strictObject({ ...onConnection, fault: z.literal('twice'), types: z.array(eventType) }),
  /** The `.done` events before each `response.done` come in another order. */
  z.strictObject({ ...onConnection, fault: z.literal('permuted tail'), seed: z.int().default(1) }),
  /** Half a JSON document is sent before each event of this type. */
  z.strictObject({ ...onConnection, fault: z.literal('malformed'), before: eventType }),
  /** An event of a type nobody has heard of is sent before each event of this type. */
  z.strictObject({ ...onConnection, fault: z.literal('unknown event'), before: eventType }),
  /** The n-th response of the connection fails (each, without n). */
  z.strictObject({
    ...onConnection,
    fault: z.literal('failed response'),
    code: z.string(),
    response: z.int().min(1).optional(),
    /** After half of the text, where a service streams text; otherwise instead of it. */
    midway: z.literal(true).optional(),
  }),
  /** Audio deltas of a cancelled response that still arrive after its `response.done`. */
  z.strictObject({ ...onConnection, fault: z.literal('late deltas'), count: z.int().min(1) }),
  /** Each function call is made twice in its response. */
  z.strictObject({ ...onConnection, fault: z.literal('duplicate call'), as: z.enum(['same id', 'new id']) }),
  /** The connection stays fine, but a listener hears nothing on it any more: silence without words. */
  z.strictObject({ ...onConnection, fault: z.literal('deaf'), afterMs: z.int().min(0).optional() }),
  /** The session ends as after 60 minutes, but earlier. */
  z.strictObject({ ...onConnection, fault: z.literal('early expiry'), afterMs: z.int().min(0) }),
])

export type Fault = z.infer<typeof faultSchema>
export type FaultName = Fault['fault']
export type FaultNamed<Name extends FaultName> = Extract<Fault, { fault: Name }>

/** Ways a connection can break for good. */
export type Breakage = 'drop' | 'drop mid-message' | 'stall' | 'half-open'

/** The faults of one connection. */
export class Faults {
  readonly #faults: readonly Fault[]

  constructor(faults: readonly Fault[], connection: number) {
    this.#faults = faults.filter((fault) => fault.connection === undefined || fault.connection === connection)
  }

  find<Name extends FaultName>(name: Name): FaultNamed<Name> | undefined {
    return this.all(name)[0]
  }

  all<Name extends FaultName>(name: Name): FaultNamed<Name>[] {
    return this.#faults.filter((fault): fault is FaultNamed<Name> => fault.fault === name)
  }

  get breakages(): FaultNamed<Breakage>[] {
    return this.#faults.filter((fault): fault is FaultNamed<Breakage> => isBreakage(fault))
  }
}

function isBreakage({ fault }: Fault): boolean {
  return fault === 'drop' || fault === 'drop mid-message' || fault === 'stall' || fault === 'half-open'
}
