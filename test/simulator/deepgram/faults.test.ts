import { describe, expect, it } from 'vitest'
import { type Fault, faultSchema } from '../../../src/simulator/service/faults.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { silence } from '../wire-client.ts'
import { FLUX, ListenClient, NOVA, refusal, start } from './listen-client.ts'

const HOURS = 'What are your opening hours?'
const LIVE = `${NOVA}&interim_results=true&endpointing=300`

function startWith(fault: unknown, options: Parameters<typeof start>[0] = {}) {
  const faults: Fault[] = [faultSchema.parse(fault)]
  return start({ faults, ...options })
}

const spoken = ({ channel }: { channel: { alternatives: { transcript: string }[] } }) =>
  channel.alternatives[0]?.transcript !== ''

describe('a listener that misbehaves', () => {
  it('refuses, and says for how long to stay away', async () => {
    await using service = await startWith({ fault: 'refuse connection', status: 429, retryAfterSeconds: 3 })
    const refused = await refusal(service.emulator, LIVE)
    expect(refused).toMatchObject({
      status: 429,
      headers: { 'retry-after': '3' },
      body: { err_code: expect.any(String) },
    })
  })

  it.each(['drop', 'drop mid-message'])('%ss once it has heard so much', async (fault) => {
    await using service = await startWith({ fault, afterAudioMs: 1_000 })
    await using client = await ListenClient.connect(service.emulator, LIVE)
    client.hear(service.say(HOURS), silence(2_000))
    expect(await client.closed).toMatchObject({ code: 1006 })
    expect(client.all('Results').some(({ is_final }) => is_final)).toBe(false)
  })

  it('is deaf: silence goes on being reported, without words', async () => {
    await using service = await startWith({ fault: 'deaf' })
    await using client = await ListenClient.connect(service.emulator, `${LIVE}&vad_events=true`)
    client.hear(service.say(HOURS), silence(5_000))
    await client.next('Results', ({ is_final }) => is_final)
    expect(client.all('Results').some(spoken)).toBe(false)
    expect(client.all('SpeechStarted')).toEqual([])

    await using flux = await ListenClient.connect(service.emulator, FLUX)
    flux.hear(service.say(HOURS), silence(1_000))
    await flux.next('TurnInfo', ({ audio_window_end }) => audio_window_end > 2)
    expect(flux.all('TurnInfo').every(({ event, transcript }) => event === 'Update' && transcript === '')).toBe(true)
  })

  it('becomes deaf at its time', async () => {
    const clock = new FakeClock()
    await using service = await startWith({ fault: 'deaf', afterMs: 4_000 }, { clock })
    await using client = await ListenClient.connect(service.emulator, LIVE)
    client.hear(service.say(HOURS), silence(400))
    await client.ping()
    await clock.advanceAsync(4_000)
    client.hear(service.say('Hello there'), silence(6_000))
    await client.ping()
    await clock.advanceAsync(200)
    await client.ping()
    const finals = client.all('Results').filter(({ is_final }) => is_final)
    expect(finals.filter(spoken)).toHaveLength(1)
    expect(finals.length).toBeGreaterThan(1)
  })

  it('gives up early', async () => {
    const clock = new FakeClock()
    await using service = await startWith({ fault: 'early expiry', afterMs: 5_000 }, { clock })
    await using client = await ListenClient.connect(service.emulator, FLUX)
    await clock.advanceAsync(5_200)
    const { code, reason } = await client.closed
    expect(code).toBe(1011)
    expect(reason).toContain('net0000')
  })

  it('puts what cannot be read before its events, or says them late', async () => {
    await using garbled = await startWith({ fault: 'malformed', before: 'EndOfTurn' })
    await using client = await ListenClient.connect(garbled.emulator, FLUX)
    client.hear(garbled.say(HOURS), silence(700))
    await client.next('TurnInfo', ({ event }) => event === 'EndOfTurn')
    expect(client.garbage).toHaveLength(1)

    await using slow = await startWith({ fault: 'late', types: ['SpeechStarted'], ms: 5_000 })
    await using other = await ListenClient.connect(slow.emulator, `${LIVE}&vad_events=true`)
    other.hear(slow.say(HOURS), silence(700))
    await other.next('Results', ({ speech_final }) => speech_final)
    await other.next('SpeechStarted')
  })

  it('is struck at any moment, and recovers', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, LIVE)
    service.emulator.strike('garbage')
    service.emulator.strike('limit')
    expect(await refusal(service.emulator, LIVE)).toMatchObject({ status: 429 })
    await client.ping()
    expect(client.garbage).toHaveLength(1)
    service.emulator.strike('drop')
    expect(await client.closed).toMatchObject({ code: 1006 })
    service.emulator.strike('recover')
    await using _ = await ListenClient.connect(service.emulator, LIVE)
    expect(service.emulator.connections.map(({ status }) => status)).toEqual([101, 429, 101])
  })
})
