import { expect } from 'vitest'
import { encodeAudio } from '../../src/audio/encoded-audio.ts'
import { encodeMulaw } from '../../src/audio/mulaw.ts'
import { wantsNoCalls } from '../../src/business/outbound/stop-words.ts'
import type { PlacedCall } from '../../src/call/outbound/placed-call.ts'
import { CALLER, CallHouse, type HouseOptions } from './call-house.ts'
import { settle } from './fake-clock.ts'
import type { FakeLine } from './fake-line.ts'

export const PLACED: PlacedCall = {
  outboundId: 'outbound_1',
  kind: 'reminder',
  subject: 'the appointment on Friday',
  contactName: 'Dana',
  language: 'en-US',
}

/** What the desk was asked. Saving takes a moment, or fails. */
function deskOf({ fails = false } = {}) {
  const optedOut: { source: string; evidence: string }[] = []
  const desk: NonNullable<HouseOptions['outbound']> = {
    wantsNoCalls,
    optOut: async ({ source, evidence }) => {
      await settle()
      if (fails) throw new Error('the database is away')
      optedOut.push({ source, evidence })
    },
  }
  return { desk, optedOut }
}

/** Everything around a call of ours. */
export class PlacedHouse extends CallHouse {
  readonly optedOut: { source: string; evidence: string }[]

  constructor({ fails = false, ...options }: { fails?: boolean } & HouseOptions = {}) {
    const { desk, optedOut } = deskOf({ fails })
    super({ outbound: desk, ...options })
    this.optedOut = optedOut
  }

  /** They pick up, and the carrier opens its stream. */
  async pickedUp(): Promise<FakeLine> {
    const answer = await this.switchboard.placed(CALLER, PLACED)
    expect(answer.do).toBe('stream')
    await settle()
    const line = this.connect()
    await settle()
    return line
  }

  /** A voice of theirs, for so long. */
  async hears(line: FakeLine, ms: number): Promise<void> {
    for (let leftMs = ms; leftMs > 0; leftMs -= 100) {
      line.callerSpeaks(100)
      await this.pass(100)
    }
  }

  async quiet(line: FakeLine, ms: number): Promise<void> {
    for (let leftMs = ms; leftMs > 0; leftMs -= 100) {
      line.callerIsThere(100)
      await this.pass(100)
    }
  }

  async beep(line: FakeLine): Promise<void> {
    const wave = Int16Array.from({ length: 2_400 }, (_, at) => 12_000 * Math.sin((2 * Math.PI * 1_000 * at) / 8_000))
    line.callerSounds(encodeAudio(encodeMulaw(wave)))
    await this.quiet(line, 300)
  }
}
