import { describe, expect, it } from 'vitest'
import { type EncodedAudio, encodeAudio, encodedSilence } from '../../src/audio/encoded-audio.ts'
import { type Briefing, EngineError, type EngineSession } from '../../src/engines/engine.ts'
import { HeardEvents } from './heard-events.ts'
import type { Provider, ProviderCall } from './provider.ts'

/** What every engine must do, whoever is behind it: `Engine` and `EngineSession`, played against its own provider. */

type CaseName = keyof typeof CASES

/** Leaving a case out takes a reason in words, which the report shows. */
export type LeftOut = Partial<Record<CaseName, string>>

export function describeEngine(name: string, startProvider: () => Promise<Provider>, leftOut: LeftOut = {}): void {
  describe(`${name} as an engine`, () => {
    for (const [title, play] of Object.entries(CASES)) {
      const reason = leftOut[title as CaseName]
      if (reason !== undefined) {
        it.skip(`${title} (left out: ${reason})`, () => undefined)
        continue
      }
      it(title, async () => {
        await using provider = await startProvider()
        await play(provider)
      })
    }
  })
}

const BRIEFING: Briefing = {
  instructions: 'You answer the phone of a mortgage company.',
  tools: [
    { name: 'book', description: 'Books an appointment.', parameters: { type: 'object', properties: {} } },
    { name: 'look_up', description: 'Looks a caller up.', parameters: { type: 'object', properties: {} } },
  ],
  language: 'en-US',
  history: [],
  callerKey: 'caller-hash',
}

const BOOK = { requestId: 'call_1', name: 'book', argumentsJson: '{"day":"Tuesday"}' }
const LOOK_UP = { requestId: 'call_2', name: 'look_up', argumentsJson: '{}' }

/** What the agent says is loud: an engine may have to find it in silence. */
function speech(ms: number): EncodedAudio {
  return encodeAudio(Buffer.alloc(ms * 8, 0x20))
}

interface Play extends AsyncDisposable {
  readonly call: ProviderCall
  readonly session: EngineSession
  readonly events: HeardEvents
}

async function openCall(provider: Provider, briefing: Briefing = BRIEFING): Promise<Play> {
  const events = new HeardEvents()
  const opening = provider.engine.open(briefing, { signal: new AbortController().signal, onEvent: events.listen })
  // Whichever fails first is the news; the other would wait for it in vain.
  const [call, session] = await Promise.all([provider.accept(), opening])
  return { call, session, events, [Symbol.asyncDispose]: () => session[Symbol.asyncDispose]() }
}

