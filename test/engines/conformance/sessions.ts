import { expect } from 'vitest'
import { encodedSilence } from '../../../src/audio/encoded-audio.ts'
import type { HeardEvents } from '../heard-events.ts'
import {
  BRIEFING,
  type Case,
  callerSays,
  finalWords,
  LOOK_UP,
  openCall,
  speakUntilHalf,
  speakWhole,
  speech,
} from './play.ts'

/** What a call does with sessions: gives one other orders, opens another when it is lost, or before it ends. */
export const SESSIONS = {
  async 'talks in another way, and another language, from the next answer on'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    await speakUntilHalf(play)
    const change = { instructions: 'Contesta el teléfono de una hipotecaria.', language: 'es-US' }
    session.rebrief(change)
    await call.expectRebriefing(change)
    call.finishesUtterance('resp_1', 'item_1', 'Good morning')
    call.endsAnswer('resp_1', 'completed')
    expect(await events.first('answer.ended')).toMatchObject({ outcome: 'spoke' })
    await callerSays(play, 'turn_1', 'Gracias.')
    await speakWhole(play, 2)
    await call.expectNothing()
    expect(finalWords(events)).toEqual(['Gracias.'])
    expect(events.of('answer.ended').map(({ outcome }) => outcome)).toEqual(['spoke', 'spoke'])
    expect(events.of('engine.complained')).toEqual([])
  },

  async 'takes up the talk in a fresh session after one was lost'(provider) {
    const { end } = provider.endings.find(({ failure }) => failure === 'dropped')!
    await using lost = await openCall(provider)
    await speakUntilHalf(lost)
    lost.session.answer('Say something else.')
    end(lost.call)
    await lost.events.first('engine.lost')
    const history = [
      { role: 'caller', text: 'Tuesday, please.' },
      { role: 'agent', text: 'Good' },
      { role: 'note', text: 'Result of the tool book: {"booked":true}' },
    ] as const
    await using play = await openCall(provider, { ...BRIEFING, history })
    const { call, session, events } = play
    expect(call.briefed).toMatchObject({ history })
    // What the lost one was asked for died with it.
    await call.expectNothing()
    session.returnToolResult(LOOK_UP.requestId, '{"found":true}')
    await call.expectNote('{"found":true}')
    await callerSays(play, 'turn_2', 'And now?')
    await speakWhole(play, 2)
    expect(events.of('answer.ended')).toMatchObject([{ outcome: 'spoke' }])
    expect(lost.events.types.at(-1)).toBe('engine.lost')
  },

  async 'lets two sessions live side by side, and the old one go without a word'(provider) {
    await using old = await openCall(provider)
    await speakUntilHalf(old)
    await using fresh = await openCall(provider, { ...BRIEFING, history: [{ role: 'agent', text: 'Good' }] })
    old.call.speaks('resp_1', 'item_1', speech(100), ' to you')
    await old.events.first('agent.audio', 2)
    expect(fresh.events.all).toEqual([])
    await callerSays(fresh, 'turn_2', 'Hello.')
    expect(old.events.types.filter((type) => type.startsWith('caller.'))).toEqual([])

    await speakUntilHalf(fresh, 2)
    old.call.speaks('resp_1', 'item_1', speech(100), ' again')
    await old.session[Symbol.asyncDispose]()
    const heard = old.events.all.length
    await old.call.closed
    fresh.call.finishesUtterance('resp_2', 'item_2', 'Good morning')
    fresh.call.endsAnswer('resp_2', 'completed')
    expect(await fresh.events.first('answer.ended')).toMatchObject({ outcome: 'spoke' })
    await fresh.call.expectNothing()
    expect(old.events.all).toHaveLength(heard)
    expect(utterancesOf(old.events).isDisjointFrom(utterancesOf(fresh.events))).toBe(true)
    expect(fresh.events.of('agent.audio')).toHaveLength(1)
  },

  async 'is silent once it is disposed of, and gone'(provider) {
    const play = await openCall(provider)
    play.call.callerStartsSpeaking('turn_1')
    play.call.callerStopsSpeaking('turn_1')
    await play.session[Symbol.asyncDispose]()
    await play.call.closed
    const heard = play.events.all.length
    play.session.hear(encodedSilence(20))
    play.session.answer()
    play.session.interrupt([])
    play.session.rebrief({ language: 'es-US' })
    provider.clock.advance(60_000)
    expect(play.events.all).toHaveLength(heard)
    expect(provider.clock.timers).toBe(0)
  },
} satisfies Record<string, Case>

function utterancesOf(events: HeardEvents): Set<string> {
  return new Set(events.of('agent.audio').map(({ utteranceId }) => utteranceId))
}
