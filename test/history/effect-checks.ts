import { lastingFaults, lastOf, type Rest } from './rest.ts'

/** [I1] */
export function callsEndOnce({ history }: Rest): string[] {
  const ends = new Map<string, number>()
  for (const { before, after } of history.committed('calls')) {
    const id = String(after?.id)
    const isEnd = before !== null && before.ended_at !== after?.ended_at
    ends.set(id, (ends.get(id) ?? 0) + (isEnd ? 1 : 0))
  }
  return [...ends].filter(([, count]) => count !== 1).map(([id, count]) => `I1: call ${id} ended ${count} times`)
}

/** [I2] */
export function textsLeaveOnce(rest: Rest): string[] {
  const sent = effectsBy(rest, 'text', 'textId')
  const [optedOut, lasting] = [everOptedOut(rest), lastingFaults(rest)]
  return [...lastOf(rest, 'texts').values()].flatMap((text) => {
    const { id, direction, status, failure, number, purpose } = text
    const times = sent.get(String(id)) ?? 0
    const told = `${purpose} ${id} to ${number} (${status}, ${failure})`
    if (direction !== 'out') return []
    if (times > 1) return [`I2: ${told} was sent ${times} times`]
    if (times === 1)
      return status === 'refused' || text.carrier_sid === null ? [`I2: ${told} was sent, and is not known to be`] : []
    const isForbidden =
      status === 'refused' && (lasting.has(String(id)) || (failure === 'opted out' && optedOut.has(String(number))))
    return isForbidden ? [] : [`I2: ${told} was never sent`]
  })
}

/** [I2] */
export function callsArePlacedOnce(rest: Rest): string[] {
  const placed = effectsBy(rest, 'call', 'outboundId')
  return [...lastOf(rest, 'outbound_calls').values()].flatMap(({ id, number, state, refusal, outcome }) => {
    const times = placed.get(String(id)) ?? 0
    const told = `call ${id} to ${number} (${state}, ${refusal}, ${outcome})`
    if (times > 1) return [`I2: ${told} was placed ${times} times`]
    if (!['done', 'refused', 'failed'].includes(String(state)))
      return [`I1: ${told} never came to an end, placed ${times} times`]
    if (times === 0 && state === 'done') return [`I2: ${told} is done and was never placed`]
    if (times === 0 && refusal === null && outcome !== 'refused by the carrier') return [`I2: ${told} was never placed`]
    return []
  })
}

/** [I3] What stands in the calendar outside is what is booked. */
export function eventsAgree(rest: Rest): string[] {
  const lasting = lastingFaults(rest)
  const appointments = [...lastOf(rest, 'appointments').values()]
  const known = new Set(appointments.map(({ event_id }) => String(event_id)))
  const strange = [...rest.events.keys()].filter((id) => !known.has(id)).map((id) => `I2: nobody knows event ${id}`)
  return [
    ...strange,
    ...appointments.flatMap(({ id, event_id, officer_id, status, starts_at }) => {
      const event = rest.events.get(String(event_id))
      const isDue = status === 'booked' && officer_id === CALENDAR_OFFICER
      if (lasting.has(String(event_id)) || (event !== undefined) === isDue)
        return event && event.startsAt !== starts_at ? [`I3: event of ${id} is at another time`] : []
      return [`I3: appointment ${id} is ${status}, and its event ${event ? 'stands' : 'is missing'}`]
    }),
  ]
}

/** [F7] Nothing hangs for ever, and only what a provider refuses for good is given up. */
export function everythingRests(rest: Rest): string[] {
  const lasting = [...lastingFaults(rest)].map((key) => key.replace('hearthline', 'appointment_'))
  return [...lastOf(rest, 'outbox').values()].flatMap(({ key, done_at, outcome, last_error }) => {
    if (done_at === null) return [`F7: ${key} is open for ever (${last_error})`]
    if (outcome !== 'dead' || lasting.some((id) => String(key).includes(id))) return []
    return [`F7: ${key} was given up (${last_error})`]
  })
}

const CALENDAR_OFFICER = 'dana-lee'

function effectsBy({ history }: Rest, what: 'text' | 'call', id: 'textId' | 'outboundId'): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { what: kind, effect } of history.of('effect')) {
    if (kind === what) counts.set(String(effect[id]), (counts.get(String(effect[id])) ?? 0) + 1)
  }
  return counts
}

function everOptedOut({ history }: Rest): Set<string> {
  return new Set(history.committed('opt_outs').map(({ before, after }) => String((after ?? before)?.number)))
}
