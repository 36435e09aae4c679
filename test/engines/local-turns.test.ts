import { describe, expect, it } from 'vitest'
import { encodeAudio, encodedSilence } from '../../src/audio/encoded-audio.ts'
import { type CallerEvent, LocalTurns } from '../../src/engines/local-turns.ts'
import { FakeClock } from '../fakes/fake-clock.ts'

const LOUD = encodeAudio(Buffer.alloc(200 * 8, Buffer.from([0x10, 0x90])))

/** Events in short: what began, what ended after which silence, which words, and of which turn (counted from 1). */
function start() {
  const clock = new FakeClock()
  const heard: string[] = []
  const ids: string[] = []
  const numberOf = (turnId: string) => (ids.includes(turnId) ? ids.indexOf(turnId) : ids.push(turnId) - 1) + 1
  const onEvent = (event: CallerEvent) => {
    if (event.type === 'caller.started-speaking') heard.push('started')
    else if (event.type === 'caller.stopped-speaking')
      heard.push(`${numberOf(event.turnId)} ended ${event.endpointingMs}`)
    else heard.push(`${numberOf(event.turnId)}${event.final ? ' final' : ''}: ${event.text}`)
  }
  const turns = new LocalTurns({ silenceDurationMs: 600, clock, onEvent })
  const speak = () => turns.hear(LOUD)
  const fallSilent = () => turns.hear(encodedSilence(600))
  return { clock, heard, turns, speak, fallSilent }
}

describe('turns judged by the sound', () => {
  it('begin and end by it, and get the words that come afterwards', () => {
    const { heard, turns, speak, fallSilent } = start()
    speak()
    expect(turns.callerSpeaks).toBe(true)
    turns.partialWords('Hel')
    fallSilent()
    turns.partialWords('Hello')
    turns.finalWords('Hello.')
    expect(heard).toEqual(['started', '1: Hel', '1 ended 600', '1: Hello', '1 final: Hello.'])
    expect(turns.callerSpeaks).toBe(false)
  })

  it('get words in the order in which they ended', () => {
    const { heard, turns, speak, fallSilent } = start()
    for (let turn = 0; turn < 2; turn += 1) {
      speak()
      fallSilent()
    }
    turns.finalWords('One.')
    turns.finalWords('Two.')
    expect(heard.slice(-2)).toEqual(['1 final: One.', '2 final: Two.'])
  })

  it('are final when they end if the provider was quicker', () => {
    const { clock, heard, turns, speak, fallSilent } = start()
    speak()
    turns.finalWords('Yes.')
    turns.finalWords('Please.')
    fallSilent()
    clock.advance(5_000)
    expect(heard).toEqual(['started', '1: Yes.', '1: Yes. Please.', '1 ended 600', '1 final: Yes. Please.'])
  })

  it('get empty words when none came for 3 s, and words that come later still', () => {
    const { clock, heard, turns, speak, fallSilent } = start()
    speak()
    fallSilent()
    clock.advance(2_900)
    expect(heard).toHaveLength(2)
    clock.advance(200)
    turns.finalWords('Late.')
    expect(heard.slice(2)).toEqual(['1 final: ', '1 final: Late.'])
  })

  it('are believed of the provider, and end by the words, by the sound or by the clock', () => {
    const { clock, heard, turns, speak, fallSilent } = start()
    turns.noticedByProvider()
    turns.noticedByProvider()
    turns.finalWords('Soft.')
    turns.noticedByProvider()
    speak()
    clock.advance(4_000)
    fallSilent()
    turns.finalWords('Louder.')
    turns.noticedByProvider()
    clock.advance(3_000)
    expect(heard).toEqual([
      ...['started', '1 ended 0', '1 final: Soft.'],
      ...['started', '2 ended 600', '2 final: Louder.'],
      ...['started', '3 ended 0', '3 final: '],
    ])
  })

  it('are made of words alone where our ear heard nothing, and not of none', () => {
    const { heard, turns } = start()
    turns.finalWords('')
    turns.partialWords('Hm')
    turns.finalWords('Hello?')
    expect(heard).toEqual(['started', '1 ended 0', '1 final: Hello?'])
  })

  it('leave no timer behind', () => {
    const { clock, turns, speak, fallSilent } = start()
    speak()
    fallSilent()
    turns.noticedByProvider()
    turns[Symbol.dispose]()
    expect(clock.timers).toBe(0)
  })
})
