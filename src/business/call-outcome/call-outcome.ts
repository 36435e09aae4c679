import type { EndReason } from '../../call/facts.ts'
import type { AppointmentStatus } from '../scheduling/appointments.ts'
import type { TaskKind } from '../tasks.ts'

/** What came of a call, in a form a CRM can take. Times are epoch ms, officers are named by id. */
export interface CallOutcome {
  readonly disposition: Disposition
  /** The most that was reached. */
  readonly reached: 'officer' | 'message' | 'agent' | 'nobody'
  readonly direction: 'in' | 'out'
  readonly endReason: EndReason
  readonly talkedMs: number
  /** What they wanted, as the listeners named it: `refinance`. */
  readonly intent?: string
  /** BCP 47 tag they were spoken to in. */
  readonly language: string
  /** 0 calm to 1 at the end of their patience; absent where nothing was said. */
  readonly mood?: { readonly worst: number; readonly last: number; readonly trend: MoodTrend }
  readonly facts: readonly OutcomeFact[]
  readonly appointment?: {
    readonly id: string
    readonly status: AppointmentStatus
    readonly startsAt: number
    readonly timeZone: string
    readonly officerId: string
  }
  /** The last one. `talkedMs` is known once officer and caller have parted. */
  readonly transfer?: { readonly outcome: TransferEnd; readonly officerId?: string; readonly talkedMs?: number }
  readonly messages: readonly { readonly id: string; readonly urgency: string }[]
  readonly texts: readonly { readonly id: string; readonly purpose: string; readonly status: string }[]
  readonly optedOut: boolean
  /** What somebody of the office owes them because of this call. */
  readonly promises: readonly {
    readonly taskId: string
    readonly kind: TaskKind
    readonly dueAt: number
    readonly officerId?: string
  }[]
  /** Why somebody should see to it, where nobody has it to do yet. */
  readonly followUp?: FollowUp
}

export type Disposition =
  | 'appointment booked'
  | 'transferred'
  | 'message taken'
  | 'call back promised'
  | 'question answered'
  | 'robocall'
  /** They rang, and were gone before anybody served them. */
  | 'abandoned'
  | 'opted out'
  | 'other'

/** `recovered`: it was bad, and good again at the end. */
export type MoodTrend = 'calm' | 'recovered' | 'frustrated'

/** `handed over`: the carrier dialled a person, and who picked up is not known. `interrupted`: it has no end. */
export type TransferEnd = 'bridged' | 'nobody free' | 'caller left' | 'called off' | 'handed over' | 'interrupted'

export type FollowUp =
  | 'they were not served'
  | 'nobody was free for them'
  | 'an appointment was left open'
  | 'they left annoyed'

export interface OutcomeFact {
  readonly key: string
  readonly value: string
  readonly confirmed: boolean
}

/** One thing said in a call, as it was heard. */
export interface SpokenLine {
  readonly by: 'caller' | 'agent'
  readonly text: string
}
