import { randomBytes, randomUUID } from 'node:crypto'

/** A new id such as `call_0198c1d2...`: the prefix says what it names. */
export function createId(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll('-', '')}`
}

/** 256 random bits, URL-safe: for one-use tokens (RELIABILITY S6 asks for at least 128). */
export function createSecret(): string {
  return randomBytes(32).toString('base64url')
}
