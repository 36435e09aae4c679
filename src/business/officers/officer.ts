import type { WeeklyHours } from '../../config/officers-schema.ts'

/** A licensed loan officer, as `officers.yaml` or the office describes them. */
export interface Officer {
  /** What the model and the ledger call them: `dana-lee`. Never changes. */
  readonly id: string
  readonly name: string
  /** Their own NMLS id, said at a transfer (RELIABILITY C16). */
  readonly nmlsId: string | undefined
  /** E.164; rung for transfers. */
  readonly phone: string
  readonly email: string | undefined
  /** US states they are licensed in, as `TX`. */
  readonly licences: readonly string[]
  /** Tags of languages they speak, as `es`. */
  readonly languages: readonly string[]
  readonly loanTypes: readonly string[]
  /** In the outside calendar; undefined: their time is only what we booked. */
  readonly calendarId: string | undefined
  /** In their own zone; undefined: those of the office. */
  readonly hours: WeeklyHours | undefined
  readonly timeZone: string | undefined
  /** Transfers and appointments of one day, together. */
  readonly dailyCapacity: number
}

export type Presence = 'here' | 'away'
