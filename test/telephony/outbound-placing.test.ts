import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createOutboundPlacing } from '../../src/telephony/outbound-placing.ts'

const CALL = { outboundId: 'outbound_1', to: '+16175550123', from: '+16175550100' }

/** Twilio's REST API, giving the scripted answers in turn; fails on a request too many. */
async function startRest(...answers: ({ status: number; body: object } | 'hang up')[]) {
  const requests: { method: string; url: string; form: URLSearchParams }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const form = new URLSearchParams(Buffer.concat(chunks).toString())
    requests.push({ method: request.method ?? '', url: request.url ?? '', form })
    const answer = answers.shift()
    if (answer === undefined || answer === 'hang up') return void request.socket.destroy()
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const placing = createOutboundPlacing({
    accountSid: 'AC1',
    authToken: 'secret',
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    addressesOf: (id) => ({
      answerUrl: `https://x/answer?call=${id}`,
      amdUrl: 'https://x/amd',
      statusUrl: 'https://x/s',
    }),
    ringSeconds: 25,
    timeLimitSeconds: 3_900,
  })
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { requests, placing, [Symbol.asyncDispose]: close }
}

describe('placing a call at Twilio', () => {
  it('connects whoever answers at once, and has them judged meanwhile', async () => {
    await using rest = await startRest({ status: 201, body: { sid: 'CA1', status: 'queued' } })
    expect(await rest.placing.place(CALL)).toEqual({ carrierSid: 'CA1' })
    const { url, form } = rest.requests[0]!
    expect(url).toBe('/2010-04-01/Accounts/AC1/Calls.json')
    expect(Object.fromEntries(form)).toMatchObject({
      ...{ To: CALL.to, From: CALL.from, Url: 'https://x/answer?call=outbound_1' },
      ...{ MachineDetection: 'Enable', AsyncAmd: 'true', AsyncAmdStatusCallback: 'https://x/amd' },
      ...{ StatusCallback: 'https://x/s', Timeout: '25', TimeLimit: '3900' },
    })
    expect(form.getAll('StatusCallbackEvent')).toEqual(['initiated', 'ringing', 'answered', 'completed'])
  })

  it.each([
    ['carrier.refused', { status: 400, body: { status: 400, code: 21211, message: 'no such number' } }],
    ['carrier.busy', { status: 429, body: { status: 429, code: 20429, message: 'too many' } }],
    ['carrier.unreachable', { status: 503, body: { status: 503, code: 20503, message: 'broken' } }],
    ['carrier.unreachable', 'hang up'],
  ] as const)('is tried once, and tells what is known: %s', async (code, answer) => {
    await using rest = await startRest(answer)
    await expect(rest.placing.place(CALL)).rejects.toMatchObject({ code, retryable: code !== 'carrier.refused' })
    expect(rest.requests).toHaveLength(1)
  })

  it('finds the latest call between two numbers, none that is older', async () => {
    const at = Date.parse('2026-11-18T17:00:00Z')
    const made = (sid: string, seconds: number) => ({ sid, date_created: new Date(at + seconds * 1000).toUTCString() })
    const calls = [made('CA2', 1), made('CA3', 3), made('CA1', -600)]
    const page = { status: 200, body: { calls, page: 0, page_size: 20 } }
    await using rest = await startRest(page, page)
    expect(await rest.placing.find({ ...CALL, since: at + 500 })).toEqual({ carrierSid: 'CA3' })
    expect(await rest.placing.find({ ...CALL, since: at + 60_000 })).toBeUndefined()
    const query = new URL(rest.requests[0]!.url, 'http://x').searchParams
    expect([query.get('To'), query.get('From')]).toEqual([CALL.to, CALL.from])
  })
})
