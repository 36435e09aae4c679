import type { Provider, ProviderCall } from '../provider.ts'
import { CascadeCall } from './cascade-call.ts'
import { openHouse, takeEar, type Wires } from './cascade-house.ts'
import { EARS } from './scripted-ear.ts'

/** A cascade's three services as the conformance suite wants one provider; a listener's door is its door. */
export async function startCascadeProvider(wires: Wires): Promise<Provider> {
  const house = await openHouse(wires)
  const { engine, deepgram, model, voice, clock } = house
  const calls: CascadeCall[] = []
  return {
    engine,
    clock,
    get attempts() {
      return deepgram.attempts
    },
    refuseNext(why) {
      if (why.because === 'bad key') deepgram.refuseNext({ status: 401, body: { err_code: 'INVALID_AUTH' } })
      else deepgram.refuseNext({ status: 429, headers: { 'retry-after': String(why.retryAfterMs / 1000) } })
    },
    async accept() {
      voice.onConnection = () => undefined
      const ear = await takeEar(house)
      const call = new CascadeCall(house, ear, await house.nextSession())
      calls.push(call)
      await call.lookAtBriefing()
      return call
    },
    tellsLanguage: EARS[wires.ear].tellsLanguage,
    endings: ENDINGS,
    async [Symbol.asyncDispose]() {
      for (const server of [model, voice, deepgram]) await server[Symbol.asyncDispose]()
      for (const call of calls) call.checkNothingOwed()
    },
  }
}

const by = (how: string, failure: Provider['endings'][number]['failure'], end: (call: CascadeCall) => unknown) => ({
  how,
  failure,
  end: (call: ProviderCall) => void end(call as CascadeCall),
})

const NO_ANSWER = 'Deepgram did not provide a response message within the timeout window. See https://dpgr.am/net0000'
const NO_AUDIO = 'Deepgram did not receive audio data or a text message within the timeout window. See dpgr.am/net0001'

/** What a cascade does not survive: it replaces a listener, and a voice, that is merely lost. */
const ENDINGS: Provider['endings'] = [
  by('no listener any more, after no answer', 'dropped', (call) => call.losesListeners(1011, NO_ANSWER)),
  by('no listener any more, after no audio', 'dropped', (call) => call.losesListeners(1011, NO_AUDIO)),
  by('no listener any more, after an ordinary close', 'dropped', (call) => call.losesListeners(1000)),
  by('a listener that cannot decode our audio', 'refused', (call) => call.hangUp(1008, 'DATA-0000')),
  by('a voice without credits', 'refused', (call) => call.voiceFails('quota_exceeded', 1008)),
  by('a voice with a policy', 'refused', (call) => call.voiceConnection.close(1008)),
  by('a voice that breaks twice', 'dropped', (call) => call.losesVoices((voice) => voice.drop())),
  by('a voice that fails twice', 'dropped', (call) => call.losesVoices((voice) => voice.close(1011))),
  by('a thinker that refuses our key', 'refused', (call) => call.refusesAnswer(401)),
  by('a thinker that has no money of ours', 'refused', (call) => call.refusesAnswer(402)),
  by('a thinker that is asked too often', 'limited', (call) => call.refusesAnswer(429)),
]
