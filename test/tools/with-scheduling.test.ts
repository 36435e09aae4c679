import { expect, it } from 'vitest'
import { createBookTime } from '../../src/tools/book-time.ts'
import { createCancelAppointment } from '../../src/tools/cancel-appointment.ts'
import { createChangeAppointment } from '../../src/tools/change-appointment.ts'
import { createFindTimes } from '../../src/tools/find-times.ts'
import { createHoldTime } from '../../src/tools/hold-time.ts'
import { createMyAppointments } from '../../src/tools/my-appointments.ts'
import { ADA, BEN, openDesk } from '../business/scheduling/scheduling-desk.ts'
import { newSqlitePlace } from '../fakes/databases.ts'
import { contextOf } from './tool-context.ts'

/** One call that uses the tools on a real database: what they give is what it knows. */
async function openCall(callId: string, callerNumber: string, desk?: Awaited<ReturnType<typeof openDesk>>) {
  const office = desk ?? (await openDesk(newSqlitePlace()))
  const { scheduling, parts } = office
  const times = scheduling
  const texts = { reaches: async () => true }
  const tools = [
    createFindTimes({ times, clock: parts.clock, officeZone: 'America/New_York' }),
    createHoldTime(times),
    createBookTime({ times, texts }),
    createMyAppointments(times),
    createChangeAppointment({ times, texts }),
    createCancelAppointment(times),
  ]
  let replies = ''
  const call = async (name: string, turn: number, args: object = {}) => {
    const tool = tools.find((one) => one.name === name)
    if (!tool) throw new Error(`there is no tool ${name}`)
    const turnGiven = (id: string) => (replies.includes(`"${id}"`) ? turn - 1 : undefined)
    const context = contextOf({ callId, callerNumber, turn, turnGiven })
    const { reply } = await tool.run(tool.arguments.parse(args) as never, context)
    replies += JSON.stringify(reply)
    // biome-ignore lint/suspicious/noExplicitAny: a reply is whatever the model is told.
    return reply as any
  }
  return { office, call }
}

it('[S12] a caller finds, holds, confirms, moves and cancels an appointment', async () => {
  const { office, call } = await openCall('call_ada', ADA)
  await using _office = office
  const { slots } = await call('find_times', 1)
  expect(slots).toHaveLength(2)
  const [first, second] = slots
  expect(await call('book_time', 2, { slot_id: first.slot_id })).toMatchObject({ booked: false, reason: 'no hold' })
  const held = await call('hold_time', 2, { slot_id: first.slot_id, name: 'Ada' })
  expect(held).toMatchObject({ held: true, read_back: `${first.when} with ${first.officer}` })
  expect(await call('book_time', 2, { slot_id: first.slot_id })).toMatchObject({ reason: 'not confirmed' })
  expect(await call('book_time', 3, { slot_id: first.slot_id })).toMatchObject({ booked: true, when: first.when })

  const { appointments } = await call('my_appointments', 4)
  expect(appointments).toMatchObject([{ when: first.when, status: 'booked' }])
  const [{ appointment_id }] = appointments
  await call('hold_time', 5, { slot_id: second.slot_id, appointment_id })
  const moved = await call('change_appointment', 6, { appointment_id, slot_id: second.slot_id })
  expect(moved).toMatchObject({ moved: true, when: second.when })
  const now = (await call('my_appointments', 7)).appointments
  expect(now).toMatchObject([{ when: second.when }])
  const cancelled = await call('cancel_appointment', 8, { appointment_id: now[0].appointment_id })
  expect(cancelled).toMatchObject({ cancelled: true, when: second.when })
  expect((await call('my_appointments', 9)).appointments).toEqual([])
})

it('[F13] the second of two callers who want one time is offered two others', async () => {
  const ada = await openCall('call_ada', ADA)
  await using office = ada.office
  const ben = await openCall('call_ben', BEN, office)
  const dana = { officer_id: 'dana-lee' }
  const [{ slot_id }] = (await ada.call('find_times', 1, dana)).slots
  await ben.call('find_times', 1, dana)
  expect(await ada.call('hold_time', 2, { slot_id })).toMatchObject({ held: true })
  const refused = await ben.call('hold_time', 2, { slot_id })
  expect(refused).toMatchObject({ held: false, reason: 'taken' })
  expect(refused.next).toHaveLength(2)
  expect(await ben.call('hold_time', 3, { slot_id: refused.next[0].slot_id })).toMatchObject({ held: true })
})
