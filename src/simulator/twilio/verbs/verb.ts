import type { Instructions, Leg } from '../leg.ts'
import type { TwimlElement } from '../twiml.ts'
import type { WebhookMethod, WebhookParams } from '../webhook-client.ts'

/** Does one verb. Rejects with the signal's reason when the call moves on meanwhile. */
export type VerbRunner = (element: TwimlElement, context: VerbContext) => Promise<VerbOutcome>

export interface VerbContext {
  readonly leg: Leg
  /** Where the document came from; relative addresses in it are meant from there. */
  readonly baseUrl: string
  /** Aborts when the caller hangs up or the server gives the call other instructions. */
  readonly signal: AbortSignal
}

/** What comes after a verb. */
export type VerbOutcome = Instructions | 'next verb' | 'hang up'

/** An absolute address is kept letter by letter, because it is signed that way. */
export function resolveAddress({ baseUrl }: Pick<VerbContext, 'baseUrl'>, address: string): string {
  return /^[a-z]+:\/\//i.test(address) ? address : new URL(address, baseUrl).href
}

export function toMethod(attribute: string | undefined): WebhookMethod {
  return attribute?.toUpperCase() === 'GET' ? 'GET' : 'POST'
}

/** A number of seconds as an attribute gives it, in ms. */
export function secondsToMs(attribute: string | undefined, fallbackMs: number): number {
  const seconds = Number(attribute)
  return attribute === undefined || Number.isNaN(seconds) ? fallbackMs : seconds * 1000
}

/** Follows the verb's `action` with what the verb found out; goes on with the next verb when there is none. */
export function followAction(element: TwimlElement, context: VerbContext, params: WebhookParams): VerbOutcome {
  const { action, method } = element.attributes
  if (action === undefined) return 'next verb'
  const address = resolveAddress(context, action)
  return { type: 'address', address, method: toMethod(method), params }
}
