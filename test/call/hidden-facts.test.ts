import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CallFact, LedgerEntry } from '../../src/call/facts.ts'
import { createFactHider } from '../../src/call/hidden-facts.ts'
import { PrivateTalk } from '../../src/pipeline/privacy/private-talk.ts'

let call: Call

beforeEach(() => {
  call = new Call()
})

describe('what a caller says', () => {
  it.each([
    ['My social is 537 21 9468.', 'My social is [SSN].'],
    ['four one one one, one one one one, one one one one, double one one one', '[card]'],
    ['the account number is 88204491, I think', 'the account number is [account], I think'],
    ['my pin is nine three seven one', 'my pin is [PIN]'],
    ['I was born on May ninth nineteen seventy one', 'I was born on [date of birth]'],
    ['zelda dot quim at example dot com', '[email]'],
    ['call me on 415 555 0123', 'call me on [phone ..0123]'],
  ])('%s', (said, kept) => {
    expect(call.callerSays(said)).toBe(kept)
  })

  it('is hidden piece by piece once we asked for it, over nods of ours', () => {
    call.agentSays('What is your card number?')
    expect(call.callerSays('five five five five')).toBe('[card]')
    call.agentSays('Mm-hm.')
    expect(call.callerSays('three four one two')).toBe('[card]')
    expect(call.callerSays('1212')).toBe('[card]')
    call.agentSays('How much would you like to borrow?')
    expect(call.callerSays('350000')).toBe('350000')
  })

  it('is hidden when it is understood only after our answer to it began', () => {
    // A recogniser's words come when the answer to them has its own: four digits looked like the answer to that.
    call.agentSays('What are the last four of your social security number?')
    call.keep({ type: 'caller.started-speaking' })
    call.keep({ type: 'caller.stopped-speaking', turnId: 'late', endpointingMs: 500 })
    call.agentBegins('u-answer', 'Thank you very much, I will look that up for you in a moment.')
    expect(call.callerSays('it is four seven one nine', 'late')).toBe('it is [SSN]')
  })

  it('is hidden by the question it was said over, though only the beginning of that was heard', () => {
    call.agentBegins('u1', 'Could you read me the number on your card, please?')
    call.keep({ type: 'caller.started-speaking' })
    call.agentSpoke('u1', 'Could you read me the number on your card, please?', 'Could you read')
    expect(call.callerSays('five five five five')).toBe('[card]')
  })
})

describe('what the agent says', () => {
  beforeEach(() => {
    call.agentSays('What is your card number?')
    call.callerSays('4111 1111 1111 1111')
  })

  it('keeps no number that is read back, as its words grow', () => {
    const whole = 'So that is 4111 1111 1111 1111, right?'
    const kept = whole.split(' ').map((_, at, all) => call.agentWords('u1', all.slice(0, at + 1).join(' ')))
    expect(kept.filter((text) => /\d/.test(text))).toEqual([])
    expect(kept.at(-1)).toBe('So that is [card], right?')
  })

  it('keeps of what was heard a beginning of what was meant, wherever a number was cut', () => {
    const whole = 'I have 4111 1111 1111 1111 for the card and 415 555 0123 to call back, is that right?'
    for (let at = 0; at <= whole.length; at += 1) {
      const { text, heardText } = call.agentSpoke(`u${at}`, whole, whole.slice(0, at))
      expect(text.startsWith(heardText)).toBe(true)
      expect(heardText).not.toMatch(/\d{5}|\d{4} 1|415|\[[^\]]*$/)
      expect(heardText.length).toBeGreaterThanOrEqual(Math.min(at, 'I have'.length) - 1)
    }
    expect(call.agentSpoke('u-whole', whole, whole).heardText).toBe(
      'I have [card] for the card and [phone ..0123] to call back, is that right?',
    )
  })

  it('keeps no date of birth that is read back in one breath with the next question', () => {
    // The next question made us forget, between the words and the record of their having been heard, that we had it.
    call.agentSays('What is your date of birth?')
    call.callerSays('five nine seventy one')
    const readBack = 'Thank you, so I have May 9th, 1971, and that is all I need of you for now. And your email?'
    const kept = 'Thank you, so I have [date of birth], and that is all I need of you for now. And your email?'
    expect(call.agentWords('u1', readBack)).toBe(kept)
    expect(call.agentSpoke('u1', readBack, readBack)).toEqual({ text: kept, heardText: kept })
    expect(call.agentSpoke('u1', readBack, 'Thank you, so I have May 9th').heardText).toBe('Thank you, so I have')
  })
})

