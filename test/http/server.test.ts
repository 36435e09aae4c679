import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, vi } from 'vitest'
import { FakeClock } from '../fakes/fake-clock.ts'
import { CALL_SID, startTestServer } from './harness.ts'

describe('limits', () => {
  it('[S31] sends 408 to a client that never finishes its headers, and lets it go', async () => {
    await using test = await startTestServer({ timeouts: { headersMs: 100, requestMs: 200 } })
    const client = connect(test.port, '127.0.0.1')
    client.write('POST /twilio/voice HTTP/1.1\r\nHost: phone.example.com\r\nX-Slow: ')
    expect(await text(client)).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('[S31] sends 408 to a client that never finishes its body', async () => {
    await using test = await startTestServer({ timeouts: { headersMs: 100, requestMs: 200 } })
    const client = connect(test.port, '127.0.0.1')
    const headers = ['Host: x', 'Content-Type: application/x-www-form-urlencoded', 'Content-Length: 100']
    client.write(`POST /twilio/voice HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\nCallSid=`)
    expect(await text(client)).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('has timeouts that end a slow client within seconds', async () => {
    await using test = await startTestServer()
    const { headersTimeout, requestTimeout } = test.server.server
    expect(headersTimeout).toBeLessThanOrEqual(10_000)
    expect(requestTimeout).toBeLessThanOrEqual(15_000)
  })

  it('[S18] refuses a webhook over 64 KiB with 413', async () => {
    await using test = await startTestServer()
    const response = await test.post('/twilio/voice', { CallSid: CALL_SID, From: 'x'.repeat(64 * 1024) })
    expect(response.status).toBe(413)
  })

  it('refuses webhooks that are not forms', async () => {
    await using test = await startTestServer()
    const response = await test.post('/twilio/voice', {}, { headers: { 'content-type': 'application/json' } })
    expect(response.status).toBe(415)
  })
})

describe('errors', () => {
  it('[S23] carry the id of the request and nothing of our inside', async () => {
    await using test = await startTestServer()
    test.switchboard.carrierEnded = () => Promise.reject(new Error('SELECT secret FROM calls'))
    const response = await test.post('/twilio/status', { CallSid: CALL_SID, CallStatus: 'completed' })
    expect(response.status).toBe(500)
    const requestId = response.headers.get('x-request-id')
    expect(requestId).toMatch(/^req_/)
    expect(await response.json()).toEqual({ error: { code: 'internal_error', message: expect.any(String), requestId } })
  })

  it.each(['/', '/twilio', '/twilio/sms', '/..%2f..%2fetc%2fpasswd', '/healthz%00'])('are 404 at %s', async (path) => {
    await using test = await startTestServer()
    const response = await test.get(path)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { code: 'not_found' } })
  })

  it('are 404 for a webhook that is fetched', async () => {
    await using test = await startTestServer()
    expect((await test.get('/twilio/voice')).status).toBe(404)
  })
})

it('[S23] forbids inline scripts and framing on every answer', async () => {
  await using test = await startTestServer()
  const { headers } = await test.get('/healthz')
  expect(headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(headers.get('content-security-policy')).not.toContain('unsafe-inline')
  expect(headers.get('strict-transport-security')).toContain('max-age=')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

describe('readiness', () => {
  it('is given when calls can be taken', async () => {
    await using test = await startTestServer()
    const response = await test.get('/readyz')
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: 'ready', reasons: [] })
  })

  it('is refused when every line is taken', async () => {
    await using test = await startTestServer()
    test.switchboard.liveCalls = test.switchboard.capacity
    const response = await test.get('/readyz')
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({ status: 'not ready', reasons: ['full'] })
  })

  const outages: [string, () => Promise<boolean>][] = [
    ['rejects', () => Promise.reject(new Error('away'))],
    ['says no', async () => false],
  ]
  it.each(outages)('is refused when the database %s, though the process is alive', async (_what, isDatabaseReady) => {
    await using test = await startTestServer({ isDatabaseReady })
    expect(await (await test.get('/readyz')).json()).toEqual({ status: 'not ready', reasons: ['database away'] })
    expect((await test.get('/healthz')).status).toBe(200)
  })

  it('[F8] is refused at once in a drain, even if the database does not answer', async () => {
    await using test = await startTestServer({ isDatabaseReady: () => new Promise(() => {}) })
    test.switchboard.draining = true
    const response = await test.get('/readyz')
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({ status: 'not ready', reasons: ['draining'] })
  })

  it('is refused after half a second when the database hangs, and asks it nothing more meanwhile', async () => {
    // A locked database held every probe open for as long as the lock, and each second another question joined them.
    const clock = new FakeClock()
    let asked = 0
    const isDatabaseReady = () => {
      asked += 1
      return new Promise<boolean>(() => {})
    }
    await using test = await startTestServer({ clock, isDatabaseReady })
    for (let probe = 0; probe < 2; probe += 1) {
      const asking = test.get('/readyz')
      await vi.waitUntil(() => clock.timers > 0)
      clock.advance(500)
      expect(await (await asking).json()).toEqual({ status: 'not ready', reasons: ['database away'] })
      clock.advance(1_000)
    }
    expect(asked).toBe(1)
  })

  it('asks the database once a second at most', async () => {
    const clock = new FakeClock()
    let asked = 0
    const isDatabaseReady = async () => {
      asked += 1
      return true
    }
    await using test = await startTestServer({ clock, isDatabaseReady })
    await Promise.all([test.get('/readyz'), test.get('/readyz'), test.get('/readyz')])
    expect(asked).toBe(1)
    clock.advance(1_000)
    await test.get('/readyz')
    expect(asked).toBe(2)
  })
})

it('exports the metrics operators are told to watch', async () => {
  await using test = await startTestServer()
  test.switchboard.liveCalls = 1
  const metrics = await (await test.get('/metrics')).text()
  const names = [...metrics.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name)
  expect(names.toSorted()).toEqual([
    'voice_admission_rejected_total',
    'voice_build_info',
    'voice_calls_active',
    'voice_calls_total',
    'voice_cost_avoided_usd_total',
    'voice_dead_air_seconds_total',
    'voice_event_loop_delay_seconds',
    'voice_findings_total',
    'voice_outbox_oldest_age_seconds',
    'voice_provider_breaker_open',
    'voice_provider_errors_total',
    'voice_provider_failovers_total',
    'voice_rescue_gap_seconds',
    'voice_screening_total',
    'voice_speech_barred_total',
    'voice_stage_duration_seconds',
    'voice_stream_disconnects_total',
    'voice_time_to_first_word_seconds',
    'voice_tool_duration_seconds',
    'voice_turn_latency_seconds',
    'voice_webhook_duration_seconds',
  ])
  expect(metrics).toContain('voice_calls_active 1')
})

it('closes a connection that has nothing to do', async () => {
  const test = await startTestServer()
  const client = connect(test.port, '127.0.0.1')
  await once(client, 'connect')
  client.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(client, 'data')
  const gone = once(client, 'close')
  await test[Symbol.asyncDispose]()
  await gone
})
