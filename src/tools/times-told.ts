/** A time with an officer as a caller can be offered it. */
export interface OfferedTime {
  readonly id: string
  readonly officerId: string
  readonly officerName: string
  /** In the caller's language and zone: `Tuesday, December 1 at 3 PM Eastern`. */
  readonly words: string
}

/** Times as the model is told them. */
export function tellTimes(times: readonly OfferedTime[]) {
  return times.map(({ id, words, officerName, officerId }) => ({
    slot_id: id,
    when: words,
    officer: officerName,
    officer_id: officerId,
  }))
}

/** Why there is no appointment at a time, with what is to be said and done next. */
export interface TimeRefused {
  readonly reason: 'no such time' | 'taken' | 'enough' | 'nothing to move' | 'no hold' | 'not confirmed'
  readonly next: readonly OfferedTime[]
}

/** A refusal as the model is told it. */
export function tellRefusal({ reason, next }: TimeRefused) {
  const say = reason === 'taken' && next.length > 0 ? TAKEN : ADVICE[reason]
  return { reason, next: tellTimes(next), say }
}

const TAKEN = 'Say that this time was just taken, and offer those under next.'
const ADVICE: Readonly<Record<TimeRefused['reason'], string>> = {
  'no such time': 'That this time cannot be had any more. Look for others with find_times.',
  taken: 'That this time was just taken. Look for others with find_times, or offer a message.',
  enough: 'That they have as many appointments as can be made by telephone. Offer to move one, or a message.',
  'nothing to move': 'That there is no such appointment of theirs. Look with my_appointments.',
  'no hold': 'Nothing yet: hold the time with hold_time, read it back, and wait for their yes.',
  'not confirmed': 'Nothing is booked. Read the time back, ask whether it is right, and wait for what they say.',
}
