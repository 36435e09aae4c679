import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { readWav } from '../../src/audio/wav.ts'
import { type Clock, sleep } from '../../src/lib/clock.ts'
import { HearthlineError, messageOf } from '../../src/lib/errors.ts'
import { Caller } from '../../src/simulator/caller.ts'
import { nameOf, type TalkStep } from '../../src/simulator/scenario-steps.ts'
import type { Strike } from '../../src/simulator/service/emulated-service.ts'
import type { Hearing } from '../../src/simulator/service/hearing.ts'
import type { Speech } from '../../src/simulator/speech/speech.ts'
import { VOICE_LANGUAGES, type Voice } from '../../src/simulator/speech/voice.ts'
import type { Utterance } from '../../src/simulator/twilio/caller-voice.ts'
import type { EmulatedCall } from '../../src/simulator/twilio/emulated-call.ts'
import type { WebhookAnswer } from '../../src/simulator/twilio/webhook-client.ts'
import type { DoneStep } from './evidence.ts'
import type { Servers } from './servers.ts'

export interface PerformerOptions {
  readonly call: EmulatedCall
  readonly voice: Voice
  readonly clock: Clock
  readonly speech: Speech
  readonly hearing: Hearing
  /** Names of the tools the model has asked for so far. */
  readonly toolsCalled: () => readonly string[]
  /** The call's engine misbehaves, or all do. */
  readonly strike: (how: Strike, engines: 'own' | 'all') => void
  /** The caller's telephone sends a text. */
  readonly sendText: (words: string) => Promise<WebhookAnswer>
  /** The office asks for the same call once more; resolves when it is known what comes of it. */
  readonly officeCalls: () => Promise<void>
  readonly servers: Servers
  readonly databaseFile: string
  /** The scenario's file: paths of clips count from it. */
  readonly file: string
  readonly onStep: (step: TalkStep) => void
}

const TOOL_PATIENCE_MS = 30_000
const LOOK_MS = 20

/** Does the steps of a talk, one after the other: the caller's part, and what befalls the server. */
export class Performer implements Disposable {
  readonly #options: PerformerOptions
  readonly #caller: Caller
  readonly #done: DoneStep[] = []
  /** What comes then is done without the call. */
  #hungUp = false
  readonly #timers = new DisposableStack()
  readonly #placedMs: number

  constructor(options: PerformerOptions) {
    this.#options = options
    this.#caller = new Caller(options.call)
    // Of a call of ours we learn when it rings.
    this.#placedMs = options.clock.monotonicMs() - (options.clock.now() - options.call.placedAt)
  }

  get utterances(): readonly Utterance[] {
    return this.#caller.utterances
  }

  get done(): readonly DoneStep[] {
    return this.#done
  }

  /** Why the talk broke off, or undefined when every step was done. */
  async perform(steps: readonly TalkStep[]): Promise<string | undefined> {
    for (const [index, step] of steps.entries()) {
      const startedAtMs = this.#nowMs
      try {
        await this.#do(step)
      } catch (error) {
        return `step ${index + 1} (${nameOf(step)}): ${messageOf(error)}`
      }
      this.#done.push({ name: nameOf(step), startedAtMs, endedAtMs: this.#nowMs })
    }
    return undefined
  }

  [Symbol.dispose](): void {
    this.#timers.dispose()
    this.#caller[Symbol.dispose]()
  }

  async #do(step: TalkStep): Promise<void> {
    const { clock, servers, onStep } = this.#options
    if (step.do !== 'hear' && step.do !== 'hear out') onStep(step)
    switch (step.do) {
      case 'say':
        return this.#say(step)
      case 'clip':
        return this.#play(step)
      case 'hear out':
        return this.#caller.hearOut(step)
      case 'hear':
        return this.#caller.bargeIn(NOTHING, { ...step, afterMs: step.forMs })
      case 'until tool':
        return this.#untilTool(step.tool)
      case 'press':
        return this.#caller.press(step.digits)
      case 'wait':
        return this.#hungUp ? sleep(clock, step.ms) : this.#caller.silence(step.ms)
      case 'noise':
        return this.#caller.noise(step.ms)
      case 'text':
        return this.#text(step.words)
      case 'hang up':
        this.#hungUp = true
        return this.#caller.hangUp()
      case 'office calls':
        return this.#options.officeCalls()
      case 'kill server':
        return servers.kill()
      case 'drain':
        // The talk goes on meanwhile; that the calls were let go shows in their records.
        return void servers.drain(step.deadlineMs).catch(() => {})
      case 'strike':
        return void this.#timers.use(clock.after(step.afterMs, () => this.#options.strike(step.how, step.engines)))
      case 'lock database':
        return this.#lockDatabase(step.ms)
      default:
        step satisfies never
    }
  }

  async #say({ words, language }: Extract<TalkStep, { do: 'say' }>): Promise<void> {
    const { speech, voice, hearing } = this.#options
    const audio = await speech.speak(words, voice)
    hearing.know(words, audio, language ?? VOICE_LANGUAGES[voice])
    await this.#caller.say(audio)
  }

  async #play(clip: Extract<TalkStep, { do: 'clip' }>): Promise<void> {
    const { file, hearing } = this.#options
    const { data, encoding, sampleRate, channels } = readWav(await readFile(resolve(dirname(file), clip.file)))
    if (encoding !== 'mulaw' || sampleRate !== 8000 || channels !== 1) {
      throw new HearthlineError('clip_not_telephone', `Played ${clip.file}; make it mu-law, 8 kHz, mono`)
    }
    hearing.know(clip.words, data, clip.language)
    await this.#caller.say(data)
  }

  async #text(words: string): Promise<void> {
    const answer = await this.#options.sendText(words)
    if (answer.ok) return
    const message = `Texted "${words}" to the server, which failed (${answer.errorCode}): ${answer.detail}`
    throw new HearthlineError('text_not_taken', message)
  }

  /** Looks at the engine, since the ledger may be held up by the very tool. */
  async #untilTool(tool: string): Promise<void> {
    const { clock, toolsCalled } = this.#options
    const givingUpAtMs = clock.monotonicMs() + TOOL_PATIENCE_MS
    while (!toolsCalled().includes(tool)) {
      if (clock.monotonicMs() > givingUpAtMs) {
        const message = `Waited ${TOOL_PATIENCE_MS / 1000} s for the model to call ${tool}: check the scenario's model rules`
        throw new HearthlineError('tool_not_called', message)
      }
      await sleep(clock, LOOK_MS)
    }
  }

  #lockDatabase(lockMs: number): void {
    const { databaseFile, clock } = this.#options
    const connection = new BetterSqlite(databaseFile)
    connection.exec('BEGIN IMMEDIATE')
    clock.after(lockMs, () => connection.close())
  }

  get #nowMs(): number {
    return this.#options.clock.monotonicMs() - this.#placedMs
  }
}

const NOTHING = Buffer.alloc(0)
