import { find } from '../../src/simulator/model/model-script.ts'
import type { Evidence } from './evidence.ts'
import { type Expected, isCount, shorten, timesText } from './matching.ts'
import type { Verdict } from './verdicts.ts'

/** An appointment of the caller's. */
export function checkAppointment(
  { status, with: officer, times }: Expected<'appointment'>,
  { appointments }: Pick<Evidence, 'appointments'>,
): Verdict {
  const told = appointments.map(({ officerId, officerName, ...rest }) => ({
    ...{ ...rest, officer: [officerId, officerName].join(' ').trim() },
  }))
  const matching = told.filter(
    (kept) => kept.status === status && (officer === undefined || find(officer, kept.officer)),
  )
  const found = told.map((kept) => `${kept.status} with ${kept.officer} at ${new Date(kept.startsAt).toISOString()}`)
  return {
    what: `appointment ${status}${officer === undefined ? '' : ` with ${officer}`}${timesText(times)}`,
    ok: isCount(matching.length, times),
    found: shorten(found.join(' | ')) || 'none',
  }
}

/** Something that is to be done for the caller. */
export function checkTask({ kind, times }: Expected<'task'>, { tasks }: Pick<Evidence, 'tasks'>): Verdict {
  const found = tasks.map((task) => `${task.kind}: ${task.note}`).join(' | ')
  return {
    what: `task ${kind}${timesText(times)}`,
    ok: isCount(tasks.filter((task) => task.kind === kind).length, times),
    found: shorten(found) || 'none',
  }
}

/** A call to them that we were to place. */
export function checkOutbound(
  { state, refusal, answeredBy, outcome, times }: Expected<'outbound'>,
  { outbound }: Pick<Evidence, 'outbound'>,
): Verdict {
  const isMeant = (wanted: string | undefined, found = '') => wanted === undefined || find(wanted, found) !== undefined
  const matching = outbound.filter(
    (call) =>
      call.state === state &&
      isMeant(refusal, call.refusal) &&
      isMeant(answeredBy, call.answeredBy) &&
      isMeant(outcome, call.outcome),
  )
  const tell = (call: Partial<Evidence['outbound'][number]>) =>
    [call.state, call.refusal, call.answeredBy, call.outcome].filter(Boolean).join(', ')
  return {
    what: `outbound ${tell({ state, refusal, answeredBy, outcome })}${timesText(times)}`,
    ok: isCount(matching.length, times),
    found: shorten(outbound.map(tell).join(' | ')) || 'none',
  }
}
