import { durationMs, type EncodedAudio } from '../audio/encoded-audio.ts'
import type { HistoryItem } from '../engines/engine.ts'
import type { WordTiming } from '../lib/heard-text.ts'
import { createId } from '../lib/ids.ts'
import type { Interrupted, PhoneLine } from '../telephony/line.ts'
import { type AgentUtterance, createUtterance, type Source, splitAtHeard, wordsGiven } from './agent-utterance.ts'
import type { Overlap } from './back-channel.ts'
import { ContinuedSpeech } from './continued-speech.ts'
import type { CallFact } from './facts.ts'
import type { Phrase } from './phrases.ts'

/** An utterance of ours that was cut, with what is needed to go on with it after a false alarm. */
export interface Cut extends Interrupted {
  /** What the engine calls it, where it may still add to it. */
  readonly engineId: string
  readonly source: Source
  readonly heardText: string
  readonly unheardText: string
  /** Whether all of its audio had been made when it was cut. */
  readonly complete: boolean
}

/** A question and what led to it. */
const REMEMBERED_CHARS = 300

/** What `agent.heard` is noted for between the beginning and the end of an utterance. */
const NOTE_HEARD_EVERY_MS = 1_000

/**
 * Our side of the talk: utterances of the engine and fixed phrases on their way to the caller's ear. It keeps the one
 * truth of what was heard (by the line's marks) and writes it to the ledger.
 */
export class AgentSpeech {
  readonly #note: (fact: CallFact) => void
  readonly #onHeard: (text: string, ms: number) => void
  readonly #utterances = new Map<string, AgentUtterance>()
  /** Words that came before the first sound of their utterance. */
  readonly #words = new Map<string, string>()
  readonly #continued = new ContinuedSpeech()
  #line: PhoneLine | undefined
  /** The end of what the caller heard from us since they last had a turn, without what is being said now. */
  #said = ''
  #saidIsAnswered = false

  /** `onHeard`: an utterance is over, fillers apart; its words that were heard, and how long they took. */
  constructor(note: (fact: CallFact) => void, onHeard: (text: string, ms: number) => void) {
    this.#note = note
    this.#onHeard = onHeard
  }

