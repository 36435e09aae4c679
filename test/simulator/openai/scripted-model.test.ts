import { describe, expect, it } from 'vitest'
import { modelScriptSchema } from '../../../src/simulator/model/model-script.ts'
import { RECEPTIONIST_SCRIPT } from '../../../src/simulator/model/receptionist-script.ts'
import { fixedSayings, ScriptedModel } from '../../../src/simulator/model/scripted-model.ts'
import type { ClientItem } from '../../../src/simulator/openai/client-event.ts'
import { Conversation } from '../../../src/simulator/openai/conversation.ts'
import { situationOf } from '../../../src/simulator/openai/situation.ts'
import { openClipCache } from '../../../src/simulator/speech/clip-cache.ts'
import { script } from '../wire-client.ts'

const TOOLS = ['answer_question', 'take_message', 'end_call'].map((name) => ({ type: 'function' as const, name }))

/** A talk as the model remembers it, and the model that answers. */
class Talk {
  readonly conversation = new Conversation()
  readonly #model: ScriptedModel
  readonly #instructions: string

  constructor(rules = RECEPTIONIST_SCRIPT, instructions = '') {
    this.#model = new ScriptedModel(rules)
    this.#instructions = instructions
  }

  /** The caller says it and the model answers: its words, or `name arguments` of its calls. */
  hears(text: string): string {
    this.conversation.append({
      item: { id: `item_${this.conversation.entries.length}`, type: 'message', role: 'user', content: [] },
      audioMs: 1000,
      words: text,
    })
    return this.answers()
  }

  learns(output: object): string {
    const call = this.conversation.entries.findLast(({ item }) => item.type === 'function_call')?.item
    const callId = call?.type === 'function_call' ? (call.call_id ?? '') : ''
    this.add({ type: 'function_call_output', call_id: callId, output: JSON.stringify(output) })
    return this.answers()
  }

  add(item: ClientItem): void {
    this.conversation.create(item, undefined)
  }

  /** As a client replays a talk to a new session. */
  replay(...talk: (readonly ['user' | 'assistant', string])[]): this {
    for (const [role, text] of talk) {
      if (role === 'user') this.add({ type: 'message', role, content: [{ type: 'input_text', text }] })
      else this.add({ type: 'message', role, content: [{ type: 'output_text', text }] })
    }
    return this
  }

