import { describe, expect, it } from 'vitest'
import { PUBLIC_URL, response, STREAM } from './agent-server.ts'
import { eventOf, eventsOf, startRig, TIMER_SLACK_MS } from './rig.ts'

const EVENTS = { statusCallbackUrl: `${PUBLIC_URL}/status`, statusCallbackEvents: ['answered', 'completed'] }

describe('webhooks', () => {
  it('[F18] arrive as often as asked, under one idempotency token', async () => {
    await using rig = await startRig({ faults: { duplicateWebhooks: 3 } })
    rig.server.answers['/voice'] = response('<Hangup/>')
    await rig.call().settled
    const hooks = await rig.server.until(() => rig.server.hooks.length === 4 && rig.server.hooks)
    expect(new Set(hooks.map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(1)
    expect(new Set(hooks.map(({ headers }) => headers['x-twilio-signature'])).size).toBe(1)
  })

  it('[F19] tell of the end before the beginning when callbacks are shuffled', async () => {
    await using rig = await startRig({ faults: { shuffleCallbacks: true } })
    rig.server.answers['/voice'] = response('<Hangup/>')
    rig.server.answers['/status'] = ''
    await rig.call(EVENTS).settled
    const callbacks = rig.server.hooks.filter(({ path }) => path === '/status')
    expect(callbacks.map(({ params }) => params.SequenceNumber)).toEqual(['1', '0'])
  })

  it('are left out when callbacks are dropped, but never those that ask what to do', async () => {
    await using rig = await startRig({ faults: { dropCallbacks: 1 } })
    rig.server.answers['/voice'] = response('<Hangup/>')
    await rig.call(EVENTS).settled
    expect(rig.server.hooks.map(({ path }) => path)).toEqual(['/voice'])
  })

  it('come later by the delay', async () => {
    await using rig = await startRig({ faults: { delayCallbacksMs: 1000 } })
    rig.server.answers['/voice'] = response('<Hangup/>')
    const call = rig.call(EVENTS)
    await call.settled
    const [ended] = eventsOf(call, 'call.ended')
    const callback = eventsOf(call, 'webhook.tried').findLast(({ purpose }) => purpose === 'callback')
    expect((callback?.atMs ?? 0) - (ended?.atMs ?? 0)).toBeGreaterThanOrEqual(1000 - TIMER_SLACK_MS)
  })
})

describe('the media stream', () => {
  it.each([false, true])(
    '[F6] is cut after the time given (in the middle of a message: %s), once in a call',
    async (midMessage) => {
      await using rig = await startRig({ faults: { resetSocketAfterMs: 300, resetMidMessage: midMessage } })
      rig.server.answers['/voice'] = response(STREAM, '<Redirect>/resume</Redirect>')
      rig.server.answers['/resume'] = response(STREAM)
      const call = rig.call()
      const second = await rig.server.connection(1)
      await second.received(({ media }) => Number(media?.timestamp) > 155 + 600)
      expect(eventsOf(call, 'stream.ended')).toMatchObject([{ because: 'reset by fault' }])
      expect(rig.server.connections[0]?.messages.some(({ event }) => event === 'stop')).toBe(false)
    },
  )

  it('falls silent, leaves a gap, and shakes its timestamps', async () => {
    await using rig = await startRig({ faults: { gapAfterMs: 100, gapMs: 60, stopMediaAfterMs: 240 } })
    rig.server.answers['/voice'] = response(STREAM)
    const call = rig.call()
    await eventOf(call, 'stream.started')
    const connection = await rig.server.connection()
    await connection.received(({ media }) => media?.timestamp === '375')
    call.hangUp()
    await connection.received(({ event }) => event === 'stop')
    const timestamps = connection.messages.flatMap(({ media }) => (media ? [Number(media.timestamp) - 155] : []))
    expect(timestamps).toEqual([0, 20, 40, 60, 80, 160, 180, 200, 220])
  })

  it('sends media out of order, with the sequence numbers of the right one', async () => {
    await using rig = await startRig({ faults: { outOfOrderMedia: 1, timestampJitterMs: 2 } })
    rig.server.answers['/voice'] = response(STREAM)
    rig.call()
    const connection = await rig.server.connection()
    await connection.received(({ media }) => media?.chunk === '3')
    const media = connection.messages.filter(({ event }) => event === 'media').slice(0, 4)
    expect(media.map((message) => message.media?.chunk)).toEqual(['2', '1', '4', '3'])
    expect(media.map(({ sequenceNumber }) => sequenceNumber)).toEqual(['3', '2', '5', '4'])
    for (const message of media) {
      const exactMs = 155 + (Number(message.media?.chunk) - 1) * 20
      expect(Math.abs(Number(message.media?.timestamp) - exactMs)).toBeLessThanOrEqual(2)
    }
  })

  it('echoes marks late and twice', async () => {
    await using rig = await startRig({ faults: { lateMarksMs: 400, duplicateMarks: true } })
    rig.server.answers['/voice'] = response(STREAM)
    const call = rig.call()
    const connection = await rig.server.connection()
    connection.send({ event: 'mark', streamSid: connection.streamSid, mark: { name: 'now' } })
    const marks = () => connection.messages.filter(({ event }) => event === 'mark')
    await rig.server.until(() => marks().length === 2)
    const [reached] = eventsOf(call, 'mark.reached')
    const before = connection.messages.slice(
      0,
      connection.messages.findIndex(({ event }) => event === 'mark'),
    )
    const lastTimestamp = Number(before.findLast(({ media }) => media)?.media?.timestamp)
    expect(lastTimestamp - (reached?.positionMs ?? 0)).toBeGreaterThan(300)
  })
})
