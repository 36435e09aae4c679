import type { EncodedAudio } from '../audio/encoded-audio.ts'
import type { HistoryItem } from '../engines/engine.ts'
import type { PhoneLine } from '../telephony/line.ts'
import type { AgentSpeech, Cut } from './agent-speech.ts'
import type { Answering } from './answering.ts'
import { instructionsFor } from './briefing.ts'
import type { EngineLink } from './engine-link.ts'
import type { EngineOpening } from './facts.ts'
import type { Floor } from './floor.ts'
import type { Hearing } from './hearing.ts'
import type { LoopKind } from './loop-breaker.ts'
import type { Pickup, PickupStep } from './outbound/pickup.ts'
import { takePickupStep } from './outbound/pickup-talk.ts'
import { asWeCalled, isOpening, openingOf, SAY_WHY } from './outbound/placed-call.ts'
import type { PhraseKey } from './phrases.ts'
import type { Speaking } from './speaking.ts'
import type { StageRunner } from './stage-runner.ts'
import { type ConversationOptions, createTalkParts } from './talk-parts.ts'
import type { ToolRunner } from './tool-runner.ts'
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
  readonly #hearing: Hearing
  readonly #stages: StageRunner
  readonly #speaking: Speaking
  readonly #bridge: WaitBridge
  readonly #pickup: Pickup | undefined
  #over = false
  #ending = false

  constructor(options: ConversationOptions) {
    const parts = createTalkParts(options, {
      onLoop: (kind) => this.#breakLoop(kind),
      say: (key, options) => this.say(key, options),
      hush: () => this.hush(),
      isOver: () => this.#over,
      isEnding: () => this.#ending,
    })
    this.#options = options
    this.#link = parts.link
    this.#answering = parts.answering
    this.#speech = parts.speech
    this.#floor = parts.floor
    this.#tools = parts.tools
    this.#hearing = parts.hearing
    this.#stages = parts.stages
    this.#speaking = parts.speaking
    this.#bridge = parts.bridge
    this.#pickup = parts.pickup
  }

  /** The caller waits for us. */
  get ourTurn(): boolean {
    return this.#bridge.ourTurn
  }

  /** There is no engine just now: nobody can hear the caller. */
  get engineAway(): boolean {
    return !this.#link.ready
  }

  /** Our part is over: nothing more is asked of the engine. */
  get over(): boolean {
    return this.#over
  }

  get callerHasFloor(): boolean {
    return this.#hearing.callerHasFloor
  }

  get unheardMs(): number {
    return this.#speech.unheardMs
  }

  /** The engine has said something since the caller last spoke. */
  get spokeSinceCaller(): boolean {
    return this.#speaking.spokeSinceCaller
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
    // Who was called is listened to first; then a step of the pickup greets.
    if (this.withheld) return
    this.say(openingOf(this.#options.call.outbound), { interruptible: false })
    this.#answering.askOwed()
  }

  /** Of a call we placed: nobody has been greeted yet, or a machine listens. What is said is not meant for us. */
  get withheld(): boolean {
    return this.#pickup?.withholds === true
  }

  /** The carrier's opinion of who picked up. */
  pickedUpBy(answeredBy: 'human' | 'machine' | 'fax'): void {
    this.#pickup?.hint(answeredBy)
  }

  /** The line is back after a break: apologises and takes up the talk. */
  pickUp(): void {
    this.say('lost-you')
    this.#answering.askToGoOn()
  }

  /** Hot path. */
  hear(audio: EncodedAudio): void {
    this.#link.hear(audio)
    this.#hearing.hear(audio)
  }

  /** Says a fixed phrase, word for word, whatever the engine is doing, and lets the engine know. */
  say(wanted: PhraseKey, options: { interruptible?: boolean } = {}): void {
    const key = asWeCalled(wanted, this.#options.call.outbound)
    const phrase = this.#options.services.phrases.phrase(key, this.#options.caller.picture.language)
    const filler = FILLERS.has(key)
    this.#speech.say(phrase, { ...options, filler })
    if (!isOpening(key) && !filler) this.#link.tell({ role: 'agent', text: phrase.text })
  }

  /** Stops whatever we are saying and were about to say, by a rule and not by the caller. Gives what was cut. */
  hush(): readonly Cut[] {
    const cut = this.#speech.interrupt()
    this.#answering.callOff(cut)
    this.#floor.forgetCut(cut)
    return cut
  }

  /** Our part is over: from now on only phrases are said. */
  leave(): void {
    this.#over = true
    this.#pickup?.stop()
    this.hush()
    this.#floor.close()
    this.#bridge.stop(this.#nowMs)
  }

  /** The call has ended: what was said last is found, and leads to nothing that needs a line. */
  finish(): void {
    this.#over = true
    // What is cut now was heard, too.
    this.useLine(undefined)
    this.#stages.catchUp()
  }

  /** Who was to take the call over is gone: our part goes on, with the engine and all that was said. */
  comeBack(): void {
    this.#over = false
    this.#floor.open()
  }

  /** A key was pressed, or a person answered our question: somebody is there, whatever they say. */
  personShowed(): void {
    this.#hearing.personShowed()
    this.#answering.askOwed()
  }

  /** What speaks may be a robocall: a question is put, and no answer is paid for until a person shows. */
  suspectRobocall(): void {
    // It did not call us.
    if (this.#options.call.outbound) return
    this.hush()
    this.#hearing.suspectRobocall()
    // A person who only presses a key is answered what they said before.
    this.#answering.owe()
  }

  get suspectsRobocall(): boolean {
    return this.#hearing.suspectsRobocall
  }

  /** What is known of the caller has changed how to talk to them. */
  rebrief(): void {
    const { services, call, caller } = this.#options
    const { picture } = caller
    this.#link.rebrief({ instructions: instructionsFor(services, call, picture), language: picture.language })
  }

  /** From now on the engine hears and speaks the caller's language, whatever is said next. */
  changeLanguage(): void {
    if (this.#link.capabilities?.changesLanguage !== false) {
      this.rebrief()
      return
    }
    this.hush()
    this.#link.replace()
  }

  /** A question of ours takes the place of whatever was being said; the caller has the word next. */
  putQuestion(phrase: PhraseKey): void {
    if (this.#over) return
    this.hush()
    this.say(phrase)
  }

  tell(item: HistoryItem): void {
    this.#link.tell(item)
  }

  /** Somebody else takes the call, as the caller hears now. */
  handedOver(to: 'person' | 'message'): void {
    this.#link.handedOver(to)
  }

  /** Takes back what is being said: it was made without knowing this. One answer comes, not two. */
  redirect(instructions: string | undefined, phrase?: PhraseKey): void {
    if (this.#over) return
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
    if (!finished.byEngine) return
    this.#answering.heard(finished.text)
    this.#hearing.agentHeardOut()
  }

  /** To be called every 100 ms while the line is open. `ending`: nobody waits for an answer any more. */
  tick(nowMs: number, ending: boolean): void {
    this.#ending = ending
    this.#link.tick(nowMs, { audible: this.#speech.audible, ourTurn: this.ourTurn })
    this.#floor.tick(nowMs)
    // What was said before our first words leads nowhere (OC1): it must not be found after them.
    if (this.withheld) this.#stages.catchUp()
    const step = this.#pickup?.tick(nowMs, this.#speech.audible)
    if (step) this.#onPickup(step)
    // A machine is owed no answer and waits for none.
    if (ending || this.withheld) this.#bridge.stop(nowMs)
    else this.#watchOver(nowMs)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true
    await this.#link[Symbol.asyncDispose]()
    await this.#tools.settled()
  }

  #onPickup(step: PickupStep): void {
    const { call, ledger, onMachineDone } = this.#options
    if (!call.outbound) return
    takePickupStep(step, {
      placed: call.outbound,
      conversation: this,
      sayWhy: () => this.#answering.ask(SAY_WHY),
      note: (fact) => ledger.append(fact),
      onMachineDone,
    })
  }

  /** Nobody waits in silence, and the engine session does not grow too old. */
  #watchOver(nowMs: number): void {
    // A recording is owed no answer and waits for none.
    if (this.#hearing.suspectsRobocall) this.#bridge.stop(nowMs)
    else this.#bridge.tick(nowMs)
    this.#hearing.watchForPerson(nowMs, this.#speech.audible)
    const { rotateEngineAfterMs } = this.#options.services.settings
    const quiet = !this.ourTurn && !this.callerHasFloor && this.unheardMs === 0
    if (quiet && this.#link.ageMs(nowMs) > rotateEngineAfterMs) void this.#link.rotate()
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
