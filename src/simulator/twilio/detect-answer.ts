import { sleep } from '../../lib/clock.ts'
import type { Person } from './carrier.ts'
import type { Instructions, Leg } from './leg.ts'
import { type Detected, detectMachine, type MachineDetection } from './machine-detection.ts'

/**
 * Finds out who has answered a leg. Asynchronous detection goes on beside the instructions and its callback tells of
 * it; else they wait, and learn of it (`AnsweredBy`). `over` aborts when the leg ends. Never rejects.
 */
export async function detectAnswer(
  leg: Leg,
  person: Person | undefined,
  detection: MachineDetection,
  instructions: Instructions,
  over: AbortSignal,
): Promise<Instructions> {
  const detecting = detect(leg, person, detection, over)
  if (detection.isAsync) return instructions
  const detected = await detecting
  if (!detected || instructions.type === 'document') return instructions
  return { ...instructions, params: { ...instructions.params, AnsweredBy: detected.answeredBy } }
}

/** Undefined when the leg ended before. */
async function detect(
  leg: Leg,
  person: Person | undefined,
  detection: MachineDetection,
  over: AbortSignal,
): Promise<Detected | undefined> {
  const detected = detectMachine(person, detection)
  const known = await sleep(leg.carrier.clock, detected.afterMs, over).then(
    () => true,
    () => false,
  )
  if (!known) return undefined
  leg.emit({ type: 'machine.detected', ...detected })
  if (detection.isAsync && detection.callback) {
    const { address, method } = detection.callback
    leg.sendCallback(address, method, {
      ...{ AccountSid: leg.carrier.accountSid, CallSid: leg.callSid, AnsweredBy: detected.answeredBy },
      MachineDetectionDuration: String(Math.round(detected.afterMs)),
    })
  }
  return detected
}
