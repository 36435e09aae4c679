import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Clock } from '../../src/lib/clock.ts'
import { createLog } from '../../src/lib/log.ts'
import { createTwilioCarrier, isCallOver } from '../../src/telephony/twilio-carrier.ts'
import { FakeClock } from '../fakes/fake-clock.ts'

/** A clock that does not wait, and remembers how long it should have. */
class HastyClock extends FakeClock {
  readonly waitsMs: number[] = []
  override after(delayMs: number, callback: () => void): Disposable {
    this.waitsMs.push(Math.round(delayMs))
    queueMicrotask(callback)
    return { [Symbol.dispose]: () => {} }
  }
}

interface Answer {
  readonly status: number
  readonly body: object
}

/** Twilio's REST API, giving the scripted answers in turn; fails on a request too many. */
async function startRest(...answers: (Answer | 'hang up')[]) {
  const requests: { method: string; url: string; authorization: string; form: Record<string, string> }[] = []
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()))
    const { method = '', url = '', headers } = request
    requests.push({ method, url, authorization: headers.authorization ?? '', form })
    const answer = answers.shift()
    if (answer === undefined || answer === 'hang up') return void request.socket.destroy()
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const clock = new HastyClock()
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return {
    requests,
    clock,
    baseUrl,
    close,
    left: answers,
    carrier: carrierAt(baseUrl, clock),
    [Symbol.asyncDispose]: () => (server.listening ? close() : Promise.resolve()),
  }
}

const carrierAt = (baseUrl: string, clock: Clock) =>
  createTwilioCarrier({
    accountSid: 'AC1',
    authToken: 'very-secret',
    baseUrl,
    clock,
    log: createLog({ level: 'silent' }),
  })

const ok = (status = 'completed'): Answer => ({ status: 200, body: { sid: 'CA1', status } })
const refusal = (status: number, code: number): Answer => ({ status, body: { status, code, message: `code ${code}` } })

describe('the Twilio carrier', () => {
  it('hangs up by completing the call, signed in with the account', async () => {
    await using rest = await startRest(ok())
    await rest.carrier.hangUp('CA1')
    expect(rest.requests).toEqual([
      {
        method: 'POST',
        url: '/2010-04-01/Accounts/AC1/Calls/CA1.json',
        authorization: `Basic ${Buffer.from('AC1:very-secret').toString('base64')}`,
        form: { Status: 'completed' },
      },
    ])
  })

  it('takes a call that is over already for hung up', async () => {
    await using rest = await startRest(refusal(400, 21220), refusal(404, 20404))
    await rest.carrier.hangUp('CA1')
    await rest.carrier.hangUp('CA1')
    expect(rest.requests).toHaveLength(2)
  })

  it('stops trying to redirect a call that was given up', async () => {
    // The REST API hung, the line was closed and the call came back by the resume address and rang a person; a later
    // try of the first redirect got through and rang that person's telephone again.
    await using rest = await startRest(refusal(503, 20503), ok())
    const givenUp = new AbortController()
    givenUp.abort()
    await expect(rest.carrier.redirect('CA1', '<Response/>', givenUp.signal)).rejects.toThrow()
    expect(rest.requests).toHaveLength(1)
  })

  it('redirects with TwiML, and says when the call is over', async () => {
    await using rest = await startRest(ok('in-progress'), refusal(400, 21220))
    await rest.carrier.redirect('CA1', '<Response/>')
    expect(rest.requests[0]?.form).toEqual({ Twiml: '<Response/>' })
    await expect(rest.carrier.redirect('CA1', '<Response/>')).rejects.toMatchObject({
      code: 'carrier.call-over',
      retryable: false,
    })
  })

  it('takes a call the carrier knows nothing of for over, and none that it could not ask about', async () => {
    // A 404 was taken for a failed question: the reconciler asked it again every 25 s, for ever, and the call was
    // never recorded as ended.
    await using rest = await startRest(refusal(404, 20404), ok('completed'), ok('in-progress'), refusal(401, 20003))
    expect(await isCallOver(rest.carrier, 'CA1')).toBe(true)
    expect(await isCallOver(rest.carrier, 'CA1')).toBe(true)
    expect(await isCallOver(rest.carrier, 'CA1')).toBe(false)
    await expect(isCallOver(rest.carrier, 'CA1')).rejects.toMatchObject({ code: 'carrier.refused' })
  })

  it('tells where a call is', async () => {
    await using rest = await startRest(ok('in-progress'), ok('dreaming'))
    await expect(rest.carrier.statusOf('CA1')).resolves.toBe('in-progress')
    await expect(rest.carrier.statusOf('CA1')).rejects.toMatchObject({ code: 'carrier.refused' })
  })

  it('tries again when refused for its rate, at failures and at lost connections, with growing waits', async () => {
    await using rest = await startRest(refusal(429, 20429), 'hang up', refusal(503, 20503), ok())
    await rest.carrier.hangUp('CA1')
    expect(rest.requests).toHaveLength(4)
    const [first, second, third, ...more] = rest.clock.waitsMs
    expect(more).toEqual([])
    for (const [waitMs, aboutMs] of [
      [first, 100],
      [second, 200],
      [third, 400],
    ] as const) {
      expect(Math.abs(waitMs! - aboutMs)).toBeLessThanOrEqual(aboutMs * 0.1 + 1)
    }
  })

  it('gives up after five tries, and does not repeat what was refused', async () => {
    await using rest = await startRest(...Array.from({ length: 5 }, () => refusal(429, 20429)), refusal(401, 20003))
    await expect(rest.carrier.hangUp('CA1')).rejects.toMatchObject({ code: 'carrier.unreachable', retryable: true })
    expect(rest.requests).toHaveLength(5)
    await expect(rest.carrier.hangUp('CA1')).rejects.toMatchObject({ code: 'carrier.refused', retryable: false })
    expect(rest.requests).toHaveLength(6)
  })

  it('keeps its credentials out of the error when nobody answers', async () => {
    await using rest = await startRest()
    await rest.close()
    const failure = await carrierAt(rest.baseUrl, rest.clock)
      .statusOf('CA1')
      .catch((thrown: unknown) => thrown)
    expect(failure).toMatchObject({ code: 'carrier.unreachable' })
    const dump = inspect(failure, { depth: 20, showHidden: true })
    expect(dump).not.toContain('very-secret')
    expect(dump).not.toContain(Buffer.from('AC1:very-secret').toString('base64'))
  })
})
