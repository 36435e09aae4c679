import type { EngineSession, HistoryItem } from '../engines/engine.ts'

/** What was told and asked for while no engine session was there: the next one is given it. */
export class Meanwhile {
  #told: HistoryItem[] = []
  #answer: { readonly instructions: string | undefined } | undefined

  /** How much was told so far: a session that is briefed now learns that much from its briefing. */
  get told(): number {
    return this.#told.length
  }

  /** An answer waits to be asked for. */
  get answerDue(): boolean {
    return this.#answer !== undefined
  }

  tell(item: HistoryItem): void {
    this.#told.push(item)
  }

  askFor(instructions: string | undefined): void {
    this.#answer = { instructions }
  }

  askForNothing(): void {
    this.#answer = undefined
  }

  /** Tells the session what it was not briefed about. `knows`: what was told when it was briefed. */
  tellTo(session: EngineSession, knows: number): void {
    for (const item of this.#told.slice(knows)) session.tell(item)
    this.#told = []
  }

  /** Asks for the answer that is due. */
  askOf(session: EngineSession): void {
    const answer = this.#answer
    this.#answer = undefined
    if (answer) session.answer(answer.instructions)
  }

  forget(): void {
    this.#told = []
    this.#answer = undefined
  }
}
