import twilio from 'twilio'
import type { Carrier } from './carrier.ts'
import { type Patience, parseWebhookAddress, type WebhookFailure } from './connection-override.ts'
import { exchangeHttp, type HttpOutcome } from './http-exchange.ts'

export type WebhookMethod = 'GET' | 'POST'
export type WebhookParams = Readonly<Record<string, string>>

/** One try at one webhook, successful or not. */
export interface WebhookTry {
  /** As it was configured, without the connection override. */
  readonly url: string
  readonly method: WebhookMethod
  readonly params: WebhookParams
  /** 0 is the delivery that counts; others are duplicates of it, made by a fault. */
  readonly copy: number
  /** 0 is the first try; retries follow. */
  readonly retry: number
  /** The answer's HTTP status, or undefined when there was none. */
  readonly status: number | undefined
  readonly body: string
  readonly tookMs: number
}

export type WebhookAnswer =
  | { readonly ok: true; readonly url: string; readonly body: string }
  /** `errorCode` is the carrier's: 11205 not reached, 11200 reached without a good answer. */
  | { readonly ok: false; readonly url: string; readonly errorCode: number; readonly detail: string }

interface Webhook {
  /** May carry a connection override in its fragment. */
  readonly address: string
  readonly method: WebhookMethod
  readonly params: WebhookParams
}

const MOST_REDIRECTS = 5

/**
 * Delivers one webhook as the carrier does: a signed form, retried by the address's connection override under one
 * idempotency token, redirects followed by a GET that loses its params. Never rejects.
 */
export async function deliverWebhook(
  carrier: Carrier,
  webhook: Webhook,
  onTry: (attempt: WebhookTry) => void,
): Promise<WebhookAnswer> {
  const idempotencyToken = createToken(carrier)
  const deliver = (copy: number) => deliverCopy(carrier, webhook, { idempotencyToken, copy, onTry })
  const original = deliver(0)
  // Nobody waits for the duplicates: they cannot fail, and the call goes by the original's answer alone.
  for (let copy = 1; copy <= (carrier.faults.duplicateWebhooks ?? 0); copy += 1) void deliver(copy)
  return original
}

interface Delivery {
  readonly idempotencyToken: string
  readonly copy: number
  readonly onTry: (attempt: WebhookTry) => void
}

async function deliverCopy(carrier: Carrier, webhook: Webhook, delivery: Delivery): Promise<WebhookAnswer> {
  const { url, patience } = parseWebhookAddress(webhook.address)
  const startedMs = carrier.clock.monotonicMs()
  for (let retry = 0; ; retry += 1) {
    const leftMs = patience.totalMs - (carrier.clock.monotonicMs() - startedMs)
    const outcome = await tryOnce(carrier, { ...webhook, address: url }, delivery, retry, within(patience, leftMs))
    const failure = failureOf(outcome)
    if (failure === undefined) return { ok: true, url, body: outcome.type === 'answered' ? outcome.body : '' }
    const mayRetry = retry < patience.retries && patience.retryOn.has(failure)
    if (!mayRetry || carrier.clock.monotonicMs() - startedMs >= patience.totalMs)
      return toFailedAnswer(url, failure, outcome)
  }
}

function within(patience: Patience, leftMs: number): Pick<Patience, 'connectMs' | 'readMs'> {
  return { connectMs: Math.min(patience.connectMs, leftMs), readMs: Math.min(patience.readMs, leftMs) }
}

function toFailedAnswer(url: string, failure: WebhookFailure, outcome: HttpOutcome): WebhookAnswer {
  const detail = outcome.type === 'failed' ? outcome.detail : `HTTP ${outcome.status}`
  return { ok: false, url, errorCode: failure === 'ct' ? 11205 : 11200, detail }
}

function failureOf(outcome: HttpOutcome): WebhookFailure | undefined {
  if (outcome.type === 'failed') return outcome.failure
  if (outcome.status >= 500) return '5xx'
  return outcome.status >= 200 && outcome.status < 300 ? undefined : '4xx'
}

async function tryOnce(
  carrier: Carrier,
  webhook: Webhook,
  delivery: Delivery,
  retry: number,
  patience: Pick<Patience, 'connectMs' | 'readMs'>,
): Promise<HttpOutcome> {
  let { address: url, method, params } = webhook
  for (let redirects = 0; ; redirects += 1) {
    const startedMs = carrier.clock.monotonicMs()
    const outcome = await exchange(carrier, { address: url, method, params }, delivery.idempotencyToken, patience)
    const tookMs = carrier.clock.monotonicMs() - startedMs
    const answer = outcome.type === 'answered' ? outcome : { status: undefined, body: '', location: undefined }
    delivery.onTry({
      url,
      method,
      params,
      copy: delivery.copy,
      retry,
      status: answer.status,
      body: answer.body,
      tookMs,
    })
    const redirected = answer.status !== undefined && answer.status >= 300 && answer.status < 400
    if (!redirected || answer.location === undefined || redirects === MOST_REDIRECTS) return outcome
    // The carrier follows with a bare GET: a server that redirects never sees the call's params.
    url = new URL(answer.location, url).href
    method = 'GET'
    params = {}
  }
}

function exchange(
  carrier: Carrier,
  { address, method, params }: Webhook,
  idempotencyToken: string,
  patience: Pick<Patience, 'connectMs' | 'readMs'>,
): Promise<HttpOutcome> {
  const form = new URLSearchParams(params).toString()
  const isPost = method === 'POST'
  const url = isPost || form === '' ? address : `${address}${address.includes('?') ? '&' : '?'}${form}`
  const headers = {
    'User-Agent': 'TwilioProxy/1.1',
    'X-Home-Region': 'us1',
    'I-Twilio-Idempotency-Token': idempotencyToken,
    'X-Twilio-Signature': twilio.getExpectedTwilioSignature(carrier.authToken, url, isPost ? params : {}),
    Host: new URL(url).host,
    ...(isPost ? { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' } : {}),
    ...(isPost ? { 'Content-Length': String(Buffer.byteLength(form)) } : {}),
  }
  return exchangeHttp(
    { method, url: carrier.reach(url), headers, body: isPost ? form : '' },
    patience,
    carrier.clock,
    carrier.signal,
  )
}

/** Shaped as a UUID, drawn from the seed. */
function createToken(carrier: Carrier): string {
  return '00000000-0000-4000-8000-000000000000'.replace(/0/g, () => Math.floor(carrier.random() * 16).toString(16))
}
