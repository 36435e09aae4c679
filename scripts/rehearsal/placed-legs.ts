import { type Clock, sleep } from '../../src/lib/clock.ts'
import type { EmulatedCall } from '../../src/simulator/twilio/emulated-call.ts'
import type { TwilioEmulator } from '../../src/simulator/twilio/twilio-emulator.ts'

const LOOK_MS = 20
/** The worker's next look, the engine's start, and a call or two that fail before. */
const PLACED_WITHIN_MS = 30_000

/** The call we place to a number after those that are `known`; undefined: none was placed within that time. */
export async function placedLeg(
  twilio: Pick<TwilioEmulator, 'calls'>,
  { number, known, clock }: { number: string; known: ReadonlySet<string>; clock: Clock },
  withinMs: number = PLACED_WITHIN_MS,
): Promise<EmulatedCall | undefined> {
  const givingUpAtMs = clock.monotonicMs() + withinMs
  const isOurs = ({ callSid, direction, to }: EmulatedCall) =>
    direction === 'outbound-api' && to === number && !known.has(callSid)
  while (clock.monotonicMs() < givingUpAtMs) {
    const leg = [...twilio.calls.values()].find(isOurs)
    if (leg) return leg
    await sleep(clock, LOOK_MS)
  }
  return undefined
}

/** Resolves when somebody or something has picked up, or never will. */
export async function pickedUp(leg: EmulatedCall, clock: Clock): Promise<void> {
  while (leg.durationSeconds === undefined && leg.status !== 'in-progress') await sleep(clock, LOOK_MS)
}
