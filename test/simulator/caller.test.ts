import { describe, expect, it } from 'vitest'
import { Caller } from '../../src/simulator/caller.ts'
import { type MediaConnection, response, STREAM } from './twilio/agent-server.ts'
import { eventOf, eventsOf, sound, startRig, TIMER_SLACK_MS } from './twilio/rig.ts'

function speak(connection: MediaConnection, lengthMs: number): void {
  const { streamSid } = connection
  connection.send({ event: 'media', streamSid, media: { payload: sound(lengthMs).toString('base64') } })
}

async function startCall() {
  const rig = await startRig()
  rig.server.answers['/voice'] = response(STREAM)
  const call = rig.call()
  const caller = new Caller(call)
  const connection = await rig.server.connection()
  return { call, caller, connection, rig, [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose]() }
}

describe('a scripted caller', () => {
  it('hears the agent out, answers, and knows when they spoke', async () => {
    await using started = await startCall()
    const { call, caller, connection } = started
    speak(connection, 400)
    await caller.perform({ do: 'hear the agent out', silentMs: 600 })
    await caller.perform({ do: 'say', audio: sound(300) })
    const [heard] = call.streams[0]?.heard.spans() ?? []
    const [said] = caller.utterances
    const waitedMs = (said?.startMs ?? 0) - (heard?.endMs ?? 0)
    expect(waitedMs).toBeGreaterThanOrEqual(600 - TIMER_SLACK_MS)
    expect((said?.endMs ?? 0) - (said?.startMs ?? 0)).toBe(300)
  })

  it('does not take a pause of the agent for its end', async () => {
    await using started = await startCall()
    const { call, caller, connection, rig } = started
    speak(connection, 200)
    const done = caller.perform({ do: 'hear the agent out', silentMs: 2000 })
    await eventOf(call, 'agent.fell-silent')
    rig.clock.after(500, () => speak(connection, 200))
    await done
    expect(eventsOf(call, 'agent.fell-silent')).toHaveLength(2)
  })

  it('waits for an answer after it spoke, though the agent is silent already', async () => {
    await using started = await startCall()
    const { call, caller, connection } = started
    speak(connection, 100)
    await caller.perform({ do: 'hear the agent out', silentMs: 100 })
    await caller.perform({ do: 'say', audio: sound(100) })
    await expect(caller.perform({ do: 'hear the agent out', silentMs: 100, withinMs: 1000 })).rejects.toMatchObject({
      code: 'agent_silent',
    })
    speak(connection, 100)
    await caller.perform({ do: 'hear the agent out', silentMs: 100 })
    expect(eventsOf(call, 'agent.began')).toHaveLength(2)
  })

  it('speaks over the agent once it was heard for long enough', async () => {
    await using started = await startCall()
    const { call, caller, connection } = started
    speak(connection, 20_000)
    await caller.perform({ do: 'barge in', audio: sound(200), afterMs: 700 })
    const [began] = eventsOf(call, 'agent.began')
    expect((caller.utterances[0]?.startMs ?? 0) - (began?.positionMs ?? 0)).toBeGreaterThanOrEqual(700 - TIMER_SLACK_MS)
    expect(eventsOf(call, 'agent.fell-silent')).toEqual([])
  })

  it('coughs, presses keys and hangs up', async () => {
    await using started = await startCall()
    const { call, caller, connection } = started
    await caller.perform({ do: 'make noise', ms: 200 })
    await caller.perform({ do: 'press', digits: '1#' })
    await connection.received(({ dtmf }) => dtmf?.digit === '#')
    await caller.perform({ do: 'stay silent', ms: 100 })
    await caller.perform({ do: 'hang up' })
    expect(await call.settled).toBe('completed')
    expect(connection.messages.flatMap(({ dtmf }) => dtmf?.digit ?? [])).toEqual(['1', '#'])
    const [span] = call.streams[0]?.sent.spans() ?? []
    expect((span?.endMs ?? 0) - (span?.startMs ?? 0)).toBe(200)
  })

  it('does not wait for an agent who hung up', async () => {
    await using started = await startCall()
    const { caller, connection } = started
    const waiting = caller.perform({ do: 'hear the agent out' })
    connection.socket.close(1000)
    await expect(waiting).rejects.toMatchObject({ code: 'call_over' })
    await expect(caller.perform({ do: 'stay silent', ms: 1 })).rejects.toMatchObject({ code: 'call_over' })
  })
})
