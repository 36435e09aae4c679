import { describe, expect, it } from 'vitest'
import type { ModelScript } from '../../../src/simulator/model/model-script.ts'
import { RECEPTIONIST_SCRIPT } from '../../../src/simulator/model/receptionist-script.ts'
import { RememberedTalk } from '../../../src/simulator/model/remembered-talk.ts'
import { ScriptedModel } from '../../../src/simulator/model/scripted-model.ts'
import { script } from '../wire-client.ts'

const APPOINTMENT_TOOLS =
  'find_times hold_time book_time my_appointments change_appointment cancel_appointment request_call_back stop_contacting send_text connect_extension'
const TOOLS = ['take_message', 'answer_question', 'end_call', ...APPOINTMENT_TOOLS.split(' ')]

/** A talk as the conversational services remember it. */
class Talk {
  readonly #talk = new RememberedTalk()
  readonly #model: ScriptedModel
  readonly #toolNames: readonly string[]
  #asked = ''

  constructor(rules: ModelScript = RECEPTIONIST_SCRIPT, toolNames: readonly string[] = TOOLS) {
    this.#model = new ScriptedModel(rules)
    this.#toolNames = toolNames
  }

  hears(words: string, instructions = ''): string {
    this.#talk.remember({ by: 'caller', words })
    return this.#answers(instructions)
  }

  learns(result: object): string {
    this.#talk.remember({ by: 'result', words: JSON.stringify(result), tool: this.#asked })
    return this.#answers('')
  }

  #answers(instructions: string): string {
    const { say, calls } = this.#model.answer(this.#talk.situation({ instructions, toolNames: this.#toolNames }))
    if (say !== undefined) this.#talk.remember({ by: 'agent', words: say })
    for (const call of calls) {
      this.#asked = call.name
      this.#talk.remember({ by: 'call', words: call.arguments, tool: call.name })
    }
    return say ?? calls.map((call) => `${call.name} ${call.arguments}`).join()
  }
}

const TUESDAY = { slot_id: 's1', when: 'Tuesday, December 1 at 3 PM Eastern', officer: 'Dana Lee' }
const WEDNESDAY = { slot_id: 's2', when: 'Wednesday, December 2 at 9 AM Eastern', officer: 'Dana Lee' }
const MINE = { appointment_id: 'a1', when: 'Monday, November 30 at 10 AM Eastern', officer: 'Dana Lee' }
const READ_BACK = { held: true, slot_id: 's2', read_back: `${WEDNESDAY.when} with Dana Lee` }

describe('placeholders', () => {
  it('lead into what a tool gave, also long ago, and leave out what is not there', () => {
    const rules = script(
      { when: { toolReturned: 'find_times' }, say: '{result.slots.1.when} or {result.slots.0.when}?' },
      {
        when: { callerSays: '/second(?<day> day)?/' },
        call: { name: 'hold_time', arguments: { slot_id: '{find_times.slots.1.slot_id}', day: '{day}', not: ['{x}'] } },
      },
      { call: { name: 'find_times' } },
    )
    const talk = new Talk(rules)
    talk.hears('Hello.')
    expect(talk.learns({ slots: [{ when: 'A' }, { when: 'B', slot_id: 's2' }] })).toBe('B or A?')
    expect(talk.hears('The second.')).toBe('hold_time {"slot_id":"s2","not":[]}')
  })

  it('take the latest of several results of one tool', () => {
    const again = { when: { callerSays: 'again' }, call: { name: 'find_times' } }
    const talk = new Talk(script(again, { when: { toolReturned: 'find_times' }, say: '{find_times.at}' }))
    talk.hears('again')
    talk.learns({ at: 'ten' })
    talk.hears('again')
    expect(talk.learns({ at: 'eleven' })).toBe('eleven')
  })
})

