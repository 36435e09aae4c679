import { expect } from 'vitest'
import { type Case, failureOf, openCall, speakUntilHalf } from './play.ts'

export const FAILURES = {
  async 'says once why it was lost, whatever way the provider ends it'(provider) {
    for (const { how, failure, end } of provider.endings) {
      await using play = await openCall(provider)
      await speakUntilHalf(play)
      end(play.call)
      const { error } = await play.events.first('engine.lost')
      expect([how, error.failure]).toEqual([how, failure])
      await play.call.closed
      expect(play.events.types.at(-1)).toBe('engine.lost')
      expect(play.events.of('engine.lost')).toHaveLength(1)
    }
  },

  async 'notices a connection that is open and dead'(provider) {
    await using play = await openCall(provider)
    provider.clock.advance(5_000)
    await play.call.settled()
    play.call.fallsSilent()
    provider.clock.advance(5_000)
    expect(play.events.of('engine.lost')).toEqual([])
    provider.clock.advance(3_000)
    expect(play.events.of('engine.lost')).toMatchObject([{ error: { failure: 'stalled' } }])
  },

  async 'reports a rate limit at the door with the wait it was told'(provider) {
    provider.refuseNext({ because: 'rate limit', retryAfterMs: 2_000 })
    const error = await failureOf(provider)
    expect(error).toMatchObject({ failure: 'limited', retryAfterMs: 2_000, retryable: true })
  },

  async 'tries a bad key exactly once'(provider) {
    provider.refuseNext({ because: 'bad key' })
    const error = await failureOf(provider)
    expect(error).toMatchObject({ failure: 'refused', retryable: false })
    expect(provider.attempts).toBe(1)
  },

  async 'survives a broken message and says so'(provider) {
    await using play = await openCall(provider)
    play.call.sendsGarbage()
    await play.events.first('engine.complained')
    await speakUntilHalf(play)
  },

  async 'passes over an event it has never heard of'(provider) {
    await using play = await openCall(provider)
    play.call.sendsUnknownEvent()
    await play.call.expectNothing()
    expect(play.events.all).toEqual([])
  },
} satisfies Record<string, Case>
