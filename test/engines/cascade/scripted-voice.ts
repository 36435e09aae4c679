import { durationMs, type EncodedAudio } from '../../../src/audio/encoded-audio.ts'
import { createElevenLabsSpeaker } from '../../../src/engines/cascade/elevenlabs-voice/elevenlabs-speaker.ts'
import type { Speaker } from '../../../src/engines/cascade/speaker.ts'
import type { Clock } from '../../../src/lib/clock.ts'
import { createLog } from '../../../src/lib/log.ts'
import {
  type ScriptedConnection,
  ScriptedRealtimeServer,
  type WireMessage,
} from '../../fakes/scripted-realtime-server.ts'

/** One utterance on the voice's wire. */
export interface VoiceContext {
  readonly connection: ScriptedConnection
  readonly id: string
  /** All words it was given. */
  text: string
  /** No more will come. */
  closed: boolean
}

/** The voice of all calls: takes what it is given to say, and says what the test wants, over real sockets. */
export class ScriptedVoice implements AsyncDisposable {
  /** In the order in which they were opened. */
  readonly contexts: VoiceContext[] = []
  /** Called with every connection. */
  onConnection: (connection: ScriptedConnection) => void = () => undefined
  readonly #server: ScriptedRealtimeServer
  readonly #open = new Set<ScriptedConnection>()

  private constructor(server: ScriptedRealtimeServer) {
    this.#server = server
    server.onConnection = (connection) => this.#take(connection)
  }

  static async start(): Promise<ScriptedVoice> {
    return new ScriptedVoice(await ScriptedRealtimeServer.start())
  }

  speaker(clock: Clock): Speaker {
    return createElevenLabsSpeaker({
      apiKey: 'xi-test-key-nobody-may-see',
      baseUrl: new URL(this.#server.url).origin,
      voiceId: 'rachel',
      model: 'eleven_flash_v2_5',
      settings: { stability: 0.5, similarityBoost: 0.75, speed: 1 },
      clock,
      log: createLog({ level: 'silent' }),
    })
  }

  /** Speaks, its characters spread evenly over the audio; also when the context was closed, as a voice in full flow does. */
  speaks({ connection, id }: VoiceContext, audio: EncodedAudio, words: string): void {
    const chars = [...words]
    const msPerChar = durationMs(audio) / chars.length
    const alignment = {
      chars,
      charStartTimesMs: chars.map((_, at) => Math.round(at * msPerChar)),
      charDurationsMs: chars.map(() => Math.round(msPerChar)),
    }
    connection.sendRaw(JSON.stringify({ audio: audio.toString(), contextId: id, alignment }))
  }

  finishes({ connection, id }: VoiceContext): void {
    connection.sendRaw(JSON.stringify({ audio: null, isFinal: true, contextId: id }))
  }

  /** Sends something nobody knows. */
  hums(): void {
    for (const connection of this.#open) connection.sendRaw('{"melody":[1,2]}')
  }

  async settled(): Promise<void> {
    await Promise.all([...this.#open].map((connection) => Promise.race([connection.settled(), connection.closed])))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#server[Symbol.asyncDispose]()
  }

  #take(connection: ScriptedConnection): void {
    this.#open.add(connection)
    void connection.closed.then(() => this.#open.delete(connection))
    connection.passesOver = (message) => this.#read(connection, message)
    this.onConnection(connection)
  }

  #read(connection: ScriptedConnection, { context_id: id, text, voice_settings, close_context }: WireMessage): boolean {
    if (voice_settings) this.contexts.push({ connection, id: String(id), text: '', closed: false })
    const context = this.contexts.findLast((one) => one.connection === connection && one.id === id)
    if (!context) return false
    if (text !== ' ') context.text += text ?? ''
    context.closed ||= close_context === true
    return true
  }
}