describe('the receptionist makes appointments', () => {
  function offered() {
    const talk = new Talk()
    expect(talk.hears("I'd like to make an appointment for Tuesday afternoon.")).toBe(
      'find_times {"day":"Tuesday","part_of_day":"afternoon"}',
    )
    expect(talk.learns({ slots: [TUESDAY, WEDNESDAY] })).toBe(
      `I have ${TUESDAY.when} with Dana Lee, or ${WEDNESDAY.when}. Which one suits you better?`,
    )
    return talk
  }

  it('offers two, holds the chosen one, reads it back and books it on a yes', () => {
    const talk = offered()
    expect(talk.hears('The second one, please.')).toBe('hold_time {"slot_id":"s2"}')
    expect(talk.learns(READ_BACK)).toBe(`That is ${WEDNESDAY.when} with Dana Lee. Shall I book it?`)
    expect(talk.hears('Yes.')).toBe('book_time {"slot_id":"s2"}')
    expect(talk.learns({ booked: true, ...WEDNESDAY })).toContain(`You are booked for ${WEDNESDAY.when}`)
  })

  it('never says booked while it is being confirmed, nor when the caller says no', () => {
    const talk = offered()
    talk.hears('The second one.')
    talk.learns(READ_BACK)
    expect(talk.hears('No, that is not right.')).toContain('I leave it as it is')
    talk.hears('I want an appointment.')
    talk.learns({ slots: [TUESDAY, WEDNESDAY] })
    talk.hears('The first.')
    talk.learns(READ_BACK)
    talk.hears('Yes.')
    expect(talk.learns({ booked: false, reason: 'confirming', say: 'I have noted it.' })).not.toContain('booked')
  })

  it('offers others when the time was taken, and holds one of those', () => {
    const talk = offered()
    talk.hears('The first one.')
    const next = [WEDNESDAY, { ...TUESDAY, slot_id: 's3', when: 'Friday' }]
    expect(talk.learns({ held: false, reason: 'taken', next })).toBe(
      `That time was just taken. There is ${WEDNESDAY.when}, or Friday. Which one suits you better?`,
    )
    expect(talk.hears('The second one.')).toBe('hold_time {"slot_id":"s3"}')
  })

  it('looks for others when neither suits', () => {
    expect(offered().hears('Neither works for me.')).toBe('find_times {"turned_down":["s1","s2"]}')
  })

  it('asks what it is told to ask, and goes on with the answer', () => {
    const talk = new Talk()
    talk.hears('Can I book a time?')
    expect(talk.learns({ slots: [], ask: 'In which state is the property?' })).toContain('In which state')
    expect(talk.hears('In New Mexico.')).toBe('find_times {"state":"New Mexico"}')
  })

  it('moves one: the new time is held in its place', () => {
    const talk = new Talk()
    expect(talk.hears('I need to move my appointment.')).toBe('my_appointments {}')
    expect(talk.learns({ appointments: [MINE] })).toContain('To which day may I move it?')
    expect(talk.hears('To Wednesday morning.')).toBe('find_times {"day":"Wednesday","part_of_day":"morning"}')
    expect(talk.learns({ slots: [TUESDAY, WEDNESDAY] })).toContain('To move it, I have')
    expect(talk.hears('The second one.')).toBe('hold_time {"slot_id":"s2","appointment_id":"a1"}')
    expect(talk.learns(READ_BACK)).toContain('Shall I move it there?')
    expect(talk.hears('Yes, please.')).toBe('change_appointment {"appointment_id":"a1","slot_id":"s2"}')
    expect(talk.learns({ moved: true, ...WEDNESDAY })).toContain('It is moved to Wednesday')
  })

  it('cancels one after asking, tells when it is, and finds none', () => {
    const talk = new Talk()
    talk.hears('Please cancel my appointment.')
    expect(talk.learns({ appointments: [MINE] })).toContain('Shall I cancel it?')
    expect(talk.hears('Yes.')).toBe('cancel_appointment {"appointment_id":"a1"}')
    expect(talk.learns({ cancelled: true, when: MINE.when })).toContain('is cancelled')
    talk.hears('When is my appointment?')
    expect(talk.learns({ appointments: [MINE] })).toContain(`You have ${MINE.when}`)
    talk.hears('When is my appointment?')
    expect(talk.learns({ appointments: [] })).toContain('I find no appointment')
  })
})

describe('the receptionist reaches people', () => {
  it.each([
    ['Please call me back tomorrow at 3 PM about my loan.', /^request_call_back .*"when":"tomorrow at 3 PM"/],
    ['Stop calling me!', /^stop_contacting/],
    ['Can you text me the list?', /^send_text/],
    ['Put me through to loan servicing.', /^connect_extension .*servicing/],
    ['Can someone call me back?', /What is your name/],
  ])('%s', (words, does) => {
    expect(new Talk().hears(words)).toMatch(does)
  })

  it('says the sentence of the opt-out word for word', () => {
    const talk = new Talk()
    talk.hears('Stop calling me.')
    expect(talk.learns({ stopped: true, say_exactly: 'Done for good.' })).toMatch(/^Done for good\./)
  })

  it('offers a time when nobody was free for a caller who wants a person', () => {
    const talk = new Talk()
    const nobody = 'No loan officer could take the call just now, and you have said so.'
    expect(talk.hears('I want to speak to a person.', nobody)).toContain('book a time with a loan officer')
    expect(talk.hears('Book a time, please.')).toBe('find_times {}')
  })

  it('takes a message where there are no such tools', () => {
    const talk = new Talk(RECEPTIONIST_SCRIPT, ['take_message', 'end_call'])
    expect(talk.hears('Please call me back tomorrow.')).toContain('What is your name, please?')
  })
})
