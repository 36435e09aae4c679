import { sleep } from '../../../lib/clock.ts'
import type { DialStatus } from '../call-events.ts'
import type { CallbackTarget, DialledLeg } from '../leg.ts'
import type { TwimlElement } from '../twiml.ts'
import { dialConference } from './dial-conference.ts'
import { followAction, resolveAddress, secondsToMs, toMethod, type VerbContext, type VerbRunner } from './verb.ts'

const DEFAULT_TIMEOUT_MS = 30_000
const DEFAULT_TIME_LIMIT_MS = 4 * 3_600_000

/** A dialled number as it stands in the document, bare or as a `<Number>`. */
interface Callee {
  readonly number: string
  readonly attributes: Readonly<Record<string, string>>
}

/** What became of dialling one number; no refusal means that they are there to talk. */
interface Attempt {
  readonly number: string
  readonly leg: DialledLeg
  readonly refusal: DialStatus | undefined
}

/**
 * Puts the leg into a conference, or dials people, all at once; the first to answer (and to stay through the whisper) is connected. Who does what is
 * told by the emulator's table of people. Then follows the action, or goes on.
 */
export const dial: VerbRunner = async (element, context) => {
  const conference = element.children.find((child) => child.name === 'Conference')
  if (conference) return dialConference(element, conference, context)
  const callees = readCallees(element)
  if (callees.length === 0) {
    context.leg.emit({
      type: 'warning',
      code: 13223,
      message: '<Dial> names neither a number nor a conference; nothing else is emulated',
    })
    return followAction(element, context, { DialCallStatus: 'failed', DialBridged: 'false' })
  }
  const { leg, number, refusal } = await reachFirst(element, callees, context)
  const talkedMs = refusal === undefined ? await talk(element, { leg, number }, context) : 0
  return followAction(element, context, {
    DialCallSid: leg.callSid,
    DialCallStatus: refusal ?? 'completed',
    DialBridged: String(refusal === undefined),
    DialCallDuration: String(Math.ceil(talkedMs / 1000)),
  })
}

function readCallees(element: TwimlElement): Callee[] {
  if (element.text !== '') return [{ number: element.text, attributes: {} }]
  const numbers = element.children.filter((child) => child.name === 'Number')
  return numbers.map(({ text, attributes }) => ({ number: text, attributes }))
}

/** The first who is there to talk, else the last of those who are not. The others are hung up. */
async function reachFirst(element: TwimlElement, callees: readonly Callee[], context: VerbContext): Promise<Attempt> {
  const won = new AbortController()
  const signal = AbortSignal.any([context.signal, won.signal])
  const attempts = await Promise.all(
    callees.map(async (callee) => {
      const attempt = await reach(element, callee, { ...context, signal })
      if (attempt.refusal === undefined) won.abort()
      return attempt
    }),
  )
  const chosen = attempts.find(({ refusal }) => refusal === undefined) ?? attempts.at(-1)
  for (const attempt of attempts) if (attempt.refusal !== undefined || attempt !== chosen) report(context, attempt)
  context.signal.throwIfAborted()
  return chosen as Attempt
}

async function reach(element: TwimlElement, callee: Callee, context: VerbContext): Promise<Attempt> {
  const { leg: caller, signal } = context
  const leg = caller.dial({
    parentCallSid: caller.callSid,
    number: callee.number,
    callerId: element.attributes.callerId ?? caller.from,
    statusCallback: readStatusCallback(callee, context),
  })
  const attempt = (refusal: DialStatus | undefined): Attempt => ({ number: callee.number, leg, refusal })
  try {
    const refusal = await leg.ring(secondsToMs(element.attributes.timeout, DEFAULT_TIMEOUT_MS), signal)
    const { url, method } = callee.attributes
    if (refusal !== undefined || url === undefined) return attempt(refusal)
    const stayed = await leg.whisper(resolveAddress(context, url), toMethod(method), signal)
    return attempt(stayed ? undefined : 'no-answer')
  } catch (error) {
    // Someone else was quicker, or the caller is gone.
    if (signal.aborted) return attempt('canceled')
    throw error
  }
}

/** Both talk until one of them hangs up or the time is up; resolves with how long that was. */
async function talk(
  element: TwimlElement,
  { leg, number }: Pick<Attempt, 'leg' | 'number'>,
  context: VerbContext,
): Promise<number> {
  const { clock } = context.leg.carrier
  const startedMs = clock.monotonicMs()
  const talkedMs = () => clock.monotonicMs() - startedMs
  const limitMs = secondsToMs(element.attributes.timeLimit, DEFAULT_TIME_LIMIT_MS)
  const signal = AbortSignal.any([context.signal, leg.over])
  try {
    await sleep(clock, Math.min(limitMs, leg.talkMs ?? Number.POSITIVE_INFINITY), signal)
  } catch (error) {
    if (context.signal.aborted || !leg.over.aborted) throw error
  } finally {
    report(context, { leg, number, refusal: undefined }, talkedMs())
  }
  return talkedMs()
}

function report({ leg: caller }: VerbContext, { leg, number, refusal }: Attempt, talkedMs = 0): void {
  leg.hangUp()
  const bridged = refusal === undefined
  caller.emit({ type: 'dialled', number, callSid: leg.callSid, status: refusal ?? 'completed', bridged, talkedMs })
}

function readStatusCallback(callee: Callee, context: VerbContext): CallbackTarget | undefined {
  const { statusCallback, statusCallbackMethod, statusCallbackEvent = 'completed' } = callee.attributes
  if (statusCallback === undefined) return undefined
  const address = resolveAddress(context, statusCallback)
  return { address, method: toMethod(statusCallbackMethod), events: statusCallbackEvent.split(' ') }
}
