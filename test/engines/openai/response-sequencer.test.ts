import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ResponseSequencer } from '../../../src/engines/openai/response-sequencer.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

function startSequencer() {
  const clock = new FakeClock()
  const sent: string[] = []
  const sequencer = new ResponseSequencer({
    clock,
    create: (eventId, instructions) => sent.push(`create ${eventId}${instructions ? `: ${instructions}` : ''}`),
    cancel: (responseId) => sent.push(`cancel ${responseId}`),
    onUnanswered: () => sent.push('unanswered'),
  })
  return { clock, sent, sequencer }
}

const failed = (code: string, rest: { eventId?: string; param?: string } = {}) => ({
  code,
  eventId: rest.eventId,
  param: rest.param,
})

describe('asking', () => {
  it('asks at once when nothing runs', () => {
    const { sequencer, sent } = startSequencer()
    sequencer.request('say hello')
    expect(sent).toEqual(['create answer_1: say hello'])
  })

  it('waits for the end of a running response, and makes one of several requests', () => {
    const { sequencer, sent } = startSequencer()
    sequencer.request()
    sequencer.created('resp_1')
    sequencer.request('first')
    sequencer.request('second')
    sequencer.request()
    expect(sent).toEqual(['create answer_1'])
    sequencer.done('resp_1', 'asked for tools')
    expect(sent).toEqual(['create answer_1', 'create answer_2: second'])
  })

  it('waits while a request is under way, so that a second tool result gets its own answer', () => {
    const { sequencer, sent } = startSequencer()
    sequencer.request()
    sequencer.contextGrew()
    sequencer.request()
    sequencer.created('resp_1')
    expect(sent).toEqual(['create answer_1'])
    sequencer.done('resp_1', 'spoke')
    expect(sent).toEqual(['create answer_1', 'create answer_2'])
  })

  it('is not moved by the end of some other response', () => {
    const { sequencer, sent } = startSequencer()
    sequencer.request()
    sequencer.created('resp_1')
    sequencer.request()
    sequencer.done('resp_0', 'spoke')
    expect(sent).toEqual(['create answer_1'])
  })

  it('gives up a request without a reply after 5 s, says so, and sends what waited', () => {
    const { clock, sequencer, sent } = startSequencer()
    sequencer.request()
    sequencer.request('later')
    clock.advance(4_999)
    expect(sent).toEqual(['create answer_1'])
    clock.advance(1)
    expect(sent).toEqual(['create answer_1', 'unanswered', 'create answer_2: later'])
  })

  it('leaves no timer behind when it is disposed of', () => {
    const { clock, sequencer, sent } = startSequencer()
    sequencer.request()
    sequencer[Symbol.dispose]()
    expect(clock.timers).toBe(0)
    clock.advance(10_000)
    expect(sent).toEqual(['create answer_1'])
  })
})

describe('stopping', () => {
  it('cancels a running response by its id, once, and silences it', () => {
    const { sequencer, sent } = startSequencer()
    sequencer.request()
    sequencer.created('resp_1')
    expect(sequencer.isSilenced('resp_1')).toBe(false)
    sequencer.interrupt()
    sequencer.interrupt()
    expect(sent).toEqual(['create answer_1', 'cancel resp_1'])
    expect(sequencer.isSilenced('resp_1')).toBe(true)
  })

  it('sends no cancel when the server has heard speech and cancels by itself', () => {
    const { sequencer, sent } = startSequencer()
    sequencer.request()
    sequencer.created('resp_1')
    sequencer.callerSpoke()
    sequencer.interrupt()
    expect(sent).toEqual(['create answer_1'])
    expect(sequencer.isSilenced('resp_1')).toBe(true)
  })

  it('remembers a stop before the response exists, and cancels it when it appears', () => {
    const { sequencer, sent } = startSequencer()
    sequencer.request()
    sequencer.callerSpoke()
    sequencer.interrupt()
    expect(sent).toEqual(['create answer_1'])
    sequencer.created('resp_1')
    expect(sent).toEqual(['create answer_1', 'cancel resp_1'])
    expect(sequencer.isSilenced('resp_1')).toBe(true)
  })

  it('stops what was asked before it and nothing asked after it', () => {
    const { sequencer, sent } = startSequencer()
    sequencer.request()
    sequencer.created('resp_1')
    sequencer.request('dropped')
    sequencer.interrupt()
    sequencer.request('kept')
    sequencer.done('resp_1', 'cancelled')
    sequencer.created('resp_2')
    expect(sent).toEqual(['create answer_1', 'cancel resp_1', 'create answer_2: kept'])
    expect(sequencer.isSilenced('resp_2')).toBe(false)
  })

  it('keeps a response silenced after its end, for audio that arrives late', () => {
    const { sequencer } = startSequencer()
    sequencer.request()
    sequencer.created('resp_1')
    sequencer.interrupt()
    sequencer.done('resp_1', 'cancelled')
    expect(sequencer.isSilenced('resp_1')).toBe(true)
  })

  it('says nothing about a given-up request that was stopped anyway', () => {
    const { clock, sequencer, sent } = startSequencer()
    sequencer.request()
    sequencer.interrupt()
    clock.advance(5_000)
    expect(sent).toEqual(['create answer_1'])
  })
})