  answers(tools = TOOLS): string {
    const prompt = { instructions: this.#instructions, tools, tool_choice: 'auto' as const }
    const { say, calls } = this.#model.answer(situationOf(this.conversation, prompt))
    const id = `item_${this.conversation.entries.length}`
    if (say !== undefined)
      this.conversation.append({
        item: { id, type: 'message', role: 'assistant', content: [{ type: 'output_audio', transcript: say }] },
        audioMs: 1000,
        words: say,
      })
    for (const call of calls)
      this.conversation.append({
        item: { id: `${id}_call`, type: 'function_call', call_id: `call_${id}`, ...call },
        audioMs: 0,
        words: call.arguments,
      })
    return say ?? calls.map((call) => `${call.name} ${call.arguments}`).join()
  }
}

describe('a model script', () => {
  it('plays the first rule whose conditions all hold', () => {
    const talk = new Talk(
      script(
        { when: { callerSays: 'open', turn: 2 }, say: 'second turn' },
        { when: { callerSays: '/^when .* open/i' }, say: 'pattern' },
        { when: { callerSays: 'OPEN' }, say: 'words' },
      ),
    )
    expect(talk.hears('When do you open?')).toBe('pattern')
    expect(talk.hears('Do you open early?')).toBe('second turn')
    expect(talk.hears('Do you open at all?')).toBe('words')
    expect(talk.hears('Hm')).toContain('Could you tell me a little more')
  })

  it('uses a rule as often as it may be used', () => {
    const talk = new Talk(script({ say: 'once', times: 1 }, { say: 'later' }))
    expect([talk.hears('a'), talk.hears('b')]).toEqual(['once', 'later'])
  })

  it('knows silence from words', () => {
    const talk = new Talk(script({ when: { silence: true }, say: 'silence' }, { say: 'words' }))
    expect([talk.hears(''), talk.hears('yes')]).toEqual(['silence', 'words'])
    expect(new Talk().hears('')).toContain('did not catch that')
  })

  it('looks into the instructions in force and uses what it finds there', () => {
    const rules = script({ when: { instructionsInclude: '/you are (?<name>\\w+)/i' }, say: 'This is {name}.' })
    expect(new Talk(rules, 'You are Clara.').hears('Who is this?')).toBe('This is Clara.')
    expect(new Talk(rules, 'Be nice.').hears('Who is this?')).not.toContain('This is')
  })

  it('passes over a call of a tool the session does not offer', () => {
    const talk = new Talk(script({ call: { name: 'transfer' } }, { say: 'I cannot transfer you.' }))
    expect(talk.hears('Transfer me')).toBe('I cannot transfer you.')
  })

  it('refuses a rule with an unknown key, a broken pattern or nothing to do', () => {
    expect(modelScriptSchema.safeParse([{ when: { turn: 1 } }]).success).toBe(false)
    expect(modelScriptSchema.safeParse([{ say: 'x', sayy: 'x' }]).success).toBe(false)
    expect(modelScriptSchema.safeParse([{ when: { callerSays: '/(/' }, say: 'x' }]).success).toBe(false)
  })

  it('still owes the answer to a tool after a fixed phrase was added to its memory', () => {
    const talk = new Talk(script({ when: { toolReturned: 'end_call' }, say: 'Bye.' }, { call: { name: 'end_call' } }))
    talk.hears('I am done')
    talk.replay(['assistant', 'One moment, please.'])
    expect(talk.learns({ ending: true })).toBe('Bye.')
  })

  it('goes on after a replay: turns count, and an unfinished answer is given again', () => {
    const rules = script({ when: { turn: 2 }, say: 'second' }, { when: { callerSays: 'first' }, say: 'one' })
    const talk = new Talk(rules).replay(['user', 'first question'], ['assistant', 'On'])
    expect(talk.answers()).toBe('one')
    expect(talk.hears('next')).toBe('second')
  })
})

describe('the built-in receptionist', () => {
  it('answers questions by its tool and says what it found', () => {
    const talk = new Talk()
    expect(talk.hears('Hello?')).toBe('Hello! How can I help you today?')
    expect(talk.hears('What are your hours?')).toBe('answer_question {"question":"What are your hours?"}')
    expect(talk.learns({ found: true, answer: 'We are open from nine to six.' })).toBe(
      'We are open from nine to six. Is there anything else I can help you with?',
    )
    expect(talk.hears('Do you have a swimming pool?')).toContain('answer_question')
    expect(talk.learns({ found: false, known_topics: [] })).toContain("That I don't know")
  })

  it('takes a message after reading it back, also when a new session took over in between', () => {
    const before = new Talk()
    expect(before.hears('Can someone call me back?')).toContain('What is your name, please?')
    const asked = before.hears('My name is Dana Miller.')
    expect(asked).toBe('Thank you, Dana Miller. What may I pass on?')

    const talk = new Talk().replay(['user', 'My name is Dana Miller.'], ['assistant', asked])
    const readBack = talk.hears('I want to ask about my file.')
    expect(readBack).toBe(
      'I have this message: I want to ask about my file. It is from Dana Miller. Shall I pass it on?',
    )
    expect(talk.hears('Yes, please.')).toBe(
      'take_message {"name":"Dana Miller","message":"I want to ask about my file."}',
    )
    expect(talk.learns({ noted: true })).toContain('was noted')
  })

  it('still knows what it asked after a cough and after fixed phrases', () => {
    const talk = new Talk().replay(['assistant', 'I have this message: x. It is from Dana. Shall I pass it on?'])
    expect(talk.hears('')).toContain('did not catch that')
    talk.replay(['assistant', 'Sorry, I lost you for a second.'])
    expect(talk.hears('Yes.')).toBe('take_message {"name":"Dana","message":"x."}')
  })

  it('does not pass a message on that the caller takes back', () => {
    const talk = new Talk().replay(['assistant', 'I have this message: x. It is from Dana. Shall I pass it on?'])
    expect(talk.hears('No, that is wrong.')).toContain('start again')
  })

  it('ends the call when the caller is done', () => {
    expect(new Talk().hears('Thanks, goodbye!')).toBe('end_call {}')
    const talk = new Talk().replay(['user', 'x'], ['assistant', 'Is there anything else I can help you with?'])
    expect(talk.hears('No, thank you.')).toBe('end_call {}')
    expect(talk.learns({ ending: true })).toBe('Have a good day.')
  })

  it('never talks money', () => {
    expect(new Talk().hears('What is your best rate today?')).toContain("can't quote rates")
  })

  it('has a clip for everything it says word for word', async () => {
    const clips = openClipCache()
    const found = await Promise.all(fixedSayings(RECEPTIONIST_SCRIPT).map((text) => clips.find(text, 'agent')))
    expect(found.length).toBeGreaterThan(5)
    // A second of speech at least.
    for (const clip of found) expect(clip?.length).toBeGreaterThan(6_000)
  })
})
