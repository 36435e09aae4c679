import type { LineEvent, PhoneLine } from '../telephony/line.ts'
import type { CallRecording } from './call-recording.ts'
import type { CallerWishes } from './caller-wishes.ts'
import type { Conversation } from './conversation.ts'
import type { CallerTurn } from './floor.ts'
import type { CallLedger } from './ledger.ts'
import type { OutboundWishes } from './outbound/outbound-wishes.ts'

export type LineEnd = Extract<LineEvent, { type: 'line.ended' }>['cause']

export interface LineEventsOptions {
  readonly conversation: Conversation
  readonly recording: CallRecording
  readonly ledger: CallLedger
  readonly wishes: CallerWishes
  /** Of a call we placed. */
  readonly outbound: OutboundWishes | undefined
  /** Monotonic. */
  readonly nowMs: () => number
  readonly onCallerTurn: (turn: CallerTurn) => void
  /** What it means for the call depends on where the call is. */
  readonly onLineEnded: (line: PhoneLine, cause: LineEnd) => void
}

/** What happens on a line, and whom of the call's parts it concerns. */
export class LineEvents {
  readonly #options: LineEventsOptions

  constructor(options: LineEventsOptions) {
    this.#options = options
  }

  /** Hot path, for the sound of the caller. */
  on(line: PhoneLine, event: LineEvent): void {
    const { conversation, recording, ledger, onLineEnded } = this.#options
    switch (event.type) {
      case 'caller.audio':
        conversation.hear(event.audio)
        recording.caller(event.positionMs, event.audio)
        break
      case 'agent.heard':
        conversation.onHeard(event.utteranceId, event.heardMs)
        recording.agent(event.positionMs, event.audio)
        break
      case 'agent.finished':
        conversation.onFinished(event.utteranceId, event.heardMs)
        break
      case 'caller.pressed':
        this.#onKey(event.digit)
        break
      case 'line.quiet':
        ledger.append(event)
        break
      case 'line.ended':
        onLineEnded(line, event.cause)
        break
      default:
        event satisfies never
    }
  }

  #onKey(digit: string): void {
    const { conversation, ledger, wishes, outbound, nowMs, onCallerTurn } = this.#options
    ledger.append({ type: 'caller.pressed', digit })
    conversation.personShowed()
    onCallerTurn({ words: true, untilMs: nowMs() })
    if (!outbound?.onKey(digit)) wishes.onKey(digit)
  }
}