describe('errors', () => {
  it('takes a cancel that came too late for what it is', () => {
    const { sequencer } = startSequencer()
    expect(sequencer.absorb(failed('response_cancel_not_active'))).toBe(true)
  })

  it('does not ask again when a response was in the way: that response is the answer', () => {
    const { sequencer, sent } = startSequencer()
    sequencer.request()
    expect(sequencer.absorb(failed('conversation_already_has_active_response'))).toBe(true)
    sequencer.created('resp_1')
    sequencer.done('resp_1', 'spoke')
    expect(sent).toEqual(['create answer_1'])
  })

  it.each([
    ['by its event id', { eventId: 'answer_1' }],
    ['by the field it is about when the event id is missing', { param: 'response.instructions' }],
  ])('recognises a refused request %s and sends what waited', (_how, rest) => {
    const { clock, sequencer, sent } = startSequencer()
    sequencer.request('bad')
    sequencer.request('good')
    expect(sequencer.absorb(failed('invalid_value', rest))).toBe(false)
    expect(sent).toEqual(['create answer_1: bad', 'create answer_2: good'])
    expect(clock.timers).toBe(1)
  })

  it('leaves a request alone when an error is about something else', () => {
    const { sequencer, sent } = startSequencer()
    sequencer.request()
    sequencer.request()
    expect(sequencer.absorb(failed('invalid_value', { param: 'session.voice' }))).toBe(false)
    expect(sequencer.absorb(failed('invalid_value', { eventId: 'event_of_another' }))).toBe(false)
    expect(sent).toEqual(['create answer_1'])
  })
})

describe('a server that answers without being asked', () => {
  it('satisfies a request that is under way', () => {
    const { sequencer, sent } = startSequencer()
    sequencer.request()
    sequencer.created('resp_of_its_own')
    sequencer.done('resp_of_its_own', 'spoke')
    expect(sent).toEqual(['create answer_1'])
  })

  it.each([['while it runs'], ['after it ended']])('satisfies the next request, %s', (when) => {
    const { sequencer, sent } = startSequencer()
    sequencer.created('resp_1')
    if (when === 'after it ended') sequencer.done('resp_1', 'spoke')
    sequencer.request()
    expect(sent).toEqual([])
    sequencer.request()
    if (when === 'while it runs') sequencer.done('resp_1', 'spoke')
    expect(sent).toEqual(['create answer_1'])
  })

  it.each<[string, (sequencer: ResponseSequencer) => void]>([
    ['a tool result has come since', (sequencer) => sequencer.contextGrew()],
    ['the caller has spoken since', (sequencer) => sequencer.callerSpoke()],
    ['it was stopped', (sequencer) => sequencer.interrupt()],
  ])('does not count as the answer when %s', (_what, happen) => {
    const { sequencer, sent } = startSequencer()
    sequencer.created('resp_1')
    happen(sequencer)
    sequencer.request()
    sequencer.done('resp_1', 'spoke')
    expect(sent).toContain('create answer_1')
  })

  it('does not count as the answer when it failed', () => {
    const { sequencer, sent } = startSequencer()
    sequencer.created('resp_1')
    sequencer.done('resp_1', 'failed')
    sequencer.request()
    expect(sent).toEqual(['create answer_1'])
  })

  it('is not taken for an answer with instructions of its own', () => {
    const { sequencer, sent } = startSequencer()
    sequencer.created('resp_1')
    sequencer.request('say exactly this')
    sequencer.done('resp_1', 'spoke')
    expect(sent).toEqual(['create answer_1: say exactly this'])
  })
})

it('never has two creates under way, and cancels only what runs, in any order of events', () => {
  const happening = fc.constantFrom('request', 'interrupt', 'speech', 'created', 'done', 'context', 'wait')
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (script) => {
      const { clock, sequencer, sent } = startSequencer()
      let created = 0
      let running: string | undefined
      for (const step of script) {
        const sentBefore = sent.length
        const wasRunning = running
        if (step === 'request') sequencer.request()
        if (step === 'interrupt') sequencer.interrupt()
        if (step === 'speech') sequencer.callerSpoke()
        if (step === 'context') sequencer.contextGrew()
        if (step === 'wait') clock.advance(1_000)
        if (step === 'created' && !running) {
          created += 1
          running = `resp_${created}`
          sequencer.created(running)
        }
        if (step === 'done' && wasRunning) {
          running = undefined
          sequencer.done(wasRunning, 'spoke')
        }
        for (const message of sent.slice(sentBefore)) {
          if (message.startsWith('create')) expect(running).toBeUndefined()
          if (message.startsWith('cancel')) expect(message).toBe(`cancel ${running}`)
        }
        expect(clock.timers).toBeLessThanOrEqual(1)
      }
    }),
  )
})
