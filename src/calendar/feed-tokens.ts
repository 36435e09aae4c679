import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** Who may read an officer's feed: whoever has its address, as calendar programs cannot sign in. */
export interface FeedTokens {
  /** What stands in the address of the officer's feed; the same every time. */
  of(officerId: string): string
  isOf(officerId: string, token: string): boolean
}

/**
 * Tokens that need no storage: by keys derived from `secrets`, at least one, the newest first; older ones are still let
 * in. Meant for the carrier's auth tokens, which every replica has: a copy of the database opens no feed, and once a
 * token has been rotated out, so have the addresses it made.
 */
export function createFeedTokens(secrets: readonly string[]): FeedTokens {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'officer calendar feed', 32)))
  const digest = (key: Buffer, officerId: string) => createHmac('sha256', key).update(officerId).digest()
  return {
    of: (officerId) => digest(keys[0]!, officerId).toString('base64url'),
    isOf(officerId, token) {
      const given = Buffer.from(token, 'base64url')
      return keys.some((key) => {
        const expected = digest(key, officerId)
        return given.length === expected.length && timingSafeEqual(given, expected)
      })
    },
  }
}
