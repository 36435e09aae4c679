import type { ResponseStreamEvent } from 'openai/resources/responses/responses'
import { createClock } from '../../../src/lib/clock.ts'
import {
  type OpenAiLiveEmulator,
  type OpenAiLiveEmulatorOptions,
  startOpenAiLiveEmulator,
} from '../../../src/simulator/openai-live/openai-live-emulator.ts'
import type { SentEvent } from '../../../src/simulator/openai-live/protocol.ts'
import { Hearing } from '../../../src/simulator/service/hearing.ts'
import { babble } from '../../../src/simulator/speech/babble.ts'
import { instantSpeech, script, silence, silentLog, WireClient } from '../wire-client.ts'

export type LiveClient = WireClient<SentEvent>

/** An emulator whose time runs fifty times faster than ours, with `hearing` at hand. */
export async function start(
  options: Partial<OpenAiLiveEmulatorOptions> = {},
): Promise<{ emulator: OpenAiLiveEmulator; hearing: Hearing } & AsyncDisposable> {
  const hearing = new Hearing()
  const parts = { clock: createClock(50), script: script(), speech: instantSpeech, log: silentLog, hearing }
  const emulator = await startOpenAiLiveEmulator({ ...parts, ...options })
  return { emulator, hearing, [Symbol.asyncDispose]: () => emulator[Symbol.asyncDispose]() }
}

export function urlOf({ baseUrl }: OpenAiLiveEmulator): string {
  return `${baseUrl.replace('http', 'ws')}/live/sessions`
}

export function connect(emulator: OpenAiLiveEmulator): Promise<LiveClient> {
  return WireClient.open<SentEvent>(urlOf(emulator), { headers: { authorization: 'Bearer sk-test' } })
}

/** A telephone's session. */
export const SESSION = { model: 'gpt-live-1', audio: { format: { type: 'audio/pcmu', rate: 8_000 } } }

/** The same, with tools behind the voice and no "one moment". */
export const SESSION_WITH_TOOLS = {
  ...SESSION,
  delegation: {
    type: 'responses',
    acknowledgement_delay_ms: 600_000,
    responses: {
      model: 'gpt-5.4-mini',
      tools: [
        { type: 'function', name: 'look_up' },
        { type: 'function', name: 'note_down' },
      ],
    },
  },
}

export async function begin(emulator: OpenAiLiveEmulator, session: object = SESSION): Promise<LiveClient> {
  const client = await connect(emulator)
  client.send({ type: 'session.start', event_id: 'start_1', session })
  await client.next('session.started')
  return client
}

/** Plays words of the caller's and the silence behind them, all at once. */
export function say(client: LiveClient, hearing: Hearing, words: string): void {
  const clip = babble(words, 'caller')
  hearing.know(words, clip)
  play(client, Buffer.concat([silence(200), clip, silence(800)]))
}

export function play(client: LiveClient, mulaw: Buffer): void {
  for (let at = 0; at < mulaw.length; at += 160)
    client.send({ type: 'session.input_audio.append', audio: mulaw.subarray(at, at + 160).toString('base64') })
}

/** What the agent has said so far, by its transcript. */
export function said(client: LiveClient): string {
  return client
    .all('session.output_transcript.delta')
    .map(({ delta }) => delta)
    .join('')
}

/** Resolves when the agent has said these words. */
export async function untilSaid(client: LiveClient, words: string): Promise<void> {
  while (!said(client).includes(words)) await client.next('session.output_transcript.delta')
}

/** What the backend's events hold. */
export function backendEvents(client: LiveClient): ResponseStreamEvent[] {
  return client.all('response.event').map(({ event }) => event as unknown as ResponseStreamEvent)
}
