import { setTimeout as sleep } from 'node:timers/promises'
import type { CallServices } from '../../../src/call/call-services.ts'
import type { CallFact } from '../../../src/call/facts.ts'
import { createFactHider } from '../../../src/call/hidden-facts.ts'
import { SpeechGuard } from '../../../src/call/speech-guard.ts'
import { StageRunner } from '../../../src/call/stage-runner.ts'
import { systemClock } from '../../../src/lib/clock.ts'
import { createLog } from '../../../src/lib/log.ts'
import type { LoopShare } from '../../../src/lib/loop-share.ts'
import type { Random } from '../../../src/simulator/seeded-random.ts'
import { InventedTalk, type InventedText } from './invented-talk.ts'
import { metered } from './listeners.ts'
import type { WorkMeter } from './work-meter.ts'

/** What listens in a call. */
export type Listeners = Pick<CallServices, 'stages' | 'speechRule' | 'privateWords' | 'soundsRecorded'>

export interface PlayedCallOptions {
  readonly listeners: Listeners
  /** Of all calls together. */
  readonly share: LoopShare
  readonly meter: WorkMeter
  readonly random: Random
  /** A stage has thrown. */
  readonly onFailure: () => void
}

/** What the stages have before them. */
interface Utterance {
  readonly about: InventedText
  /** What it counts as. */
  readonly wholes: readonly string[]
  readonly saidAtMs: number
  /** Spent on it so far. */
  workMs: number
}

/** What is measured as a whole; the rest are its parts, and named by the stages. */
export const WHOLE = {
  newCall: 'a new call',
  caller: 'an utterance of the caller',
  usual: '- of these, what people say',
  hostile: '- of these, hostile',
  agent: 'an utterance of the agent',
  found: 'until all is found in an utterance',
  words: 'the speech check, a word more',
} as const
const HIDING = 'hiding private numbers in a fact'
const RECORDED = 'does it sound recorded'

/** From one utterance of the caller to the next, and what happens in between. */
export const TURN_MS = 4_000
const TURN_JITTER_MS = 2_000
const ANSWER_AFTER_MS = 700
/** A model writes an answer in about this time, whatever its length. */
const ANSWER_TAKES_MS = 1_000
const HEARD_AFTER_MS = 1_000
/** Every so often a tool is used. */
const TOOL_SHARE = 0.2
const RAISED_SHARE = 0.1

const WORDLESS: ReadonlySet<CallFact['type']> = new Set([
  'caller.started-speaking',
  'caller.stopped-speaking',
  'agent.speaking',
])

/** A failing stage is counted where it is measured. */
const log = createLog({ level: 'silent' })

/** One call as far as listening goes: facts, stages and speech check in the order and with the words a call has them. */
export class PlayedCall {
  readonly #listeners: Listeners
  readonly #meter: WorkMeter
  readonly #random: Random
  readonly #talk: InventedTalk
  readonly #hide: ReturnType<typeof createFactHider>
  readonly #stages: StageRunner
  readonly #guard: SpeechGuard
  /** Not all stages have heard these. */
  readonly #utterances: Utterance[] = []
  readonly #startedAtMs = performance.now()
  #prompt = ''
  #facts = 0
  #turns = 0
  #answers = 0

