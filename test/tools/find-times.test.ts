import { describe, expect, it } from 'vitest'
import { createFindTimes, type TimeFinder, type TimesFound } from '../../src/tools/find-times.ts'
import { FakeClock } from '../fakes/fake-clock.ts'
import { answering, contextOf } from './tool-context.ts'

const SLOT = { id: 's1', officerId: 'dana-lee', officerName: 'Dana Lee', words: 'Tuesday, December 1 at 3 PM Eastern' }
const ASKS: TimesFound = {
  ask: 'time zone',
  zones: [
    { timeZone: 'America/Chicago', words: 'Central' },
    { timeZone: 'America/Denver', words: 'Mountain' },
  ],
}

function finder(...found: TimesFound[]) {
  const { ask, asked } = answering<Parameters<TimeFinder['offer']>, TimesFound>(...found)
  const clock = new FakeClock()
  const tool = createFindTimes({ times: { offer: ask }, clock, officeZone: 'America/New_York' })
  const wishes = () => asked.map(([wish]) => wish)
  const today = new Date(clock.now()).toLocaleDateString('sv', { timeZone: 'America/New_York' })
  return { tool, wishes, today }
}

describe('find_times', () => {
  it('gives the times with their ids, and says that nothing is booked', async () => {
    const { tool, wishes, today } = finder({ slots: [SLOT], asWished: true })
    const args = { day: 'today', part_of_day: 'afternoon' as const, state: 'Texas', turned_down: ['s0'] }
    const { reply } = await tool.run(args, contextOf())
    expect(reply).toMatchObject({
      slots: [{ slot_id: 's1', when: SLOT.words, officer: 'Dana Lee', officer_id: 'dana-lee' }],
      say: expect.stringContaining('Nothing is held or booked yet'),
    })
    expect(wishes()).toMatchObject([
      { callerNumber: '+12025550123', date: today, from: '12:00', until: '17:00', state: 'TX', except: ['s0'] },
    ])
  })

  it('says so when what is free is not when they asked', async () => {
    const { reply } = await finder({ slots: [SLOT], asWished: false }).tool.run({}, contextOf())
    expect(reply).toMatchObject({ as_wished: false, say: expect.stringContaining('Nothing is free when they asked') })
  })

  it('asks for the state where the zone of the caller is not sure', async () => {
    const { reply } = await finder(ASKS).tool.run({}, contextOf())
    expect(reply).toMatchObject({ slots: [], ask: 'In which state is the property?' })
  })

  it('asks for the zone where a state has two, and takes it only in the words it gave', async () => {
    const { tool, wishes } = finder(ASKS, ASKS, { slots: [SLOT], asWished: true })
    expect((await tool.run({ state: 'TX', time_zone: 'Moon' }, contextOf())).reply).toMatchObject({
      ask: expect.stringContaining('Central or Mountain'),
    })
    const { reply } = await tool.run({ state: 'TX', time_zone: 'mountain time' }, contextOf())
    expect(reply).toMatchObject({ slots: [{ slot_id: 's1' }] })
    expect(wishes().map(({ timeZone }) => timeZone)).toEqual([undefined, undefined, 'America/Denver'])
  })

  it('asks for a date when the day is no day, and looks for nothing', async () => {
    const { reply } = await finder().tool.run({ day: 'whenever the moon is full' }, contextOf())
    expect(reply).toMatchObject({ slots: [], ask: expect.stringContaining('Which day') })
  })

  it.each(['nobody', 'nothing free', 'calendar unreachable'] as const)('offers a message: %s', async (none) => {
    const { reply } = await finder({ none }).tool.run({}, contextOf())
    expect(reply).toMatchObject({ slots: [], none, say: expect.stringContaining('message') })
  })

  it.each([{ state: 'Bavaria' }, { part_of_day: 'night' }, { number: '+19005550100' }])('refuses %j', (args) => {
    expect(finder().tool.arguments.safeParse(args).success).toBe(false)
  })
})
