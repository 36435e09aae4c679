import type { Action } from '../tools/tool.ts'
import type { Answering } from './answering.ts'
import type { EngineLink } from './engine-link.ts'
import type { LoopKind } from './loop-breaker.ts'
import type { ToolRequest, ToolRunner } from './tool-runner.ts'

export interface ToolTurnOptions {
  readonly runner: ToolRunner
  readonly link: EngineLink
  readonly answering: Answering
  /** Aborts when the call ends. */
  readonly signal: AbortSignal
  readonly act: (action: Action) => void
  readonly onLoop: (kind: LoopKind) => void
}

/** What becomes of the tools of a turn: their results go to the model, which is asked once to speak of them all. */
export class ToolTurn {
  readonly #options: ToolTurnOptions
  /** A tool has answered and the model has not been asked to speak of it. */
  #resultWaits = false

  constructor(options: ToolTurnOptions) {
    this.#options = options
  }

  /** Runs a tool and gives its result to the model. Never rejects. */
  async take({ requestId, name, argumentsJson }: ToolRequest): Promise<void> {
    const { runner, link, answering, signal, act, onLoop } = this.#options
    const { output, action } = await runner.run({ requestId, name, argumentsJson })
    if (signal.aborted) return
    link.returnToolResult(requestId, output)
    if (action) act(action)
    if (runner.looping) {
      onLoop('tool calls')
      return
    }
    if (!isSpokenFor(action)) this.#resultWaits = true
    // Several tools of one answer are answered together, when the last is done.
    if (runner.running || !this.#resultWaits) return
    this.#resultWaits = false
    answering.ask()
  }
}

/** What the session does says itself by fixed phrases; alone it is nothing for the model to speak of. */
function isSpokenFor(action: Action | undefined): boolean {
  return action !== undefined && action.type !== 'hand over'
}
