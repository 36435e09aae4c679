import { z } from 'zod'
import type { Tool } from './tool.ts'

/** A telephone of the company that callers may be sent to. Its number the model never sees (S8). */
export interface Extension {
  readonly id: string
  /** What callers call it: "Loan servicing". */
  readonly name: string
  /** What it is for. */
  readonly about: string
}

const connectExtensionArguments = z.strictObject({
  extension_id: z.string().min(1).max(60).describe('An id from the list.'),
})

/** Sends the caller to a department of the company, and us out of the call. */
export function createConnectExtension(
  extensions: readonly Extension[],
): Tool<z.output<typeof connectExtensionArguments>> {
  const list = extensions.map(({ id, name, about }) => `${id} is ${name}: ${about}`).join('; ')
  return {
    name: 'connect_extension',
    description: `Connects the caller with a department when they ask for it (${list || 'there is none'}). The system says so, and your part of the call ends.`,
    arguments: connectExtensionArguments,
    effect: 'reads',
    changes: true,
    timeoutMs: 1_000,
    async run({ extension_id }) {
      if (!extensions.some(({ id }) => id === extension_id)) {
        return {
          reply: {
            connecting: false,
            known: extensions.map(({ id }) => id),
            say: 'That you cannot connect them there.',
          },
        }
      }
      return {
        reply: { connecting: true, say: 'Nothing: the system tells the caller.' },
        action: { type: 'connect extension', extensionId: extension_id },
      }
    },
  }
}
