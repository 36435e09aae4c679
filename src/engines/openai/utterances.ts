import { durationMs, type EncodedAudio } from '../../audio/encoded-audio.ts'

/** Where to cut the memory of an utterance; ms are integers and never beyond its audio. */
export interface Cut {
  readonly itemId: string
  readonly audioEndMs: number
}

interface Utterance {
  readonly itemId: string
  readonly responseId: string
  text: string
  /** All its audio that reached us, which is the least the server remembers of it. */
  receivedMs: number
  /** The part of it that went on to the call. */
  passedOnMs: number
  complete: boolean
  cutAtMs: number | undefined
}

/** What the model has said in this session: one utterance per assistant item. Decides nothing, sends nothing. */
export class Utterances {
  readonly #byItem = new Map<string, Utterance>()

  /** Counts a piece of audio; `passedOn` is false when the call is not to hear it. */
  addAudio(itemId: string, responseId: string, audio: EncodedAudio, passedOn: boolean): void {
    const utterance = this.#of(itemId, responseId)
    const pieceMs = durationMs(audio)
    utterance.receivedMs += pieceMs
    if (passedOn) utterance.passedOnMs += pieceMs
  }

  /** Adds words and gives the text so far. */
  addWords(itemId: string, responseId: string, words: string): string {
    const utterance = this.#of(itemId, responseId)
    utterance.text += words
    return utterance.text
  }

  /** Replaces the text so far by all of it. */
  setWords(itemId: string, responseId: string, text: string): void {
    this.#of(itemId, responseId).text = text
  }

  /** Marks the end of its audio. True the first time, and only for an utterance the call knows of. */
  complete(itemId: string): boolean {
    const utterance = this.#byItem.get(itemId)
    if (!utterance || utterance.complete) return false
    utterance.complete = true
    return isKnownToCall(utterance)
  }

  /** The items of a response. */
  of(responseId: string): string[] {
    return [...this.#byItem.values()].filter((one) => one.responseId === responseId).map(({ itemId }) => itemId)
  }

  /** Whether the call got anything audible of the response. */
  spokeIn(responseId: string): boolean {
    return this.of(responseId).some((itemId) => (this.#byItem.get(itemId)?.receivedMs ?? 0) > 0)
  }

  /**
   * Where to cut when the caller heard `heardMs`; 0 for an utterance that waited behind another. Undefined for
   * anything not said by this session's model (a fixed phrase), and when it was cut as short before.
   */
  cut(itemId: string, heardMs: number): Cut | undefined {
    const utterance = this.#byItem.get(itemId)
    if (!utterance) return undefined
    const audioEndMs = Math.floor(Math.max(0, Math.min(heardMs, utterance.receivedMs)))
    if (utterance.cutAtMs !== undefined && utterance.cutAtMs <= audioEndMs) return undefined
    utterance.cutAtMs = audioEndMs
    return { itemId, audioEndMs }
  }

  /**
   * The cuts still owed at the end of a silenced response: audio which we held back can never have been heard, though
   * whoever interrupted could not name it.
   */
  cutHeldBack(responseId: string): Cut[] {
    const cuts: Cut[] = []
    for (const { itemId, cutAtMs, receivedMs, passedOnMs, ...utterance } of this.#byItem.values()) {
      if (utterance.responseId !== responseId || cutAtMs !== undefined || receivedMs <= passedOnMs) continue
      const cut = this.cut(itemId, passedOnMs)
      if (cut) cuts.push(cut)
    }
    return cuts
  }

  #of(itemId: string, responseId: string): Utterance {
    let utterance = this.#byItem.get(itemId)
    if (!utterance) {
      utterance = { itemId, responseId, text: '', receivedMs: 0, passedOnMs: 0, complete: false, cutAtMs: undefined }
      this.#byItem.set(itemId, utterance)
    }
    return utterance
  }
}

function isKnownToCall({ passedOnMs, text }: Utterance): boolean {
  return passedOnMs > 0 || text !== ''
}
