import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { SILENCE } from '../audio/encoded-audio.ts'
import { MULAW_WAV_HEADER_BYTES, mulawWavHeader } from '../audio/wav.ts'
import { messageOf } from '../lib/errors.ts'
import type { Channel } from './recording-timeline.ts'

/** Both channels of one sample. */
export const BYTES_PER_SAMPLE = 2

/**
 * A two-channel mu-law WAV on disk that grows. Writes are queued and happen one at a time; whenever the queue runs
 * empty the header is brought up to date, so the file is playable at every moment the process could be killed.
 * A failed write is said to `onFailure`, once, and ends the writing; what was written is kept.
 */
export interface RecordingFile {
  /** Bytes of audio that are in the file. */
  readonly writtenBytes: number
  /** Bytes held in memory until the disk takes them. */
  readonly heldBytes: number
  append(interleaved: Buffer): void
  appendSilence(samples: number): void
  /** Makes a stretch of what was appended silent in both channels. */
  silence(atSample: number, samples: number): void
  /** Puts one channel's samples over what was appended there; the other channel stays as it is. */
  patch(channel: Channel, atSample: number, mulaw: Uint8Array): void
  /** Stops as a failed write would. */
  fail(reason: string): void
  /** Writes what is queued, has the disk confirm it and closes. Never rejects; asking twice changes nothing. */
  close(): Promise<void>
  /** Forgets what is queued, empties the file and removes it. Rejects when it could not be removed. */
  delete(): Promise<void>
}

/** Creates the file and its folder. Rejects with the system's error, also when the file exists and is not replaced. */
export async function createRecordingFile(
  path: string,
  onFailure: (reason: string) => void,
  { replace = false }: { replace?: boolean } = {},
): Promise<RecordingFile> {
  await mkdir(dirname(path), { recursive: true })
  // Only the server's own user may listen.
  const handle = await open(path, replace ? 'w+' : 'wx+', 0o600)
  return begin(path, handle, 0, onFailure)
}

/**
 * Takes up the file of a process that died: what it holds before `resumeAtSample` stays, the gap becomes silence.
 * Rejects with the system's error when there is no such file.
 */
export async function reopenRecordingFile(
  path: string,
  resumeAtSample: number,
  onFailure: (reason: string) => void,
): Promise<RecordingFile> {
  const handle = await open(path, 'r+')
  const { size } = await handle.stat()
  // The size is the truth: the header may be one write behind it, and the last sample may have lost its right half.
  const heldSamples = Math.floor(Math.max(0, size - MULAW_WAV_HEADER_BYTES) / BYTES_PER_SAMPLE)
  const keptSamples = Math.min(heldSamples, resumeAtSample)
  const file = await begin(path, handle, keptSamples * BYTES_PER_SAMPLE, onFailure)
  file.appendSilence(resumeAtSample - keptSamples)
  return file
}

async function begin(path: string, handle: FileHandle, dataBytes: number, onFailure: (reason: string) => void) {
  try {
    await handle.truncate(MULAW_WAV_HEADER_BYTES + dataBytes)
    await writeFully(handle, mulawWavHeader({ channels: 2, dataBytes }), 0)
  } catch (thrown) {
    await handle.close()
    throw thrown
  }
  return new OpenRecordingFile(path, handle, dataBytes, onFailure)
}

const SILENT_BLOCK = Buffer.alloc(64 * 1024, SILENCE)

class OpenRecordingFile implements RecordingFile {
  readonly #path: string
  readonly #handle: FileHandle
  readonly #onFailure: (reason: string) => void
  readonly #steps: (() => Promise<void>)[] = []
  #draining: Promise<void> | undefined
  #closing: Promise<void> | undefined
  #writing = true
  #heldBytes = 0
  #reservedBytes: number
  #writtenBytes: number

  constructor(path: string, handle: FileHandle, dataBytes: number, onFailure: (reason: string) => void) {
    this.#path = path
    this.#handle = handle
    this.#onFailure = onFailure
    this.#reservedBytes = dataBytes
    this.#writtenBytes = dataBytes
  }

