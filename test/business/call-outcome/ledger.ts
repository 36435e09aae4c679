import type { CallFact, LedgerEntry } from '../../../src/call/facts.ts'
import type { Finding } from '../../../src/pipeline/stage.ts'

export const CALLER = '+16175550123'

/** Facts in their places, a second apart. */
export function ledgerOf(facts: readonly CallFact[]): LedgerEntry[] {
  return [RANG, ...facts].map((fact, seq) => ({ seq, atMs: seq * 1_000, fact }))
}

export const said = (text: string): CallFact => ({ type: 'caller.said', turnId: text, text })

/** Two facts: its first sound, and that all of it was heard. */
export function answered(text: string): CallFact[] {
  const utterance = { utteranceId: text, text }
  return [
    { type: 'agent.speaking', ...utterance, queuedMs: 0 },
    { type: 'agent.spoke', ...utterance, heardText: text, givenMs: 900, heardMs: 900, interrupted: false },
  ]
}

export const found = (finding: Finding): CallFact => ({ type: 'finding.made', stage: 'test', finding })

export const stated = (key: 'name' | 'property state' | 'time wish' | 'call-back number', value: string): CallFact =>
  found({ type: 'fact stated', key, value })

export const confirmed = (key: 'name' | 'property state', value: string): CallFact =>
  found({ type: 'fact confirmed', key, value })

export const mood = (frustration: number): CallFact => found({ type: 'mood judged', frustration, cues: [] })

export const toolEnded = (name: string, reply: Record<string, unknown>): CallFact => ({
  ...{ type: 'tool.ended', requestId: name, name, outcome: 'replied', reply, tookMs: 5 },
})

export const TRANSFER: readonly CallFact[] = [
  { type: 'transfer.started', transferId: 'transfer_1', because: 'asked', officers: [] },
  { type: 'transfer.ended', transferId: 'transfer_1', outcome: 'bridged', officerId: 'dana-lee' },
]

export const transferEnded = (outcome: 'nobody free' | 'caller left'): CallFact[] => [
  TRANSFER[0]!,
  { type: 'transfer.ended', transferId: 'transfer_1', outcome },
]

export const PLACED: CallFact = {
  type: 'call.placed',
  placed: {
    ...{ outboundId: 'outbound_1', kind: 'call back', subject: 'documents', contactName: undefined },
    language: 'en-US',
  },
}

const RANG: CallFact = {
  ...{ type: 'call.rang', from: CALLER, to: '+16175550100', agent: 'receptionist', engine: 'openai' },
  ...{ model: 'gpt-realtime-2.1', language: 'en-US' },
}
