import { z } from 'zod'
import { said } from './said.ts'
import type { Tool } from './tool.ts'

/** What the tool needs of the officers. */
export interface OfficerBook {
  /** Undefined: there is none of this id. */
  find(id: string): Promise<{ readonly active: boolean } | undefined>
}

const connectOfficerArguments = z.strictObject({
  reason: said(200).describe('Why the caller wants a person, in a few words.'),
  officer_id: z.string().max(60).optional().describe('Only if they ask for this officer: an id you were given.'),
})

/** Has an officer rung for the caller, who stays with us meanwhile. Numbers are the office's own business (S8). */
export function createConnectOfficer(officers: OfficerBook): Tool<z.output<typeof connectOfficerArguments>> {
  return {
    name: 'connect_officer',
    description:
      'Rings a loan officer for a caller who wants to talk to one now. The system tells the caller that it tries, and tells you when nobody could take the call. Never promise that somebody will answer.',
    arguments: connectOfficerArguments,
    effect: 'reads',
    changes: true,
    timeoutMs: 2_000,
    async run({ reason, officer_id }) {
      const officer = officer_id === undefined ? undefined : await officers.find(officer_id)
      if (officer_id !== undefined && !officer?.active) return { reply: UNKNOWN }
      return {
        reply: { ringing: true, say: 'Nothing: the system tells the caller.' },
        action: { type: 'connect', reason, officerId: officer_id },
      }
    },
  }
}

const UNKNOWN = {
  ringing: false,
  reason: 'There is no such officer.',
  say: 'That you cannot find them. Offer another loan officer, a time or a message.',
}
