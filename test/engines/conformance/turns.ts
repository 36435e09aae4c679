import { expect } from 'vitest'
import { encodedSilence } from '../../../src/audio/encoded-audio.ts'
import { BRIEFING, type Case, openCall, speakUntilHalf, speech } from './play.ts'

/** Hearing and answering, when nothing comes between. */
export const TURNS = {
  async 'opens with the briefing and the talk so far'(provider) {
    const history = [
      { role: 'agent', text: 'Thanks for calling.' },
      { role: 'caller', text: 'I want to refinance.' },
      { role: 'note', text: 'The caller pressed 2.' },
    ] as const
    await using play = await openCall(provider, { ...BRIEFING, history })
    const { instructions, callerKey } = BRIEFING
    const { briefed } = play.call
    expect(briefed).toMatchObject({ instructions, toolNames: ['book', 'look_up'], history })
    expect([callerKey, undefined]).toContain(briefed.callerKey)
    expect(play.events.all).toEqual([])
  },

  async 'hears the caller, answers when asked, and says when it is done'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    const frame = encodedSilence(20)
    session.hear(frame)
    await call.expectCallerAudio(frame)
    call.callerStartsSpeaking('turn_1')
    call.callerStopsSpeaking('turn_1')
    call.transcribes('turn_1', ['Hello', ' there'], 'Hello there.')
    await call.expectNothing()
    const turnIds = events.of('caller.stopped-speaking').map(({ turnId }) => turnId)
    const words = events.of('caller.words')
    expect([...new Set(words.map(({ turnId }) => turnId))]).toEqual(turnIds)
    expect(words.slice(0, 2)).toMatchObject([
      { text: 'Hello', final: false },
      { text: 'Hello there', final: false },
    ])
    expect(words.filter(({ final }) => final)).toMatchObject([{ text: 'Hello there.' }])
    expect(words.at(-1)).toMatchObject({ text: 'Hello there.', final: true })

    const { answerId, utteranceId } = await speakUntilHalf(play)
    call.speaks('resp_1', 'item_1', speech(100), ' to you')
    call.finishesUtterance('resp_1', 'item_1', 'Good morning to you')
    call.endsAnswer('resp_1', 'completed')
    expect(await events.first('answer.ended')).toMatchObject({ answerId, outcome: 'spoke' })
    expect(events.of('answer.started')).toHaveLength(1)
    expect(events.of('agent.audio').map(({ audio }) => audio.toString())).toEqual(
      [speech(200), speech(100)].map(String),
    )
    expect(events.of('agent.words').at(-1)).toMatchObject({ text: 'Good morning to you', final: true })
    expect(events.of('agent.utterance-complete')).toMatchObject([{ utteranceId }])
  },

  async 'is opened for what the caller may speak, and tells which language it was where its provider does'(provider) {
    await using play = await openCall(provider, { ...BRIEFING, hears: ['en-US', 'es-US'] })
    const { call, events } = play
    expect([['en', 'es'], undefined]).toContainEqual(call.briefed.hears)
    call.callerStartsSpeaking('turn_1')
    call.callerStopsSpeaking('turn_1')
    call.transcribes('turn_1', [], 'Buenas tardes.', 'es')
    await call.settled()
    const words = events.of('caller.words').findLast(({ final }) => final)
    expect(words?.text).toBe('Buenas tardes.')
    expect(words?.language).toBe(provider.tellsLanguage ? 'es' : undefined)
  },

  async 'says nothing unasked'(provider) {
    await using play = await openCall(provider)
    play.session.tell({ role: 'note', text: 'The caller pressed 2.' })
    await play.call.expectNote('pressed 2')
    play.call.callerStartsSpeaking('turn_1')
    play.call.callerStopsSpeaking('turn_1')
    await play.call.expectNothing()
    expect(play.events.of('answer.started')).toEqual([])
  },

  async 'says that an answer ended empty'(provider) {
    await using play = await openCall(provider)
    play.session.answer()
    await play.call.expectAnswerRequest()
    play.call.startsAnswer('resp_1')
    play.call.endsAnswer('resp_1', 'completed')
    expect(await play.events.first('answer.ended')).toMatchObject({ outcome: 'empty' })
  },

  async 'waits for a first sound that is slow, and makes up nothing meanwhile'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    session.answer()
    await call.expectAnswerRequest()
    call.startsAnswer('resp_1')
    await call.settled()
    provider.clock.advance(2_000)
    await call.expectNothing()
    expect(events.types.filter((type) => type !== 'answer.started')).toEqual([])
    call.speaks('resp_1', 'item_1', speech(200), 'Good morning')
    call.finishesUtterance('resp_1', 'item_1', 'Good morning')
    call.endsAnswer('resp_1', 'completed')
    expect(await events.first('answer.ended')).toMatchObject({ outcome: 'spoke' })
    expect(events.of('answer.started')).toHaveLength(1)
  },
} satisfies Record<string, Case>