  get writtenBytes(): number {
    return this.#writtenBytes
  }

  get heldBytes(): number {
    return this.#heldBytes
  }

  append(interleaved: Buffer): void {
    const at = this.#reserve(interleaved.length)
    this.#enqueue(interleaved.length, () => this.#writeAudio(interleaved, at))
  }

  appendSilence(samples: number): void {
    if (samples === 0) return
    const bytes = samples * BYTES_PER_SAMPLE
    this.#writeSilence(this.#reserve(bytes), bytes)
  }

  silence(atSample: number, samples: number): void {
    this.#writeSilence(atSample * BYTES_PER_SAMPLE, samples * BYTES_PER_SAMPLE)
  }

  patch(channel: Channel, atSample: number, mulaw: Uint8Array): void {
    const at = atSample * BYTES_PER_SAMPLE
    this.#enqueue(mulaw.length, async () => {
      const interleaved = Buffer.alloc(mulaw.length * BYTES_PER_SAMPLE, SILENCE)
      await this.#handle.read(interleaved, 0, interleaved.length, MULAW_WAV_HEADER_BYTES + at)
      for (let sample = 0; sample < mulaw.length; sample++)
        interleaved[sample * BYTES_PER_SAMPLE + channel] = mulaw[sample]!
      await this.#writeAudio(interleaved, at)
    })
  }

  fail(reason: string): void {
    if (!this.#writing) return
    this.#stopWriting()
    this.#onFailure(reason)
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async delete(): Promise<void> {
    this.#stopWriting()
    await this.#draining
    // Emptied before it is removed, so that a player or backup that holds it open keeps nothing either. Best effort:
    // the removal decides.
    if (!this.#closing) await this.#handle.truncate(0).catch(() => undefined)
    await this.close()
    await rm(this.#path, { force: true })
  }

  /** The place of the next bytes, counted from the first sample. */
  #reserve(bytes: number): number {
    const at = this.#reservedBytes
    this.#reservedBytes += bytes
    return at
  }

  /** Of any length, and holds no memory meanwhile. */
  #writeSilence(at: number, bytes: number): void {
    this.#enqueue(0, async () => {
      for (let done = 0; done < bytes; done += SILENT_BLOCK.length)
        await this.#writeAudio(SILENT_BLOCK.subarray(0, bytes - done), at + done)
    })
  }

  #enqueue(heldBytes: number, step: () => Promise<void>): void {
    if (!this.#writing) return
    this.#heldBytes += heldBytes
    this.#steps.push(async () => {
      await step()
      this.#heldBytes -= heldBytes
    })
    this.#draining ??= this.#drain()
  }

  /** Never rejects: what goes wrong ends the recording through `fail`. */
  async #drain(): Promise<void> {
    try {
      for (let step = this.#steps.shift(); step; step = this.#steps.shift()) {
        await step()
        if (this.#steps.length === 0) await this.#writeHeader()
      }
    } catch (thrown) {
      this.fail(messageOf(thrown))
    } finally {
      this.#draining = undefined
    }
  }

  async #writeAudio(interleaved: Buffer, at: number): Promise<void> {
    await writeFully(this.#handle, interleaved, MULAW_WAV_HEADER_BYTES + at)
    this.#writtenBytes = Math.max(this.#writtenBytes, at + interleaved.length)
  }

  /** After the audio, never before it: a header may promise less than the file holds, but not more. */
  async #writeHeader(): Promise<void> {
    await writeFully(this.#handle, mulawWavHeader({ channels: 2, dataBytes: this.#writtenBytes }), 0)
  }

  async #close(): Promise<void> {
    await this.#draining
    if (this.#writing) await this.#handle.sync().catch((thrown: unknown) => this.fail(messageOf(thrown)))
    this.#writing = false
    await this.#handle.close().catch(() => undefined)
  }

  #stopWriting(): void {
    this.#writing = false
    this.#steps.length = 0
  }
}

/** A nearly full disk takes part of a write and refuses the next: only that refusal says why. */
async function writeFully(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}