  constructor({ listeners, share, meter, random, onFailure }: PlayedCallOptions) {
    this.#listeners = listeners
    this.#meter = meter
    this.#random = random
    this.#talk = new InventedTalk(random)
    this.#hide = createFactHider(listeners.privateWords())
    const spend = (ms: number) => {
      this.#utterances[0]!.workMs += ms
    }
    this.#stages = new StageRunner(
      metered(listeners.stages, { meter, about: () => this.#utterances[0]!.about, onFailure }),
      {
        before: [],
        suspicion: 0,
        share,
        note: (fact) => spend(timed(() => this.#note(fact))),
        onHeard: () => this.#heard(),
        log,
        watch: { clock: systemClock, onStage: (_stage, tookMs) => spend(tookMs) },
      },
    )
    this.#guard = new SpeechGuard(listeners.speechRule)
  }

  async turn(): Promise<void> {
    const endsAtMs = performance.now() + TURN_MS + (this.#random() - 0.5) * TURN_JITTER_MS
    this.hearCaller()
    if (this.#random() < TOOL_SHARE) this.#useTool()
    await sleep(ANSWER_AFTER_MS)
    await this.#answer()
    await sleep(Math.max(0, endsAtMs - performance.now()))
  }

  async #answer(): Promise<void> {
    const answer = this.#talk.agent()
    const words = answer.text.split(/(?<= )/)
    let soFar = ''
    let barred = false
    for (const word of words) {
      await sleep(ANSWER_TAKES_MS / words.length)
      soFar += word
      this.#meter.about(answer)
      barred = this.#check(soFar, false)
      if (barred) break
    }
    this.#meter.about(answer)
    if (!barred) this.#check(soFar, true)
    this.#note({ type: 'agent.speaking', utteranceId: this.#utteranceId(), queuedMs: 0 })
    await sleep(HEARD_AFTER_MS)
    this.#heardOut({ ...answer, text: soFar })
  }

  hearCaller(): void {
    const said = this.#talk.caller()
    const isRaised = this.#random() < RAISED_SHARE
    const atMs = this.#nowMs()
    const turnId = `turn_${this.#turns++}`
    this.#note({ type: 'caller.started-speaking' })
    this.#note({ type: 'caller.stopped-speaking', turnId, endpointingMs: 500 })
    this.#begin(said, [WHOLE.caller, said.isHostile ? WHOLE.hostile : WHOLE.usual], () => {
      this.#note({ type: 'caller.said', turnId, text: said.text })
      this.#meter.measure(RECORDED, () => this.#listeners.soundsRecorded(said.text))
    })
    this.#stages.hear({
      by: 'caller',
      text: said.text,
      atMs,
      fromMs: atMs - said.text.length * 60,
      ...(this.#prompt === '' ? {} : { prompt: this.#prompt }),
      ...(isRaised ? { raisedDb: 9, interrupted: true } : {}),
    })
  }

  catchUp(): void {
    this.#stages.catchUp()
  }

  /** What is done with an utterance before the stages hear it. */
  #begin(about: InventedText, wholes: readonly string[], work: () => void): void {
    this.#meter.about(about)
    const saidAtMs = performance.now()
    const workMs = timed(work)
    this.#utterances.push({ about, wholes, saidAtMs, workMs })
  }

  #heard(): void {
    const { wholes, saidAtMs, workMs } = this.#utterances.shift()!
    for (const whole of wholes) this.#meter.record(whole, workMs)
    this.#meter.record(WHOLE.found, performance.now() - saidAtMs)
  }

  #heardOut(answer: InventedText): void {
    const { text } = answer
    const atMs = this.#nowMs()
    const givenMs = text.length * 60
    const spoke = { utteranceId: this.#utteranceId(), text, heardText: text, givenMs, heardMs: givenMs }
    this.#begin(answer, [WHOLE.agent], () => this.#note({ type: 'agent.spoke', ...spoke, interrupted: false }))
    this.#stages.hear({ by: 'agent', text, atMs, fromMs: atMs - givenMs })
    this.#prompt = text.slice(-300)
    this.#answers += 1
  }

  /** Whether the rest may not be said. */
  #check(soFar: string, final: boolean): boolean {
    const utteranceId = this.#utteranceId()
    const barred = this.#meter.measure(WHOLE.words, () => this.#guard.hear(utteranceId, soFar, final))
    if (final) this.#note({ type: 'agent.words', utteranceId, text: soFar })
    return barred !== undefined
  }

  #useTool(): void {
    const requested = { requestId: 'request_1', name: 'take_message' }
    const { text } = this.#talk.caller()
    const argumentsJson = JSON.stringify({ message: text, callBackNumber: '415 555 0142', urgent: false })
    this.#note({ type: 'tool.requested', ...requested, argumentsJson })
    const reply = { taken: true, message: text }
    this.#note({ type: 'tool.ended', ...requested, outcome: 'replied', reply, tookMs: 20 })
  }

  #note(fact: CallFact): void {
    this.#facts += 1
    const hide = () => this.#hide({ seq: this.#facts, atMs: this.#nowMs(), fact })
    // Facts without words would make the hiding look quick.
    if (WORDLESS.has(fact.type)) hide()
    else this.#meter.measure(HIDING, hide)
  }

  #utteranceId(): string {
    return `utterance_${this.#answers}`
  }

  #nowMs(): number {
    return Math.round(performance.now() - this.#startedAtMs)
  }
}

/** How long it took, in ms. */
function timed(work: () => void): number {
  const beganAtMs = performance.now()
  work()
  return performance.now() - beganAtMs
}
