import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../lib/clock.ts'
import { createId } from '../../lib/ids.ts'
import type { Log } from '../../lib/log.ts'
import type { Connection, EmulatedService, Strike } from '../service/emulated-service.ts'
import type { Fault } from '../service/faults.ts'
import type { Refusal } from '../service/refuse.ts'
import { type Opened, SocketService } from '../service/socket-service.ts'
import type { Speech } from '../speech/speech.ts'
import { answerSpeech } from './speech-endpoint.ts'
import type { VoiceTiming } from './spoken-stream.ts'
import { type Utterance, VoiceSocket } from './voice-socket.ts'

export interface ElevenLabsVoiceEmulatorOptions {
  readonly clock: Clock
  readonly log: Log
  readonly speech: Speech
  /** The only key that is let in; without it any key is. */
  readonly apiKey?: string
  /** Types of frames, for those that name one: `audio`, `final`, `error`. A failed response is a text that fails. */
  readonly faults?: readonly Fault[]
  readonly timing?: Partial<VoiceTiming>
}

export interface ElevenLabsVoiceEmulator extends EmulatedService {
  /** Origin, for HTTP as for sockets. */
  readonly baseUrl: string
  /** Every text that was begun, in order. */
  readonly utterances: readonly Utterance[]
}

/** Of the v2.5 models (ElevenLabs' models page); they are told no other. */
const LANGUAGES =
  'ar bg cs da de el en es fi fil fr hi hr hu id it ja ko ms nl no pl pt ro ru sk sv ta tr uk vi zh'.split(' ')

const DEFAULT_TIMING: VoiceTiming = { firstAudioMs: 80, speedUp: 8, chunkMs: 200 }

/** Starts ElevenLabs' text-to-speech on a free loopback port: by HTTP, and by both of its sockets. */
export async function startElevenLabsVoiceEmulator(
  options: ElevenLabsVoiceEmulatorOptions,
): Promise<ElevenLabsVoiceEmulator> {
  const emulator = new Emulator(options)
  await emulator.listen()
  return emulator
}

class Emulator implements ElevenLabsVoiceEmulator {
  readonly name = 'elevenlabs voice'
  readonly toolsCalled: readonly string[] = []
  readonly complaints: string[] = []
  readonly utterances: Utterance[] = []
  readonly #options: ElevenLabsVoiceEmulatorOptions
  readonly #timing: VoiceTiming
  readonly #service: SocketService<object>

  constructor(options: ElevenLabsVoiceEmulatorOptions) {
    this.#options = options
    this.#timing = { ...DEFAULT_TIMING, ...options.timing }
    this.#service = new SocketService({
      clock: options.clock,
      faults: options.faults,
      refusal: (request, url) => this.#refusal(request, url),
      worded,
      describe: () => ({}),
      onRequest: (request, response) => this.#onRequest(request, response),
      onOpened: (opened) => this.#onOpened(opened),
    })
  }

  get baseUrl(): string {
    return this.#service.origin
  }

  get connections(): readonly Connection[] {
    return this.#service.connections
  }

  async listen(): Promise<void> {
    await this.#service.listen()
  }

  strike(how: Strike): void {
    this.#service.strike(how)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#service[Symbol.asyncDispose]()
  }

  #onRequest(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const refusal = this.#requestRefusal(request, url)
    if (refusal) {
      response.writeHead(refusal.status, { 'content-type': 'application/json' }).end(JSON.stringify(refusal.body))
      return
    }
    const { clock, speech } = this.#options
    const onComplaint = (complaint: string) => void this.complaints.push(complaint)
    answerSpeech(request, response, { clock, speech, timing: this.#timing, onComplaint }).catch(() =>
      response.destroy(),
    )
  }

  #requestRefusal(request: IncomingMessage, url: URL): Refusal | undefined {
    if (request.method !== 'POST' || !/^\/v1\/text-to-speech\/[^/]+(\/stream)?$/.test(url.pathname))
      return worded({ status: 404 })
    const key = request.headers['xi-api-key']?.toString()
    return key !== undefined && this.#knows(key) ? this.#formatRefusal(url) : worded({ status: 401 })
  }

  #refusal(request: IncomingMessage, url: URL): Refusal | undefined {
    if (!placeOf(url)) return worded({ status: 404 })
    const key = request.headers['xi-api-key']?.toString()
    // The key may also come with the first message.
    if (key !== undefined && !this.#knows(key)) return worded({ status: 401 })
    if (/^eleven_v[34]/.test(url.searchParams.get('model_id') ?? ''))
      return this.#complain('This model is not available on this endpoint: use text-to-dialogue.')
    const language = url.searchParams.get('language_code')
    if (language !== null && !LANGUAGES.includes(language))
      return this.#complain(`The model does not support the language_code ${language}.`)
    return this.#formatRefusal(url)
  }

  #formatRefusal(url: URL): Refusal | undefined {
    if (url.searchParams.get('output_format') === 'ulaw_8000') return undefined
    return this.#complain('Only output_format=ulaw_8000 is emulated.')
  }

  #complain(message: string): Refusal {
    this.complaints.push(message)
    return worded({ status: 400 }, message)
  }

  #knows(key: string): boolean {
    return key === (this.#options.apiKey ?? key)
  }

  #onOpened({ fragile, socket, request, url }: Opened): void {
    const { clock, log, speech } = this.#options
    const place = placeOf(url)
    let texts = 0
    const voice = new VoiceSocket({
      ...{ clock, log, speech, url, socket: fragile, timing: this.#timing },
      voiceId: place?.voiceId ?? '',
      multi: place?.multi ?? false,
      isKnown: request.headers['xi-api-key'] !== undefined,
      knows: (key) => this.#knows(key),
      onUtterance: (utterance) => this.utterances.push(utterance),
      onComplaint: (complaint) => this.complaints.push(complaint),
      nextFailure: () => {
        texts += 1
        return fragile.faults.all('failed response').find(({ response = texts }) => response === texts)?.code
      },
    })
    socket.on('message', (data) => voice.receive(data.toString()))
    socket.on('error', (err) => log.debug({ err }, 'the socket of an emulated ElevenLabs voice failed'))
    socket.on('close', () => voice[Symbol.dispose]())
  }
}

function placeOf(url: URL): { voiceId: string; multi: boolean } | undefined {
  const found = /^\/v1\/text-to-speech\/(?<voice>[^/]+)\/(?<multi>multi-)?stream-input$/.exec(url.pathname)?.groups
  return found && { voiceId: decodeURIComponent(found.voice ?? ''), multi: found.multi !== undefined }
}

/** Types and codes of errors (contract 2). */
const ERRORS: Readonly<Record<number, readonly [type: string, code: string]>> = {
  400: ['invalid_request', 'invalid_request'],
  401: ['authentication_error', 'invalid_api_key'],
  403: ['authorization_error', 'feature_not_available'],
  404: ['not_found', 'not_found'],
  429: ['rate_limit_error', 'concurrent_limit_exceeded'],
  503: ['service_unavailable', 'service_unavailable'],
}

function worded(refusal: Refusal, message = `The emulated service answers ${refusal.status}.`): Refusal {
  const [type, code] = ERRORS[refusal.status] ?? ['internal_error', 'internal_error']
  const detail = { type, code, message, status: code, request_id: createId('req'), param: null }
  return { ...refusal, body: { detail } }
}