describe('tools and findings', () => {
  it('keep no private number of their texts, and the rest as it was', () => {
    const args = { name: 'Ann Lee', message: 'card 4111 1111 1111 1111, pin 9371', urgency: 'normal', slots: [1, 2.5] }
    const asked = call.keep({
      type: 'tool.requested',
      requestId: 'r1',
      name: 'take_message',
      argumentsJson: JSON.stringify(args),
    })
    expect(JSON.parse(asked.argumentsJson)).toEqual({ ...args, message: 'card [card], pin [PIN]' })
    const reply = { noted: false, reason: 'no such account 88204491', at: 1_727_793_000_000, next: null }
    const ended = call.keep({ ...TOOL_ENDED, reply })
    expect(ended.reply).toEqual({ ...reply, reason: 'no such account [account]' })
  })

  it('keep no private number in the name of a tool that a model made up', () => {
    const name = 'charge_card_4111 1111 1111 1111'
    const asked = call.keep({ type: 'tool.requested', requestId: 'r1', name, argumentsJson: '{}' })
    const ended = call.keep({ ...TOOL_ENDED, name, reply: {} })
    expect([asked.name, ended.name].join()).not.toMatch(/\d{4}/)
  })

  it('keep the last four digits of the number to call back', () => {
    const finding = { type: 'fact stated', key: 'call-back number', value: '+14155550123' } as const
    expect(call.keep({ type: 'finding.made', stage: 'facts', finding }).finding).toEqual({
      ...finding,
      value: '[phone ..0123]',
    })
  })

  it('keep wishes, scores and reasons', () => {
    const findings = [
      { type: 'fact stated', key: 'time wish', value: 'tomorrow at 10:30' },
      { type: 'mood judged', frustration: 0.123_456_789, cues: ['third time', 'curse'] },
      { type: 'private number said', kinds: ['SSN', 'CARD'] },
    ] as const
    for (const finding of findings)
      expect(call.keep({ type: 'finding.made', stage: 's', finding }).finding).toEqual(finding)
  })
})

describe('keys', () => {
  it('keep the first of those pressed in a row', () => {
    expect(call.keysKept('9371', 400)).toBe('9•••')
    call.passes(7_000)
    expect(call.keysKept('8820', 5_900)).toBe('8•••')
  })

  it('keep each that is pressed alone', () => {
    expect(call.keysKept('10', 6_000)).toBe('10')
  })
})

describe('everything else', () => {
  const calm = fc.array(
    fc.constantFrom(...'hello I need a refinance in Ohio, please: würde das gehen? “Sí”, [x] 😀'.split(' ')),
  )
  const anyText = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((text) => !/[\p{N}@]/u.test(text))
  const text = fc.oneof(
    calm.map((words) => words.join(' ')),
    anyText,
  )
  const json = fc.jsonValue({ maxDepth: 3, stringUnit: fc.constantFrom('a', 'é', '"', '\\', '\n', '😀', ' ') })
  const fact: fc.Arbitrary<CallFact> = fc.oneof(
    text.map((said): CallFact => ({ type: 'caller.said', turnId: 't', text: said })),
    text.map((said): CallFact => ({ type: 'agent.words', utteranceId: 'u', text: said })),
    fc.tuple(text, fc.nat()).map(([said, cut]): CallFact => spoke('u', said, said.slice(0, cut))),
    // A name such as `pin` asks for a number, which is hidden then.
    fc
      .dictionary(fc.constantFrom('reason', 'at', 'noted', 'x y', 'é'), json)
      .map((reply): CallFact => ({ ...TOOL_ENDED, reply: JSON.parse(JSON.stringify(reply)) })),
    fc.constantFrom<CallFact>(
      { type: 'caller.started-speaking' },
      { type: 'caller.stopped-speaking', turnId: 't', endpointingMs: 500 },
      { type: 'barge-in', utteranceIds: ['u'] },
      { type: 'call.handed-over', to: 'person', because: 'asked' },
    ),
  )

  it('is kept as it is', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 20 }), (facts) => {
        const fresh = new Call()
        expect(facts.map((one) => fresh.keep(one))).toEqual(facts)
      }),
    )
  })
})

const TOOL_ENDED = { type: 'tool.ended', requestId: 'r1', name: 'take_message', outcome: 'replied', tookMs: 5 } as const

function spoke(utteranceId: string, text: string, heardText: string): CallFact & { type: 'agent.spoke' } {
  const interrupted = heardText !== text
  return { type: 'agent.spoke', utteranceId, text, heardText, givenMs: 1_000, heardMs: 900, interrupted }
}

/** One call's facts, as they are kept. */
class Call {
  readonly #hide = createFactHider(new PrivateTalk(['+1 800 555 0199']))
  #seq = 0
  #atMs = 0

  keep<F extends CallFact>(fact: F): F {
    const entry: LedgerEntry = { seq: this.#seq++, atMs: this.#atMs, fact }
    const kept = this.#hide(entry)
    expect({ ...kept, fact: fact.type }).toEqual({ ...entry, fact: kept.fact.type })
    return kept.fact as F
  }

  passes(ms: number): void {
    this.#atMs += ms
  }

  callerSays(text: string, turnId = `t${this.#seq}`): string {
    return this.keep({ type: 'caller.said', turnId, text }).text
  }

  agentBegins(utteranceId: string, text: string): void {
    this.keep({ type: 'agent.speaking', utteranceId, queuedMs: 0 })
    this.agentWords(utteranceId, text)
  }

  agentWords(utteranceId: string, text: string): string {
    return this.keep({ type: 'agent.words', utteranceId, text }).text
  }

  agentSpoke(utteranceId: string, text: string, heard: string): { text: string; heardText: string } {
    const { text: kept, heardText } = this.keep(spoke(utteranceId, text, heard))
    return { text: kept, heardText }
  }

  agentSays(text: string): void {
    const utteranceId = `u${this.#seq}`
    this.agentBegins(utteranceId, text)
    this.agentSpoke(utteranceId, text, text)
  }

  keysKept(digits: string, apartMs: number): string {
    return Array.from(digits, (digit) => {
      this.passes(apartMs)
      return this.keep({ type: 'caller.pressed', digit }).digit
    }).join('')
  }
}