/** Opens against a provider that will have none of it. */
async function failureOf({ engine }: Provider): Promise<EngineError> {
  const options = { signal: new AbortController().signal, onEvent: () => undefined }
  const error = await engine.open(BRIEFING, options).then(
    () => new Error('The engine opened'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof EngineError) return error
  throw error
}

/**
 * Asks for an answer and lets the provider begin to speak it: 200 ms of audio. Gives the engine's ids for what the
 * provider calls `resp_1` and `item_1`.
 */
async function speakUntilHalf({ call, session, events }: Play): Promise<{ answerId: string; utteranceId: string }> {
  session.answer()
  await call.expectAnswerRequest()
  call.startsAnswer('resp_1')
  call.speaks('resp_1', 'item_1', speech(200), 'Good morning')
  const { utteranceId } = await events.first('agent.audio')
  const { answerId } = await events.first('answer.started')
  return { answerId, utteranceId }
}

const CASES = {
  async 'opens with the briefing and the talk so far'(provider: Provider) {
    const history = [
      { role: 'agent', text: 'Thanks for calling.' },
      { role: 'caller', text: 'I want to refinance.' },
      { role: 'note', text: 'The caller pressed 2.' },
    ] as const
    await using play = await openCall(provider, { ...BRIEFING, history })
    const { instructions, callerKey } = BRIEFING
    expect(play.call.briefed).toEqual({ instructions, callerKey, toolNames: ['book', 'look_up'], history })
    expect(play.events.all).toEqual([])
  },

  async 'hears the caller, answers when asked, and says when it is done'(provider: Provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    const frame = encodedSilence(20)
    session.hear(frame)
    await call.expectCallerAudio(frame)
    call.callerStartsSpeaking('turn_1')
    call.callerStopsSpeaking('turn_1')
    call.transcribes('turn_1', ['Hello', ' there'], 'Hello there.')
    await call.expectNothing()
    const turnIds = events.of('caller.stopped-speaking').map(({ turnId }) => turnId)
    // Where words come in fragments, the last of them is a partial too.
    const words = events.of('caller.words').filter(({ text, final }) => final || text !== 'Hello there.')
    expect(words.map(({ turnId, text, final }) => [[turnId], text, final])).toEqual([
      [turnIds, 'Hello', false],
      [turnIds, 'Hello there', false],
      [turnIds, 'Hello there.', true],
    ])

    const { answerId, utteranceId } = await speakUntilHalf(play)
    call.speaks('resp_1', 'item_1', speech(100), ' to you')
    call.finishesUtterance('resp_1', 'item_1', 'Good morning to you')
    call.endsAnswer('resp_1', 'completed')
    expect(await events.first('answer.ended')).toMatchObject({ answerId, outcome: 'spoke' })
    expect(events.of('answer.started')).toHaveLength(1)
    expect(events.of('agent.audio').map(({ audio }) => audio.toString())).toEqual(
      [speech(200), speech(100)].map(String),
    )
    expect(events.of('agent.words').at(-1)).toMatchObject({ text: 'Good morning to you', final: true })
    expect(events.of('agent.utterance-complete')).toMatchObject([{ utteranceId }])
  },

  async 'says nothing unasked'(provider: Provider) {
    await using play = await openCall(provider)
    play.session.tell({ role: 'note', text: 'The caller pressed 2.' })
    await play.call.expectNote('pressed 2')
    play.call.callerStartsSpeaking('turn_1')
    play.call.callerStopsSpeaking('turn_1')
    await play.call.expectNothing()
    expect(play.events.of('answer.started')).toEqual([])
  },

  async 'stops an answer that was asked for and has not begun'(provider: Provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    session.answer()
    await call.expectAnswerRequest()
    call.callerStartsSpeaking('turn_1')
    await events.first('caller.started-speaking')
    session.interrupt([])
    call.startsAnswer('resp_1')
    call.speaks('resp_1', 'item_1', speech(60), 'Never heard')
    await call.expectCancel('resp_1')
    call.endsAnswer('resp_1', 'cancelled')
    await call.expectMemoryCut('item_1', 0)
    expect(await events.first('answer.ended')).toMatchObject({ outcome: 'cancelled' })
    expect(events.of('agent.audio')).toEqual([])
    expect(events.of('agent.words')).toEqual([])
  },

  async 'is interrupted by speech in the middle of an answer'(provider: Provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    const { utteranceId } = await speakUntilHalf(play)
    call.callerStartsSpeaking('turn_1')
    await events.first('caller.started-speaking')
    session.interrupt([{ utteranceId, heardMs: 80.9 }])
    await call.expectMemoryCut('item_1', 80)
    call.speaks('resp_1', 'item_1', speech(500), ' and on')
    call.endsAnswer('resp_1', 'cancelled')
    await events.first('answer.ended')
    await call.expectNothing()
    expect(events.of('agent.audio')).toHaveLength(1)
    expect(events.of('agent.utterance-complete')).toHaveLength(1)
  },

  async 'is stopped in the middle of an answer though nobody spoke'(provider: Provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    const { utteranceId } = await speakUntilHalf(play)
    session.interrupt([{ utteranceId, heardMs: 100 }])
    session.answer('Say only that a colleague will call back.')
    await call.expectCancel('resp_1')
    await call.expectMemoryCut('item_1', 100)
    // What cannot be cancelled has no end that the next answer could wait for.
    if (provider.engine.capabilities.cancels) await call.expectNothing()
    call.endsAnswer('resp_1', 'cancelled')
    await call.expectAnswerRequest()
    await events.first('answer.ended')
  },

  async 'is interrupted after the answer ended, while it is still being played'(provider: Provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    const { utteranceId } = await speakUntilHalf(play)
    call.speaks('resp_1', 'item_2', speech(100), 'A second sentence')
    const second = await events.first('agent.audio', 2)
    call.finishesUtterance('resp_1', 'item_1', 'Good morning')
    call.finishesUtterance('resp_1', 'item_2', 'A second sentence')
    call.endsAnswer('resp_1', 'completed')
    await events.first('answer.ended')
    session.interrupt([
      { utteranceId, heardMs: 999 },
      { utteranceId: second.utteranceId, heardMs: 0 },
      { utteranceId: 'phrase_opening', heardMs: 400 },
    ])
    await call.expectMemoryCut('item_1', 200)
    await call.expectMemoryCut('item_2', 0)
    await call.expectNothing()
    expect(events.of('agent.utterance-complete')).toHaveLength(2)
  },

  async 'asks for a tool once and answers with its result'(provider: Provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    session.answer()
    await call.expectAnswerRequest()
    call.startsAnswer('resp_1')
    call.requestsTool('resp_1', BOOK)
    expect(await events.first('tool.requested')).toMatchObject(BOOK)
    session.returnToolResult(BOOK.requestId, '{"booked":true}')
    session.answer()
    await call.expectToolResult(BOOK.requestId, '{"booked":true}')
    await call.expectNothing()
    call.endsAnswer('resp_1', 'completed', [BOOK])
    await call.expectAnswerRequest()
    expect(await events.first('answer.ended')).toMatchObject({ outcome: 'asked for tools' })
    expect(events.of('tool.requested')).toHaveLength(1)
  },

  async 'asks for two tools at once and gives one answer to both'(provider: Provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    session.answer()
    await call.expectAnswerRequest()
    call.startsAnswer('resp_1')
    call.requestsTool('resp_1', BOOK)
    call.requestsTool('resp_1', LOOK_UP)
    await events.first('tool.requested', 2)
    for (const { requestId } of [LOOK_UP, BOOK]) {
      session.returnToolResult(requestId, '{}')
      session.answer()
      await call.expectToolResult(requestId, '{}')
    }
    call.endsAnswer('resp_1', 'completed', [BOOK, LOOK_UP])
    await call.expectAnswerRequest()
    await call.expectNothing()
    expect(events.of('tool.requested').map(({ requestId }) => requestId)).toEqual(['call_1', 'call_2'])
  },

  async 'takes a tool result of an earlier session as a note'(provider: Provider) {
    await using play = await openCall(provider)
    play.session.returnToolResult('call_of_yesterday', '{"booked":true}')
    await play.call.expectNote('{"booked":true}')
  },

  async 'says that an answer ended empty'(provider: Provider) {
    await using play = await openCall(provider)
    play.session.answer()
    await play.call.expectAnswerRequest()
    play.call.startsAnswer('resp_1')
    play.call.endsAnswer('resp_1', 'completed')
    expect(await play.events.first('answer.ended')).toMatchObject({ outcome: 'empty' })
  },

  async 'says once why it was lost, whatever way the provider ends it'(provider: Provider) {
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

  async 'notices a connection that is open and dead'(provider: Provider) {
    await using play = await openCall(provider)
    provider.clock.advance(5_000)
    await play.call.settled()
    play.call.fallsSilent()
    provider.clock.advance(5_000)
    expect(play.events.of('engine.lost')).toEqual([])
    provider.clock.advance(3_000)
    expect(play.events.of('engine.lost')).toMatchObject([{ error: { failure: 'stalled' } }])
  },

  async 'reports a rate limit at the door with the wait it was told'(provider: Provider) {
    provider.refuseNext({ because: 'rate limit', retryAfterMs: 2_000 })
    const error = await failureOf(provider)
    expect(error).toMatchObject({ failure: 'limited', retryAfterMs: 2_000, retryable: true })
  },

  async 'tries a bad key exactly once'(provider: Provider) {
    provider.refuseNext({ because: 'bad key' })
    const error = await failureOf(provider)
    expect(error).toMatchObject({ failure: 'refused', retryable: false })
    expect(provider.attempts).toBe(1)
  },

  async 'survives a broken message and says so'(provider: Provider) {
    await using play = await openCall(provider)
    play.call.sendsGarbage()
    await play.events.first('engine.complained')
    await speakUntilHalf(play)
  },

  async 'passes over an event it has never heard of'(provider: Provider) {
    await using play = await openCall(provider)
    play.call.sendsUnknownEvent()
    await play.call.expectNothing()
    expect(play.events.all).toEqual([])
  },

  async 'is silent once it is disposed of, and gone'(provider: Provider) {
    const play = await openCall(provider)
    play.call.callerStartsSpeaking('turn_1')
    await play.session[Symbol.asyncDispose]()
    await play.call.closed
    const heard = play.events.all.length
    play.session.hear(encodedSilence(20))
    play.session.answer()
    play.session.interrupt([])
    provider.clock.advance(60_000)
    expect(play.events.all).toHaveLength(heard)
    expect(provider.clock.timers).toBe(0)
  },
} satisfies Record<string, (provider: Provider) => Promise<void>>
