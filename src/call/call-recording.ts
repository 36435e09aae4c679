import type { EncodedAudio } from '../audio/encoded-audio.ts'
import { messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import type { LedgerEntry } from './facts.ts'
import type { CallLedger } from './ledger.ts'

/** What a call asks of whoever records it; `recorder.ts` does it in a file. */
export interface CallRecorder {
  /** Hot path. Positions are ms since the recording began. */
  caller(positionMs: number, audio: EncodedAudio): void
  agent(positionMs: number, audio: EncodedAudio): void
  /** Nothing is to be heard of either side from one position to the other, whatever comes late for it. */
  mute(fromMs: number, untilMs: number): void
  /** Stops and deletes the file; resolves when nothing of it is left. */
  discard(because: string): Promise<void>
  /** Writes what is left. The file is whole afterwards. */
  close(): Promise<unknown>
}

/**
 * `resumeAtMs`: go on with an existing file, with silence up to there. `replace`: a process that died may have left a
 * file in which nothing was recorded yet.
 */
export type OpenRecorder = (options: {
  callId: string
  resumeAtMs: number | undefined
  replace: boolean
  onFailure: (reason: string) => void
}) => Promise<CallRecorder>

export interface CallRecordingOptions {
  readonly callId: string
  readonly ledger: CallLedger
  /** Undefined when calls are not recorded. */
  readonly open: OpenRecorder | undefined
  /** Whether another process held the call before. */
  readonly takenUp: boolean
  readonly log: Log
}

/**
 * The recording of one call across its streams, from the notice on (RELIABILITY C8). Once refused it stays off, also
 * after a crash. A recording that fails costs the file, never the call (F29).
 */
export class CallRecording {
  readonly #callId: string
  readonly #ledger: CallLedger
  readonly #log: Log
  readonly #opening: Promise<CallRecorder | undefined>
  #recorder: CallRecorder | undefined
  /** When the recording began, in ms since the ring. */
  #beganAtMs: number | undefined
  /** When the present stream began, in ms since the ring. */
  #streamBeganAtMs: number | undefined
  #off = false
  #deleting: Promise<void> | undefined

  constructor(options: CallRecordingOptions) {
    const { callId, ledger, open, takenUp } = options
    this.#callId = callId
    this.#ledger = ledger
    this.#log = options.log
    this.#beganAtMs = beganAtMs(ledger.entries)
    this.#off = wasDeleted(ledger.entries)
    const resumeAtMs = this.#beganAtMs === undefined ? undefined : ledger.nowMs - this.#beganAtMs
    const replace = takenUp && resumeAtMs === undefined
    this.#opening = open && !this.#off ? this.#open(open, { resumeAtMs, replace }) : Promise.resolve(undefined)
  }

  /** It was refused, or is over. */
  get off(): boolean {
    return this.#off
  }

  /** A stream begins: its positions count from now. */
  streamBegins(): void {
    this.#streamBeganAtMs = this.#ledger.nowMs
    this.#begin()
  }

  /** Hot path. */
  caller(positionMs: number, audio: EncodedAudio): void {
    this.#recorder?.caller(this.#streamOffsetMs + positionMs, audio)
  }

  agent(positionMs: number, audio: EncodedAudio): void {
    this.#recorder?.agent(this.#streamOffsetMs + positionMs, audio)
  }

  /** Something was said between these times, in ms since the ring, that nobody may hear again (RELIABILITY C22). */
  mute(fromMs: number, untilMs: number): void {
    if (!this.#recorder || this.#beganAtMs === undefined) return
    this.#recorder.mute(Math.max(0, fromMs - this.#beganAtMs), untilMs - this.#beganAtMs)
    this.#ledger.append({ type: 'recording.muted', fromMs, untilMs })
  }

  /**
   * The caller refused. Resolves when nothing is left of the recording; false when that was so before. Never rejects:
   * a file that cannot be deleted is noted as a failure, and nothing more is written to it.
   */
  async delete(because: string): Promise<boolean> {
    if (this.#off) return false
    this.#off = true
    this.#deleting = this.#discard(because)
    await this.#deleting
    return true
  }

  async close(): Promise<void> {
    const recorder = await this.#opening
    this.#recorder = undefined
    await this.#deleting
    if (this.#off || !recorder) return
    this.#off = true
    if (this.#beganAtMs === undefined) await recorder.discard('the call was never answered')
    else await recorder.close()
  }

  /** Where the present stream's position 0 lies in the recording. */
  get #streamOffsetMs(): number {
    return (this.#streamBeganAtMs ?? 0) - (this.#beganAtMs ?? 0)
  }

  /** With the first stream, or when the file is there, whichever comes later. */
  #begin(): void {
    if (this.#beganAtMs !== undefined || this.#streamBeganAtMs === undefined || !this.#recorder) return
    this.#beganAtMs = this.#streamBeganAtMs
    this.#ledger.append({ type: 'recording.started', file: recordingFileName(this.#callId), offsetMs: this.#beganAtMs })
  }

  async #discard(because: string): Promise<void> {
    const recorder = this.#recorder ?? (await this.#opening)
    this.#recorder = undefined
    try {
      await recorder?.discard(because)
      this.#ledger.append({ type: 'recording.deleted', because })
    } catch (error) {
      this.#fail(`could not be deleted: ${messageOf(error)}`)
    }
  }

  async #open(
    open: OpenRecorder,
    from: Pick<Parameters<OpenRecorder>[0], 'resumeAtMs' | 'replace'>,
  ): Promise<CallRecorder | undefined> {
    try {
      const recorder = await open({ ...from, callId: this.#callId, onFailure: (reason) => this.#fail(reason) })
      if (!this.#off) this.#recorder = recorder
      this.#begin()
      return recorder
    } catch (error) {
      this.#fail(messageOf(error))
      return undefined
    }
  }

  #fail(reason: string): void {
    this.#recorder = undefined
    this.#log.error({ reason }, 'recording failed')
    this.#ledger.append({ type: 'recording.failed', because: reason })
  }
}

/** The name of a call's recording in the recordings folder. */
export function recordingFileName(callId: string): string {
  return `${callId}.wav`
}

/** The recording's file, if there is one left. */
export function recordingFileOf(entries: readonly LedgerEntry[]): string | undefined {
  if (wasDeleted(entries)) return undefined
  const started = entries.find(({ fact }) => fact.type === 'recording.started')
  return started?.fact.type === 'recording.started' ? started.fact.file : undefined
}

function wasDeleted(entries: readonly LedgerEntry[]): boolean {
  return entries.some(({ fact }) => fact.type === 'recording.deleted')
}

function beganAtMs(entries: readonly LedgerEntry[]): number | undefined {
  const started = entries.find(({ fact }) => fact.type === 'recording.started')
  return started?.fact.type === 'recording.started' ? started.fact.offsetMs : undefined
}
