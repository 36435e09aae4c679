import type { Conversation } from '../conversation.ts'
import type { CallFact } from '../facts.ts'
import type { PickupStep } from './pickup.ts'
import { openingOf, type PlacedCall, voicemailOf } from './placed-call.ts'

export interface PickupTalkOptions {
  readonly placed: PlacedCall
  readonly conversation: Pick<Conversation, 'say' | 'hush' | 'leave'>
  /** Has the model say why we call. */
  readonly sayWhy: () => void
  readonly note: (fact: CallFact) => void
  /** Nothing is left to do on this line; `left`: our message is on it. */
  readonly onMachineDone: (left: boolean) => void
}

/** What is said to whoever picked up a call of ours, or to their machine. */
export function takePickupStep(step: PickupStep, options: PickupTalkOptions): void {
  const { placed, conversation, sayWhy, note, onMachineDone } = options
  switch (step) {
    case 'greet':
      conversation.say(openingOf(placed), { interruptible: false })
      sayWhy()
      break
    case 'machine':
      note({ type: 'machine.noticed' })
      conversation.hush()
      break
    case 'leave message':
      conversation.leave()
      conversation.say(voicemailOf(placed), { interruptible: false })
      break
    case 'left':
    case 'give up':
      conversation.leave()
      onMachineDone(step === 'left')
      break
    default:
      step satisfies never
  }
}
