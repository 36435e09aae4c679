import {
  BYTES_PER_MS,
  byteLength,
  decodeAudio,
  type EncodedAudio,
  encodeAudio,
  SILENCE,
  splitAudio,
} from '../audio/encoded-audio.ts'
import { MULAW_WAV_HEADER_BYTES } from '../audio/wav.ts'
import type { Clock } from '../lib/clock.ts'
import { HearthlineError, messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import type { CallRecorder } from './call-recording.ts'
import { BYTES_PER_SAMPLE, createRecordingFile, type RecordingFile, reopenRecordingFile } from './recording-file.ts'
import { CHANNEL, type Channel, RecordingTimeline } from './recording-timeline.ts'

export interface SavedRecording {
  readonly file: string
  readonly durationMs: number
  /** Size of the file, its header included. */
  readonly bytes: number
}

export interface RecorderOptions {
  /** Path of the WAV file. It must not exist yet, unless the recording is resumed or replaced. */
  readonly file: string
  readonly clock: Clock
  readonly log: Log
  /** Go on at this position with the file of a process that died; the time it is silent about becomes silence. */
  readonly resumeAtMs?: number | undefined
  /** Begin anew over a file that exists. */
  readonly replace?: boolean
  /** The recording ended before the call, which goes on. Called once at most. */
  readonly onFailure?: (reason: string) => void
}

/** How long a moment stays in memory: agent audio is placed when its mark returns, 1 to 3 s after it was heard. */
const SETTLE_MS = 3_000

/** One write holds this much. More often costs writes, less often loses more when the process is killed. */
const FLUSH_MS = 2_000

/** Settling, one flush, and a second for a slow disk: 96 KB for both channels. */
const STAGED_MS = SETTLE_MS + FLUSH_MS + 1_000

/** Calls flush on the tick their own position asks for, which spreads 250 of them over two seconds. */
const TICK_MS = 100

/** A disk that is this far behind does not come back in time; the memory is needed for calls. */
const MOST_HELD_BYTES = 60_000 * BYTES_PER_MS * BYTES_PER_SAMPLE

/** Pieces longer than this are staged one by one, so that any length fits. */
const PIECE_MS = 1_000

/** More card numbers than any call has; they are few to look through for every frame. */
const MOST_MUTED = 100

interface Stretch {
  readonly fromSample: number
  readonly untilSample: number
}

/**
 * Begins a recording.
 * @throws HearthlineError `recording_not_opened`: the folder or disk refuses; or a resumed file is gone, which may be
 * because its caller refused to be recorded, so it is not begun anew.
 */
export async function openRecorder(options: RecorderOptions): Promise<FileRecorder> {
  const resumeAtSample = Math.round((options.resumeAtMs ?? 0) * BYTES_PER_MS)
  const onFailure = (reason: string) => {
    options.log.error({ file: options.file, reason }, 'recording stopped: the file could not be written')
    options.onFailure?.(reason)
  }
  try {
    const file =
      options.resumeAtMs === undefined
        ? await createRecordingFile(options.file, onFailure, { replace: options.replace ?? false })
        : await reopenRecordingFile(options.file, resumeAtSample, onFailure)
    return new FileRecorder(options, file, resumeAtSample)
  } catch (cause) {
    throw new HearthlineError(
      'recording_not_opened',
      `Opened ${options.file} to record a call, but ${messageOf(cause)}. Check the recordings folder and its disk.`,
      { cause },
    )
  }
}

/**
 * Records a call in stereo, the caller left and the agent right, as it goes. `caller` and `agent` belong to the hot
 * path: they decode into memory and return.
 */
export class FileRecorder implements CallRecorder, AsyncDisposable {
  readonly #options: RecorderOptions
  readonly #file: RecordingFile
  readonly #timeline: RecordingTimeline
  readonly #ticking: Disposable
  #state: 'recording' | 'closed' | 'discarded' = 'recording'
  /** Stretches nobody may hear, kept to the end: the audio of a long utterance may come when all of it was heard. */
  #muted: Stretch[] = []

  constructor(options: RecorderOptions, file: RecordingFile, startSample: number) {
    this.#options = options
    this.#file = file
    this.#timeline = new RecordingTimeline(STAGED_MS * BYTES_PER_MS, startSample)
    this.#ticking = options.clock.every(TICK_MS, () => this.#onTick())
  }

  caller(positionMs: number, audio: EncodedAudio): void {
    this.#take(CHANNEL.caller, positionMs, audio)
  }

  /** Audio the caller has heard, whenever its mark tells; seconds late is usual. */
  agent(positionMs: number, audio: EncodedAudio): void {
    this.#take(CHANNEL.agent, positionMs, audio)
  }

  /** What is there becomes silence; what comes later for that stretch is left out. */
  mute(fromMs: number, untilMs: number): void {
    if (this.#state !== 'recording') return
    const fromSample = Math.max(0, Math.round(fromMs * BYTES_PER_MS))
    const untilSample = Math.round(untilMs * BYTES_PER_MS)
    if (untilSample <= fromSample) return
    if (untilSample > this.#timeline.takenSamples) this.#flush(untilSample)
    this.#file.silence(fromSample, untilSample - fromSample)
    this.#muted = [...this.#muted, { fromSample, untilSample }].slice(-MOST_MUTED)
  }

  /** @throws HearthlineError `recording_not_deleted`, which a person must look after (RELIABILITY C8). */
  async discard(because: string): Promise<void> {
    this.#stop('discarded')
    try {
      await this.#file.delete()
    } catch (cause) {
      const message = `Deleted ${this.#options.file} (${because}), but ${messageOf(cause)}. Remove it by hand.`
      throw new HearthlineError('recording_not_deleted', message, { cause })
    }
    this.#options.log.info({ file: this.#options.file, because }, 'recording deleted')
  }

  /** Undefined after `discard`. Later audio is dropped. Asking twice changes nothing. */
  async close(): Promise<SavedRecording | undefined> {
    if (this.#state === 'recording') {
      this.#flush(this.#timeline.headSamples)
      this.#stop('closed')
    }
    await this.#file.close()
    return this.#state === 'discarded' ? undefined : this.#saved()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #take(channel: Channel, positionMs: number, audio: EncodedAudio): void {
    if (this.#state !== 'recording') return
    let atSample = Math.max(0, Math.round(positionMs * BYTES_PER_MS))
    for (const piece of splitAudio(audio, PIECE_MS)) {
      this.#stage(channel, atSample, this.#withoutMuted(atSample, piece))
      atSample += byteLength(piece)
    }
  }

  /** Hot path: there is seldom any such stretch. */
  #withoutMuted(atSample: number, audio: EncodedAudio): EncodedAudio {
    const endSample = atSample + byteLength(audio)
    const isIn = ({ fromSample, untilSample }: Stretch) => atSample < untilSample && endSample > fromSample
    if (!this.#muted.some(isIn)) return audio
    const mulaw = decodeAudio(audio)
    for (const { fromSample, untilSample } of this.#muted.filter(isIn))
      mulaw.fill(SILENCE, Math.max(0, fromSample - atSample), Math.min(mulaw.length, untilSample - atSample))
    return encodeAudio(mulaw)
  }

  #stage(channel: Channel, atSample: number, audio: EncodedAudio): void {
    const oldestSample = atSample + byteLength(audio) - this.#timeline.capacitySamples
    if (oldestSample > this.#timeline.takenSamples) this.#flush(oldestSample)
    const late = this.#timeline.put(channel, atSample, audio)
    if (late) this.#file.patch(channel, atSample, late)
  }

  #onTick(): void {
    const stagedSamples = this.#timeline.headSamples - this.#timeline.takenSamples
    // One write in flight: a slow disk gets fewer and larger ones, by way of `#stage`.
    if (stagedSamples < (SETTLE_MS + FLUSH_MS) * BYTES_PER_MS || this.#file.heldBytes > 0) return
    this.#flush(this.#timeline.headSamples - SETTLE_MS * BYTES_PER_MS)
  }

  /** Hands everything before the sample to the file; where nobody was heard yet, that is silence. */
  #flush(untilSample: number): void {
    if (this.#file.heldBytes > MOST_HELD_BYTES) this.#file.fail('the disk is more than a minute behind')
    const stagedUntil = Math.min(untilSample, this.#timeline.headSamples)
    if (stagedUntil > this.#timeline.takenSamples) this.#file.append(this.#timeline.take(stagedUntil))
    this.#file.appendSilence(untilSample - this.#timeline.takenSamples)
    this.#timeline.skipTo(untilSample)
  }

  #stop(state: 'closed' | 'discarded'): void {
    this.#state = state
    this.#ticking[Symbol.dispose]()
  }

  #saved(): SavedRecording {
    const { writtenBytes } = this.#file
    return {
      file: this.#options.file,
      durationMs: writtenBytes / BYTES_PER_SAMPLE / BYTES_PER_MS,
      bytes: MULAW_WAV_HEADER_BYTES + writtenBytes,
    }
  }
}
