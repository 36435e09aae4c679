import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Random } from '../seeded-random.ts'
import type { Conferences } from './conference/conferences.ts'
import type { CarrierFaults } from './faults.ts'
import type { FramePacer } from './frame-pacer.ts'
import type { LookedUpNumber } from './lookup-api.ts'

/** What all calls of one emulator share. */
export interface Carrier {
  readonly clock: Clock
  readonly log: Log
  readonly accountSid: string
  readonly authToken: string
  /** Looked at anew each time, so faults can be switched while a call runs. */
  readonly faults: CarrierFaults
  readonly random: Random
  readonly pacer: FramePacer
  /** Where a public address is really served: `https://agent.example.com/x` to `http://127.0.0.1:3000/x`. */
  readonly reach: (publicUrl: string) => string
  /** Who can be dialled, by number as it stands in the TwiML or REST request. A number not listed answers. */
  readonly people: ReadonlyMap<string, Person>
  /** What Lookup tells, by number in E.164; a number not listed is a mobile telephone. */
  readonly numbers: ReadonlyMap<string, LookedUpNumber>
  readonly conferences: Conferences
  /** Aborts when the emulator is closed. */
  readonly signal: AbortSignal
}

/** What happens when a number is dialled. */
export interface Person {
  /** `declines`: answers, and presses 2 where something asks for a key. `voicemail`: a mailbox, which presses none. */
  readonly outcome: 'answers' | 'declines' | 'voicemail' | 'busy' | 'no answer' | 'fails'
  /** How long it rings until then; 2000 unless set. */
  readonly afterMs?: number
  /** How long they talk, once connected with somebody, before they hang up; until the other side does unless set. */
  readonly talkMs?: number
  /** Hangs up so long after the answer, whatever goes on. */
  readonly hangsUpAfterMs?: number
  /** The keys they press when something asks for one (a whisper's "press 1"). */
  readonly presses?: string
  /** How long after they were asked; 500 unless set. */
  readonly pressesAfterMs?: number
  /** What they say when something listens for words, once it has finished speaking. */
  readonly says?: string
  /** How long a mailbox's greeting is before its beep; 4000 unless set. */
  readonly greetingMs?: number
  /** What the carrier's machine detection takes them for; a mailbox for a machine, all others for a human unless set. */
  readonly detectedAs?: 'human' | 'machine' | 'fax' | 'unknown'
}
