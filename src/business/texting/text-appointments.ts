import type { WishedTime } from './read-reply.ts'
import type { TextOption } from './text-offers.ts'

/**
 * What answers by text may do with appointments. Each may be asked twice for one text and must then do the same:
 * `key` names the text. Nobody but the owner of `number` is ever meant.
 */
export interface TextAppointments {
  /** Books a time that was held for them. */
  keepHold(ask: AskedByText): Promise<TextOutcome>
  /** Books one of the times they were offered. */
  choose(ask: AskedByText): Promise<TextOutcome>
  /** They will come. */
  confirm(ask: AskedByText): Promise<TextOutcome>
  /** Cancels the appointment, or lets the held time go. */
  cancel(ask: AskedByText): Promise<TextOutcome>
  /** Two times at most that suit the wish, or near it. */
  offer(ask: {
    readonly number: string
    readonly wish: WishedTime
    readonly language: string
    readonly key: string
  }): Promise<OfferedByText>
}

export interface AskedByText {
  /** E.164. */
  readonly number: string
  readonly option: TextOption
  readonly language: string
  readonly key: string
}

export type TextOutcome =
  /** `isTexted`: a text about it is on its way already, so no other is sent. */
  | { readonly done: true; readonly told: string; readonly isTexted: boolean }
  /** It is gone; these are to be had instead. */
  | ({ readonly done: false } & OfferedByText)

export interface OfferedByText {
  /** None: nothing is free. */
  readonly options: readonly TextOption[]
  /** Until when an answer counts, in epoch ms. */
  readonly expiresAt: number
}
