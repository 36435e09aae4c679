/** Why a webhook can fail, as the `rp` override names it. */
export type WebhookFailure = '4xx' | '5xx' | 'ct' | 'rt'

/** How patient the carrier is with one webhook address. */
export interface Patience {
  readonly connectMs: number
  /** From the request to the end of the answer. */
  readonly readMs: number
  /** All attempts together. */
  readonly totalMs: number
  readonly retries: number
  readonly retryOn: ReadonlySet<WebhookFailure>
}

const EVERY_FAILURE: readonly WebhookFailure[] = ['4xx', '5xx', 'ct', 'rt']

/**
 * Splits a webhook address from its connection override: `#ct=2000&rt=5000&tt=10000&rc=2&rp=5xx,ct` sets the timeouts
 * for connecting, reading and in all, the number of retries, and what is retried. The fragment is neither sent nor
 * signed. Defaults and ceilings are the carrier's (RELIABILITY 2.1).
 */
export function parseWebhookAddress(address: string): { url: string; patience: Patience } {
  const [url = '', fragment = ''] = address.split('#', 2)
  const override = new URLSearchParams(fragment)
  const number = (key: string, fallback: number, least: number, most: number) =>
    Math.min(most, Math.max(least, Number(override.get(key) ?? fallback) || 0))
  return {
    url,
    patience: {
      connectMs: number('ct', 5000, 100, 10_000),
      readMs: number('rt', 15_000, 100, 15_000),
      totalMs: number('tt', 15_000, 100, 15_000),
      retries: number('rc', 1, 0, 5),
      retryOn: parseRetryOn(override.get('rp') ?? 'ct'),
    },
  }
}

function parseRetryOn(list: string): Set<WebhookFailure> {
  const named = list.split(',').map((name) => name.trim().toLowerCase())
  return new Set(EVERY_FAILURE.filter((failure) => named.includes(failure) || named.includes('all')))
}
