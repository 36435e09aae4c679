/**
 * What the emulated model understands. Nothing here recognises speech: whoever plays a clip to it says the clip's
 * words too, when the clip begins, and the emulator takes them up when the turn is committed.
 */
export class Hearing {
  #said: string[] = []

  /** The caller begins to say this. */
  expect(text: string): void {
    this.#said.push(text)
  }

  /** Everything said since the last time; empty when there was sound without words, such as a cough. */
  take(): string {
    const words = this.#said.join(' ')
    this.#said = []
    return words
  }
}
