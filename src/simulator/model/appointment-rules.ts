import type { ModelScript } from './model-script.ts'

type Rules = readonly ({ when: ModelScript[number]['when'] } & (
  | { say: string }
  | { call: { name: string; arguments?: Record<string, unknown> } }
))[]

const YES = "/\\b(yes|yeah|yep|sure|correct|right|please do|do it|go ahead|ok(ay)?|that's it)\\b/i"
const SECOND = '/\\b(second|other one|later|last|latter)\\b/i'
const FIRST = '/\\b(first|earlier|former|that|this|yes|sure|fine|good|works?|take|(mon|tues|wednes|thurs|fri)day)\\b/i'
const NEITHER = '/\\b(neither|none|no|nope|not|another|different|something else)\\b/i'
const DAY = '\\b(?<day>today|tomorrow|(?:next )?(?:monday|tuesday|wednesday|thursday|friday|week))\\b'
const PART = '\\b(?<part>morning|afternoon|evening)\\b'
const TWO_SLOTS = '/"slots":\\[\\{[^\\]]+\\},\\{/'
const TWO_NEXT = '/"next":\\[\\{[^\\]]+\\},\\{/'

/** The caller chooses between what was offered in words that say which offer it was. */
function choiceOf(offer: string, slots: string, more: Record<string, string> = {}): Rules {
  const hold = (slot: number) => ({
    call: { name: 'hold_time', arguments: { slot_id: `{${slots}.${slot}.slot_id}`, ...more } },
  })
  const turnedDown = [`{${slots}.0.slot_id}`, `{${slots}.1.slot_id}`]
  return [
    {
      when: { agentSaid: offer, callerSays: NEITHER },
      call: { name: 'find_times', arguments: { turned_down: turnedDown } },
    },
    { when: { agentSaid: offer, callerSays: SECOND }, ...hold(1) },
    { when: { agentSaid: offer, callerSays: FIRST }, ...hold(0) },
  ]
}

/** What the model makes of what the tools of an appointment gave. */
const RESULTS: Rules = [
  {
    when: { toolReturned: 'find_times', resultIncludes: '"ask"' },
    say: '{result.ask}',
  },
  {
    when: { toolReturned: 'find_times', resultIncludes: TWO_SLOTS, agentSaid: 'To which day may I move it?' },
    say: 'To move it, I have {result.slots.0.when}, or {result.slots.1.when}. Which one suits you better?',
  },
  {
    when: { toolReturned: 'find_times', resultIncludes: TWO_SLOTS },
    say: 'I have {result.slots.0.when} with {result.slots.0.officer}, or {result.slots.1.when}. Which one suits you better?',
  },
  {
    when: { toolReturned: 'find_times', resultIncludes: '"slot_id"' },
    say: 'I have {result.slots.0.when} with {result.slots.0.officer}. Would that one suit you?',
  },
  {
    when: { toolReturned: 'find_times' },
    say: 'I see no free time just now. May I take a message for someone who can find one?',
  },
  {
    when: { toolReturned: 'hold_time', resultIncludes: '"held":true', agentSaid: 'To move it, I have' },
    say: 'That is {result.read_back}. Shall I move it there?',
  },
  {
    when: { toolReturned: 'hold_time', resultIncludes: '"held":true' },
    say: 'That is {result.read_back}. Shall I book it?',
  },
  {
    when: { toolReturned: 'hold_time', resultIncludes: TWO_NEXT },
    say: 'That time was just taken. There is {result.next.0.when}, or {result.next.1.when}. Which one suits you better?',
  },
  {
    when: { toolReturned: 'hold_time', resultIncludes: '"slot_id"' },
    say: 'That time was just taken. There is {result.next.0.when}. Would that one suit you?',
  },
  {
    when: { toolReturned: 'book_time', resultIncludes: '"booked":true' },
    say: 'You are booked for {result.when} with {result.officer}. Is there anything else I can help you with?',
  },
  { when: { toolReturned: 'book_time', resultIncludes: '"confirming"' }, say: '{result.say} Is there anything else?' },
  {
    when: { toolReturned: 'book_time', resultIncludes: TWO_NEXT },
    say: 'That time has just gone, I am sorry. There is {result.next.0.when}, or {result.next.1.when}. Which one suits you better?',
  },
  {
    when: { toolReturned: 'change_appointment', resultIncludes: '"moved":true' },
    say: 'It is moved to {result.when} with {result.officer}. Is there anything else I can help you with?',
  },
  {
    when: { toolReturned: 'change_appointment', resultIncludes: '"confirming"' },
    say: '{result.say} Is there anything else?',
  },
  {
    when: { toolReturned: 'my_appointments', resultIncludes: '"appointments":[]' },
    say: 'I find no appointment under the number you call from. Is there anything else I can help you with?',
  },
  {
    when: { toolReturned: 'my_appointments', callerHadSaid: '/cancel/i' },
    say: 'You have {result.appointments.0.when} with {result.appointments.0.officer}. Shall I cancel it?',
  },
  {
    when: { toolReturned: 'my_appointments', callerHadSaid: '/\\b(move|change|reschedule|another day)\\b/i' },
    say: 'You have {result.appointments.0.when} with {result.appointments.0.officer}. To which day may I move it?',
  },
  {
    when: { toolReturned: 'my_appointments' },
    say: 'You have {result.appointments.0.when} with {result.appointments.0.officer}. Is there anything else?',
  },
  {
    when: { toolReturned: 'cancel_appointment', resultIncludes: '"cancelled":true' },
    say: 'Your appointment on {result.when} is cancelled. Is there anything else I can help you with?',
  },
]

