import type { EncodedAudio } from '../audio/encoded-audio.ts'
import type { HistoryItem } from '../engines/engine.ts'
import type { PhoneLine } from '../telephony/line.ts'
import type { AgentSpeech } from './agent-speech.ts'
import type { Answering } from './answering.ts'
import type { EngineLink, TalkEvent } from './engine-link.ts'
import type { EngineOpening } from './facts.ts'
import type { CallerEvent, Floor } from './floor.ts'
import type { AgentEvent } from './held-speech.ts'
import type { LoopKind } from './loop-breaker.ts'
import type { PersonStep, PersonWatch } from './person-watch.ts'
import type { PhraseKey } from './phrases.ts'
import type { StageRunner } from './stage-runner.ts'
import { type ConversationOptions, createTalkParts } from './talk-parts.ts'
import type { ToolRunner } from './tool-runner.ts'
import type { ToolTurn } from './tool-turn.ts'
import type { WaitBridge } from './wait-bridge.ts'

/** Fixed wording that only bridges a wait: the model need not know of it. */
const FILLERS: ReadonlySet<PhraseKey> = new Set(['one-moment', 'still-working'])

/**
 * The talk of one call: what the engine hears and says, who has the floor, which tools run. It knows no carrier and
 * no record; what it decides about the call as a whole it asks of the session, as actions.
 */
export class Conversation implements AsyncDisposable {
  readonly #options: ConversationOptions
  readonly #link: EngineLink
  readonly #answering: Answering
  readonly #speech: AgentSpeech
  readonly #floor: Floor
  readonly #tools: ToolRunner
  readonly #toolTurn: ToolTurn
  readonly #stages: StageRunner
  readonly #bridge: WaitBridge
  readonly #person: PersonWatch
  #spokeSinceCaller = false
  #over = false
  #ending = false
  /** What sounds on the line is taken for no person: it does not hold the floor. */
  #nobodyThere = false

  constructor(options: ConversationOptions) {
    const parts = createTalkParts(options, {
      onEngine: (event) => this.#onEngine(event),
      onLoop: (kind) => this.#breakLoop(kind),
      say: (key) => this.say(key),
      isOver: () => this.#over,
      isEnding: () => this.#ending,
    })
    this.#options = options
    this.#link = parts.link
    this.#answering = parts.answering
    this.#speech = parts.speech
    this.#floor = parts.floor
    this.#tools = parts.tools
    this.#toolTurn = parts.toolTurn
    this.#stages = parts.stages
    this.#bridge = parts.bridge
    this.#person = parts.person
  }

  /** The caller waits for us. */
  get ourTurn(): boolean {
    return this.#bridge.ourTurn
  }

  /** There is no engine just now: nobody can hear the caller. */
  get engineAway(): boolean {
    return !this.#link.ready
  }

  get callerHasFloor(): boolean {
    return this.#floor.callerHasIt && !this.#nobodyThere
  }

  get unheardMs(): number {
    return this.#speech.unheardMs
  }

  /** The engine has said something since the caller last spoke. */
  get spokeSinceCaller(): boolean {
    return this.#spokeSinceCaller
  }

  open(because: EngineOpening): Promise<void> {
    return this.#link.open(because)
  }