  /** Where speech goes from now on. Gives what was lost with the old line, which is noted as unheard. */
  useLine(line: PhoneLine | undefined): Cut[] {
    const cut = this.interrupt()
    // A protected utterance does not outlive its line either.
    for (const utterance of [...this.#utterances.values()]) {
      const { id: utteranceId, heardMs, givenMs } = utterance
      cut.push(this.#cut(utterance, { utteranceId, heardMs, givenMs, unheard: [] }))
    }
    this.#line = line
    return cut
  }

  get hasLine(): boolean {
    return this.#line !== undefined
  }

  /** Something of ours is audible or about to be. */
  get audible(): boolean {
    return this.unheardMs > 0
  }

  get unheardMs(): number {
    return this.#line?.unheardMs() ?? 0
  }

  /** Words of the engine are on their way to the caller's ear. */
  get engineAudible(): boolean {
    return this.audible && this.#some(({ source, heardMs, givenMs }) => source.by === 'engine' && heardMs < givenMs)
  }

  /** An utterance has begun whose audio is still being made. */
  get unfinished(): boolean {
    return this.#some(({ audio }) => audio === 'growing')
  }

  /** What is on its way to the caller's ear and will be heard unless they interrupt: for a fresh engine session. */
  underway(): HistoryItem[] {
    return [...this.#utterances.values()]
      .map(wordsGiven)
      .filter((text) => text !== '')
      .map((text) => ({ role: 'agent', text }))
  }

  /** What the caller heard lately, fillers apart, and the words on their way to them. */
  saying(): Overlap {
    const now = [...this.#utterances.values()].filter(({ source }) => source.by !== 'filler').map(splitAtHeard)
    const join = (parts: readonly string[]) => parts.filter(Boolean).join(' ')
    return {
      heard: join([this.#said, ...now.map(({ heard }) => heard)]),
      unheard: join(now.map((part) => part.unheard)),
    }
  }

  /** The caller has answered what we said: what we say next is another matter. */
  turnOver(): void {
    this.#saidIsAnswered = true
  }

  say(
    { key, text, audio }: Phrase,
    { filler = false, ...options }: { interruptible?: boolean; filler?: boolean },
  ): void {
    const utteranceId = createId('phrase')
    this.#begin(utteranceId, { by: filler ? 'filler' : 'phrase', phrase: key }, text)
    this.#give(utteranceId, audio, options)
    this.complete(utteranceId)
  }

  /** Hot path. */
  play(engineId: string, audio: EncodedAudio): void {
    const utteranceId = this.#continued.idOf(engineId)
    if (!this.#utterances.has(utteranceId)) this.#begin(utteranceId, { by: 'engine' }, this.#words.get(utteranceId))
    this.#give(utteranceId, audio)
  }

  /** The words of an engine's utterance so far; they may come before its first sound. */
  setWords(engineId: string, engineText: string, final: boolean): void {
    const utteranceId = this.#continued.idOf(engineId)
    const text = this.#continued.wordsOf(engineId, engineText)
    const utterance = this.#utterances.get(utteranceId)
    if (utterance) utterance.text = text
    else this.#words.set(utteranceId, text)
    if (!final) return
    if (utterance) utterance.notedText = text
    this.#note({ type: 'agent.words', utteranceId, text })
  }

  /** Which words the audio of an utterance speaks when; it comes with the audio. */
  time(engineId: string, spoken: readonly WordTiming[]): void {
    const ofIt = this.#continued.timingOf(engineId, spoken)
    this.#utterances.get(this.#continued.idOf(engineId))?.spoken.push(...ofIt)
  }

  /** All the audio of an utterance was given. */
  complete(utteranceId: string): void {
    const utterance = this.#utterances.get(this.#continued.idOf(utteranceId))
    if (utterance) this.#close(utterance, 'complete')
  }

  /** The engine will make no more of what it has begun. True when something was left unfinished. */
  cutShort(): boolean {
    const { unfinished } = this
    for (const utterance of this.#utterances.values()) this.#close(utterance, 'cut short')
    return unfinished
  }

  heard(utteranceId: string, heardMs: number): void {
    const utterance = this.#utterances.get(utteranceId)
    if (!utterance) return
    utterance.heardMs = heardMs
    if (heardMs - utterance.notedHeardMs < NOTE_HEARD_EVERY_MS) return
    utterance.notedHeardMs = heardMs
    this.#noteWords(utterance)
    this.#note({ type: 'agent.heard', utteranceId, heardMs })
  }

  /** The last of an utterance was heard. Gives its words, and whether they were the engine's. */
  finished(utteranceId: string, heardMs: number): { text: string; byEngine: boolean } | undefined {
    const utterance = this.#utterances.get(utteranceId)
    if (!utterance) return undefined
    utterance.heardMs = heardMs
    return { text: this.#end(utterance, utterance.audio === 'cut short'), byEngine: utterance.source.by === 'engine' }
  }

  /** Silences everything interruptible. The utterances it gives are over. */
  interrupt(): Cut[] {
    const interrupted = this.#line?.clear() ?? []
    return interrupted.flatMap((cut) => {
      const utterance = this.#utterances.get(cut.utteranceId)
      return utterance ? [this.#cut(utterance, cut)] : []
    })
  }

  /** Says the unheard rest of a cut utterance under a new id. `goesOn`: the engine will still add to it. */
  continue({ utteranceId, unheard, unheardText, complete, heardMs, heardText }: Cut, goesOn = false): void {
    const grows = goesOn && !complete
    if (unheard.length === 0 && !grows) {
      this.#note({ type: 'barge-in.false-alarm', utteranceId })
      return
    }
    const continuedAs = createId('rest')
    this.#note({ type: 'barge-in.false-alarm', utteranceId, continuedAs })
    this.#begin(continuedAs, { by: 'rest' }, unheardText)
    for (const audio of unheard) this.#give(continuedAs, audio)
    if (grows) this.#continued.goesOn(utteranceId, continuedAs, { chars: heardText.length, ms: heardMs })
    else this.complete(continuedAs)
  }

  /** Should the process die in mid-sentence, what was heard is known by its words too. */
  #noteWords(utterance: AgentUtterance): void {
    const { id: utteranceId, text, notedText } = utterance
    if (text === notedText) return
    utterance.notedText = text
    this.#note({ type: 'agent.words', utteranceId, text })
  }

  #begin(utteranceId: string, source: Source, text = ''): void {
    // The engine's utterances come in order: words kept for an earlier one will never be asked for.
    if (source.by === 'engine') this.#words.clear()
    this.#utterances.set(utteranceId, createUtterance(utteranceId, source, text))
    this.#note({
      type: 'agent.speaking',
      utteranceId,
      queuedMs: Math.round(this.unheardMs),
      ...('phrase' in source ? { phrase: source.phrase } : {}),
      ...(source.by === 'engine' ? {} : { text }),
    })
  }

  #give(utteranceId: string, audio: EncodedAudio, options?: { interruptible?: boolean }): void {
    const utterance = this.#utterances.get(utteranceId)
    if (!utterance) return
    utterance.givenMs += durationMs(audio)
    this.#line?.play(utteranceId, audio, options)
  }

  #close(utterance: AgentUtterance, audio: 'complete' | 'cut short'): void {
    if (utterance.audio !== 'growing') return
    utterance.audio = audio
    this.#line?.finish(utterance.id)
  }

  #cut(utterance: AgentUtterance, interrupted: Interrupted): Cut {
    utterance.heardMs = interrupted.heardMs
    const heard = this.#end(utterance, true)
    const { source, text, audio } = utterance
    const unheardText = text.slice(heard.length).trim()
    const engineId = this.#continued.engineIdOf(utterance.id)
    return { ...interrupted, engineId, source, heardText: heard, unheardText, complete: audio === 'complete' }
  }

  /** Gives the words that were heard. */
  #end(utterance: AgentUtterance, interrupted: boolean): string {
    const { id: utteranceId, text, givenMs, heardMs, source } = utterance
    const heard = interrupted ? splitAtHeard(utterance).heard : text
    this.#utterances.delete(utteranceId)
    this.#note({
      type: 'agent.spoke',
      utteranceId,
      text,
      heardText: heard,
      givenMs: Math.round(givenMs),
      heardMs: Math.round(heardMs),
      interrupted,
    })
    if (source.by !== 'filler') this.#remember(heard)
    if (source.by !== 'filler' && heard !== '') this.#onHeard(heard, heardMs)
    return heard
  }

  #remember(heard: string): void {
    this.#said = `${this.#saidIsAnswered ? '' : this.#said} ${heard}`.trim().slice(-REMEMBERED_CHARS)
    this.#saidIsAnswered = false
  }

  #some(holds: (utterance: AgentUtterance) => boolean): boolean {
    for (const utterance of this.#utterances.values()) if (holds(utterance)) return true
    return false
  }
}