/** What the caller answers to what was told of a time. */
const ANSWERS: Rules = [
  {
    when: { agentSaid: '/Shall I (book it|move it there|cancel it)/', callerSays: NEITHER },
    say: 'All right, I leave it as it is. Is there anything else I can help you with?',
  },
  {
    when: { agentSaid: 'Shall I book it?', callerSays: YES },
    call: { name: 'book_time', arguments: { slot_id: '{hold_time.slot_id}' } },
  },
  {
    when: { agentSaid: 'Shall I move it there?', callerSays: YES },
    call: {
      name: 'change_appointment',
      arguments: {
        appointment_id: '{my_appointments.appointments.0.appointment_id}',
        slot_id: '{hold_time.slot_id}',
      },
    },
  },
  {
    when: { agentSaid: 'Shall I cancel it?', callerSays: YES },
    call: {
      name: 'cancel_appointment',
      arguments: { appointment_id: '{my_appointments.appointments.0.appointment_id}' },
    },
  },
  ...choiceOf('To move it, I have', 'find_times.slots', {
    appointment_id: '{my_appointments.appointments.0.appointment_id}',
  }),
  ...choiceOf('That time was just taken.', 'hold_time.next'),
  ...choiceOf('That time has just gone', 'book_time.next'),
  ...choiceOf('/I have .*(Which|Would that) one/', 'find_times.slots'),
  {
    when: { agentSaid: 'To which day may I move it?', callerSays: `/(?:.*${DAY})?(?:.*${PART})?/is` },
    call: { name: 'find_times', arguments: { day: '{day}', part_of_day: '{part}' } },
  },
  {
    when: { agentSaid: 'In which state', callerSays: '/(?<state>[A-Z][a-z]+(?: [A-Z][a-z]+)?)\\W*$/' },
    call: { name: 'find_times', arguments: { state: '{state}' } },
  },
  {
    when: { agentSaid: 'to hear times in', callerSays: '/\\b(?<zone>eastern|central|mountain|pacific)\\b/i' },
    call: { name: 'find_times', arguments: { time_zone: '{zone}' } },
  },
]

/** What callers ask for by themselves. */
const WISHES: Rules = [
  {
    when: { callerSays: '/\\b(move|change|reschedule|cancel|when is|when was)\\b.*\\bappointment\\b/i' },
    call: { name: 'my_appointments' },
  },
  {
    when: {
      callerSays: `/\\b(appointment|book a time|set up a (time|call)|schedule a (time|call))\\b(?:.*${DAY})?(?:.*${PART})?/is`,
    },
    call: { name: 'find_times', arguments: { day: '{day}', part_of_day: '{part}' } },
  },
]

/** The part of the receptionist that makes, moves and cancels appointments. Without the tools for it none of it plays. */
export const APPOINTMENT_RULES: Rules = [...RESULTS, ...ANSWERS, ...WISHES]