  /** What was not heard on the old line is forgotten; nobody has the floor on the new one. */
  useLine(line: PhoneLine | undefined): void {
    const cut = this.#speech.useLine(line)
    if (cut.length > 0 || this.#answering.pending) this.#answering.callOff(cut)
    this.#floor.reset()
    this.#bridge.stop(this.#nowMs)
  }

  /** The first words on a line (RELIABILITY C8, C9): whole, whatever the caller or the engine do meanwhile. */
  greet(): void {
    this.say('opening', { interruptible: false })
    this.#answering.askOwed()
  }

  /** The line is back after a break: apologises and takes up the talk. */
  pickUp(): void {
    this.say('lost-you')
    this.#answering.askToGoOn()
  }

  /** Hot path. */
  hear(audio: EncodedAudio): void {
    this.#link.hear(audio)
    this.#person.hear(audio)
  }

  /** Says a fixed phrase, word for word, whatever the engine is doing, and lets the engine know. */
  say(key: PhraseKey, options: { interruptible?: boolean } = {}): void {
    const phrase = this.#options.services.phrases.phrase(key, this.#options.services.settings.language)
    const filler = FILLERS.has(key)
    this.#speech.say(phrase, { ...options, filler })
    if (key !== 'opening' && !filler) this.#link.tell({ role: 'agent', text: phrase.text })
  }

  /** Stops whatever we are saying and were about to say, by a rule and not by the caller. */
  hush(): void {
    const cut = this.#speech.interrupt()
    this.#answering.callOff(cut)
    this.#floor.forgetCut(cut)
  }

  /** Our part is over: from now on only phrases are said. */
  leave(): void {
    this.#over = true
    this.hush()
    this.#floor.close()
    this.#bridge.stop(this.#nowMs)
  }

  /** A key was pressed: somebody is there, whatever they say. */
  personShowed(): void {
    this.#person.personShowed()
  }

  tell(item: HistoryItem): void {
    this.#link.tell(item)
  }

  /** Somebody else takes the call, as the caller hears now. */
  handedOver(to: 'person' | 'message'): void {
    this.#link.handedOver(to)
  }

  /** Takes back what is being said: it was made without knowing this. One answer comes, not two. */
  redirect(instructions: string, phrase?: PhraseKey): void {
    this.hush()
    if (phrase) this.say(phrase)
    this.#answering.ask(instructions)
  }

  onHeard(utteranceId: string, heardMs: number): void {
    this.#speech.heard(utteranceId, heardMs)
  }

  onFinished(utteranceId: string, heardMs: number): void {
    const finished = this.#speech.finished(utteranceId, heardMs)
    if (!finished) return
    this.#listen('agent', finished.text)
    if (!finished.byEngine) return
    this.#answering.heard(finished.text)
    this.#person.heardOut()
  }

  /** To be called every 100 ms while the line is open. `ending`: nobody waits for an answer any more. */
  tick(nowMs: number, ending: boolean): void {
    this.#ending = ending
    this.#link.tick(nowMs, { audible: this.#speech.audible, ourTurn: this.ourTurn })
    this.#floor.tick(nowMs)
    if (ending) this.#bridge.stop(nowMs)
    else this.#watchOver(nowMs)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true
    await this.#link[Symbol.asyncDispose]()
    await this.#tools.settled()
  }

  /** Nobody waits in silence, and the engine session does not grow too old. */
  #watchOver(nowMs: number): void {
    this.#bridge.tick(nowMs)
    const step = this.#person.tick(nowMs, { audible: this.#speech.audible, callerHasFloor: this.callerHasFloor })
    if (step) this.#doubtPerson(step)
    const { rotateEngineAfterMs } = this.#options.services.settings
    const quiet = !this.ourTurn && !this.callerHasFloor && this.unheardMs === 0
    if (quiet && this.#link.ageMs(nowMs) > rotateEngineAfterMs) void this.#link.rotate()
  }

  #onEngine(event: TalkEvent): void {
    const { ledger } = this.#options
    if (isOfAgent(event) && this.#floor.holdsBack(event)) return
    switch (event.type) {
      case 'agent.audio':
        this.#onAudio(event.utteranceId, event.audio)
        break
      case 'agent.words':
        this.#answering.worded()
        this.#speech.setWords(event.utteranceId, event.text, event.final)
        break
      case 'agent.timing':
        this.#speech.time(event.utteranceId, event.spoken)
        break
      case 'agent.utterance-complete':
        this.#speech.complete(event.utteranceId)
        break
      case 'caller.started-speaking':
      case 'caller.stopped-speaking':
      case 'caller.words':
        this.#onCaller(event)
        break
      case 'answer.started':
        ledger.append(event)
        this.#answering.started(event.answerId)
        this.#floor.answerStarted()
        break
      case 'answer.worded':
        this.#answering.worded()
        this.#bridge.worded(this.#nowMs)
        break
      case 'answer.ended':
        ledger.append(event)
        this.#answering.ended(event.answerId, event.outcome)
        break
      case 'tool.requested':
        // Nobody waits for it any more; and a model that goes on with every result would call the next.
        if (this.#over) break
        this.#answering.worded()
        this.#bridge.toolAsked()
        // Never rejects.
        void this.#toolTurn.take(event)
        break
      case 'engine.lost':
        this.#onEngineLost()
        break
      default:
        event satisfies never
    }
  }

  /** Hot path. */
  #onAudio(utteranceId: string, audio: EncodedAudio): void {
    if (this.#over || !this.#speech.hasLine) return
    this.#spokeSinceCaller = true
    this.#answering.spoke()
    this.#bridge.answered()
    this.#speech.play(utteranceId, audio)
  }

  #onCaller(event: CallerEvent): void {
    if (event.type === 'caller.stopped-speaking') {
      this.#tools.newTurn()
      this.#spokeSinceCaller = false
    }
    const said = this.#floor.onCaller(event, this.#nowMs)
    if (said === undefined) return
    this.#person.words(said, this.#nowMs)
    this.#listen('caller', said)
  }

  /** Whatever sounds there must hear the question, and must not keep us with its noise. */
  #doubtPerson(step: PersonStep): void {
    if (step.do === 'leave') {
      this.#nobodyThere = true
      this.#options.onNobodyThere()
      return
    }
    this.#options.ledger.append({ type: 'nobody-there.suspected', because: step.because })
    this.say('are-you-there', { interruptible: false })
  }

  #onEngineLost(): void {
    const { callerHasFloor } = this
    // The end of what they are saying, and its words, would have come from the session that is gone.
    this.#floor.reset()
    this.#answering.lost(callerHasFloor)
  }

  #listen(by: 'caller' | 'agent', text: string): void {
    const findings = this.#stages.hear({ by, text, atMs: this.#options.ledger.nowMs })
    for (const finding of findings) this.#options.onFinding(finding)
  }

  #breakLoop(kind: LoopKind): void {
    if (this.#over) return
    this.#options.ledger.append({ type: 'loop.broken', kind })
    this.#options.act({ type: 'hand over', reason: `loop: ${kind}` })
  }

  get #nowMs(): number {
    return this.#options.services.clock.monotonicMs()
  }
}

/** Hot path. */
function isOfAgent(event: TalkEvent): event is AgentEvent {
  return event.type.startsWith('agent.')
}
