import type { Clock } from '../../lib/clock.ts'
import type { Database } from '../../storage/database.ts'
import { isOptedOut } from '../consent/opt-outs.ts'
import { queueText } from './texts.ts'

export interface PreparedTextsOptions {
  /** Nothing is sent unless `enabled`. */
  readonly settings: {
    readonly enabled: boolean
    readonly prepared: readonly { readonly id: string; readonly text: string }[]
  }
  /** The company's name, which each text begins with. */
  readonly company: string
  readonly clock: Clock
}

export interface WantedText {
  readonly callId: string
  /** The same key is the same text. */
  readonly idempotencyKey: string
  /** E.164. */
  readonly number: string
  /** Id of a prepared text. */
  readonly what: string
  readonly language: string
}

/** Texts the company has prepared for callers who want one. What is `queued` is durable. */
export function createPreparedTexts(database: Database, { settings, company, clock }: PreparedTextsOptions) {
  return {
    async send(wanted: WantedText): Promise<'queued' | 'opted out' | 'not possible'> {
      const { idempotencyKey: key, number, what, language, callId } = wanted
      const prepared = settings.prepared.find(({ id }) => id === what)
      if (!settings.enabled || !prepared) return 'not possible'
      return await database.transaction().execute(async (transaction) => {
        if (await isOptedOut(transaction, number)) return 'opted out'
        const body = `${company}: ${prepared.text}`
        await queueText(transaction, { key, number, purpose: 'information', language, body, callId, at: clock.now() })
        return 'queued'
      })
    },
  }
}
