import { readGreeting } from '../voicemail/voicemail-reading.ts'
import { judgeRobocall } from './judge-robocall.ts'

/** A robocall so sure, that orders a key pressed or speaks of itself as a message, is played from a tape. */
const SURE = 0.9
const SIGNS_OF_A_TAPE = ['tells us to press a key', 'offers to be taken off a list', 'is no person']

/**
 * Whether a sentence is one that recordings play: a mailbox, a menu, a waiting queue, a robocall. Of an incoming call most
 * often a robocall, a telephone system that was connected to another, or an answered call put on hold. A caller may say
 * one too, so it decides nothing by itself.
 */
export function soundsRecorded(text: string): boolean {
  if (readGreeting(text).sure) return true
  const { score, because } = judgeRobocall(text)
  return score >= SURE && because.some((sign) => SIGNS_OF_A_TAPE.includes(sign))
}
