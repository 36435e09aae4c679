import type { Situation, ToolResult } from './scripted-model.ts'

/** One thing a model remembers. Its words change when less of it was said than was meant to be. */
export interface Remembered {
  readonly by: 'caller' | 'agent' | 'call' | 'result' | 'note'
  words: string
  /** Of a call and its result: the tool. */
  readonly tool?: string
  /** Told by the client as something that was said, not said in this session. */
  readonly replayed?: true
}

/** What an emulated model remembers of a talk, for services that keep the conversation to themselves. */
export class RememberedTalk {
  readonly #entries: Remembered[] = []

  get entries(): readonly Remembered[] {
    return this.#entries
  }

  remember(entry: Remembered): Remembered {
    this.#entries.push(entry)
    return entry
  }

  /**
   * What the talk asks of the next answer. When nothing new was said (a session that was opened anew in the middle of
   * the agent's sentence), the caller's last words are answered again. Notes are read like instructions.
   */
  situation(prompt: { readonly instructions: string; readonly toolNames: readonly string[] }): Situation {
    const fresh = this.#sinceLastAnswer()
    const turns = this.#entries.filter(hasCallerWords)
    const freshTurns = fresh.filter(({ by }) => by === 'caller')
    const freshWords = freshTurns.map(({ words }) => words).filter((words) => words !== '')
    // What the caller said since a result came is what wants an answer.
    const results = fresh.slice(fresh.findLastIndex(hasCallerWords) + 1)
    const notes = this.#entries.filter(({ by }) => by === 'note').map(({ words }) => words)
    return {
      callerSaid: freshTurns.length > 0 ? freshWords.join(' ') : turns.at(-1)?.words,
      callerSaidBefore: turns.at(-1 - Math.max(1, freshWords.length))?.words ?? '',
      agentSaid: this.#agentWordsBefore(freshTurns[0] ?? this.#entries.findLast(({ by }) => by === 'caller')),
      toolResults: toolResultsIn(results),
      knownResults: toolResultsIn(this.#entries),
      turn: turns.length,
      instructions: [prompt.instructions, ...notes].join('\n'),
      toolNames: prompt.toolNames,
    }
  }

  /** Replayed words of the agent's end nothing once the model has spoken for itself. */
  #sinceLastAnswer(): readonly Remembered[] {
    const own = this.#entries.findLastIndex((entry) => !entry.replayed && (entry.by === 'agent' || entry.by === 'call'))
    return this.#entries.slice((own === -1 ? this.#entries.findLastIndex(({ by }) => by === 'agent') : own) + 1)
  }

  /** What the caller's turn replied to: all the agent said since the caller's words before. */
  #agentWordsBefore(turn: Remembered | undefined): string {
    const before = turn ? this.#entries.slice(0, this.#entries.indexOf(turn)) : this.#entries
    const since = before.slice(before.findLastIndex(hasCallerWords) + 1)
    return since
      .filter(({ by }) => by === 'agent')
      .map(({ words }) => words)
      .join(' ')
  }
}

function hasCallerWords({ by, words }: Remembered): boolean {
  return by === 'caller' && words !== ''
}

function toolResultsIn(entries: readonly Remembered[]): ToolResult[] {
  return entries.flatMap(({ by, tool = '', words }) => (by === 'result' ? [{ name: tool, output: words }] : []))
}
