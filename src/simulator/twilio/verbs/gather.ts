import type { Clock } from '../../../lib/clock.ts'
import { untilAborted } from '../../../lib/until-aborted.ts'
import type { TwimlElement } from '../twiml.ts'
import type { WebhookParams } from '../webhook-client.ts'
import { PROMPT_VERBS, speakingMs } from './say.ts'
import { followAction, secondsToMs, type VerbContext, type VerbOutcome, type VerbRunner } from './verb.ts'

const DEFAULT_TIMEOUT_MS = 5000

/** How long after the last word a speaker is taken to have finished. */
const END_OF_SPEECH_MS = 1000

/**
 * Collects key presses, also while it still speaks: enough digits, the finishing key, or `timeout` without another
 * key end it. Where it listens for speech too, the words of the person at the other end do. With either the action is
 * followed; without, the next verb runs unless `actionOnEmptyResult` is set.
 */
export const gather: VerbRunner = async (element, context) => {
  const { digits, words } = await collect(element, context)
  context.leg.emit({ type: 'gathered', digits, words })
  if (digits === '' && words === '' && element.attributes.actionOnEmptyResult !== 'true') return 'next verb'
  return toAction(element, context, words === '' ? { Digits: digits } : { SpeechResult: words, Confidence: '0.9' })
}

function toAction(element: TwimlElement, context: VerbContext, params: WebhookParams): VerbOutcome {
  // Without an action the carrier asks the document's own address again.
  const action = element.attributes.action ?? context.baseUrl
  return followAction({ ...element, attributes: { ...element.attributes, action } }, context, params)
}

async function collect(element: TwimlElement, context: VerbContext): Promise<{ digits: string; words: string }> {
  const { leg, signal } = context
  const { input = 'dtmf', numDigits, finishOnKey = '#', timeout } = element.attributes
  const collected = Promise.withResolvers<string>()
  const prompting = new AbortController()
  let digits = ''
  using patience = new Patience(leg.carrier.clock, secondsToMs(timeout, DEFAULT_TIMEOUT_MS), () =>
    collected.resolve(''),
  )
  using _ = leg.audio.onDigit((digit) => {
    // A key press cuts the prompt short.
    prompting.abort()
    if (digit !== finishOnKey) digits += digit
    if (digit === finishOnKey || digits.length >= Number(numDigits)) collected.resolve('')
    else patience.restart()
  })
  leg.awaitKeys()
  await prompt(element, { ...context, signal: AbortSignal.any([signal, prompting.signal]) })
  signal.throwIfAborted()
  const said = input.includes('speech') && !prompting.signal.aborted ? leg.words : undefined
  if (said === undefined) patience.restart()
  using _speech =
    said === undefined
      ? null
      : leg.carrier.clock.after(speakingMs(said) + END_OF_SPEECH_MS, () => collected.resolve(said))
  const words = await untilAborted(collected.promise, signal)
  return { digits, words }
}

async function prompt(element: TwimlElement, context: VerbContext): Promise<void> {
  try {
    for (const child of element.children) await PROMPT_VERBS[child.name]?.(child, context)
  } catch (error) {
    if (!context.signal.aborted) throw error
  }
}

/** Calls back when it was not restarted for so long. */
class Patience implements Disposable {
  readonly #clock: Clock
  readonly #lengthMs: number
  readonly #onOver: () => void
  #timer: Disposable | undefined

  constructor(clock: Clock, lengthMs: number, onOver: () => void) {
    this.#clock = clock
    this.#lengthMs = lengthMs
    this.#onOver = onOver
  }

  restart(): void {
    this[Symbol.dispose]()
    this.#timer = this.#clock.after(this.#lengthMs, this.#onOver)
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
  }
}
