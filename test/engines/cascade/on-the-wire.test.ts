import { expect, it } from 'vitest'
import { encodedSilence } from '../../../src/audio/encoded-audio.ts'
import { callerSays, finalWords, openCall, speakUntilHalf, speakWhole } from '../conformance/play.ts'
import type { CascadeCall } from './cascade-call.ts'
import { startCascadeProvider } from './cascade-provider.ts'

/** What ends a session of any other engine, and only a part of a cascade. */

const LISTENER_LOSSES: [how: string, lose: (call: CascadeCall) => void][] = [
  ['an ordinary close', (call) => call.hangUp(1000)],
  ['no answer in time (net0000)', (call) => call.hangUp(1011, 'See https://dpgr.am/net0000')],
  ['no audio in time (net0001)', (call) => call.hangUp(1011, 'See https://dpgr.am/net0001')],
  ['a broken connection', (call) => call.drop()],
]

it.each(LISTENER_LOSSES)('hears the caller through another listener after %s', async (_how, lose) => {
  await using provider = await startCascadeProvider({ ear: 'flux', thinker: 'responses' })
  await using play = await openCall(provider)
  const call = play.call as CascadeCall
  provider.clock.advance(5_000)
  lose(call)
  await call.takeNextEar()
  await callerSays(play, 'turn_1', 'Are you there?')
  await speakWhole(play)
  expect(finalWords(play.events)).toEqual(['Are you there?'])
  expect(play.events.types).not.toContain('engine.lost')
})

it('hears the caller through another listener when the first is open and dead', async () => {
  await using provider = await startCascadeProvider({ ear: 'nova', thinker: 'responses' })
  await using play = await openCall(provider)
  const call = play.call as CascadeCall
  provider.clock.advance(5_000)
  await call.settled()
  call.fallsSilent()
  provider.clock.advance(8_000)
  await call.takeNextEar()
  await callerSays(play, 'turn_1', 'Are you there?')
  expect(finalWords(play.events)).toEqual(['Are you there?'])
  expect(play.events.of('engine.complained')).toMatchObject([{ detail: 'deepgram: stalled' }])
})

it('speaks on through another voice when the first breaks', async () => {
  await using provider = await startCascadeProvider({ ear: 'nova', thinker: 'anthropic' })
  await using play = await openCall(provider)
  const call = play.call as CascadeCall
  await speakUntilHalf(play)
  call.voiceFails('input_timeout_exceeded', 1008)
  call.speaks('resp_1', 'item_1', encodedSilence(100), ' to you')
  call.endsAnswer()
  expect(await play.events.first('answer.ended')).toMatchObject({ outcome: 'spoke' })
  expect(play.events.of('agent.audio')).toHaveLength(2)
  expect(play.events.of('agent.words').at(-1)).toMatchObject({ text: 'Good morning to you', final: true })
  expect(play.events.of('agent.utterance-complete')).toHaveLength(1)
})
