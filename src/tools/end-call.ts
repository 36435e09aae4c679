import { z } from 'zod'
import type { Tool } from './tool.ts'

const endCallArguments = z.strictObject({})

/** Ends the call once everything said was heard. The caller can still speak up until then. */
export function createEndCall(): Tool<z.output<typeof endCallArguments>> {
  return {
    name: 'end_call',
    description:
      'Ends the call. Use it when the caller says goodbye or is done; the system says goodbye if you have not.',
    arguments: endCallArguments,
    effect: 'reads',
    timeoutMs: 1_000,
    async run() {
      return { reply: { ending: true }, action: { type: 'end call' } }
    },
  }
}
