import { HearthlineError } from '../../lib/errors.ts'
import { untilAborted } from '../../lib/until-aborted.ts'
import type { Instructions, Leg } from './leg.ts'
import { parseTwiml, type TwimlDocument } from './twiml.ts'
import { connect } from './verbs/connect.ts'
import { dial } from './verbs/dial.ts'
import { gather } from './verbs/gather.ts'
import { record } from './verbs/record.ts'
import { pause, play, say } from './verbs/say.ts'
import { resolveAddress, toMethod, type VerbRunner } from './verbs/verb.ts'

/** How a document ends: with others to follow, or with none. */
export type RunEnd = Instructions | 'end of document' | 'hang up'

/**
 * Fetches one document and does what it says, verb by verb. Rejects with the signal's reason when the call moves on meanwhile.
 */
export async function followInstructions(leg: Leg, instructions: Instructions, signal: AbortSignal): Promise<RunEnd> {
  const { twiml, baseUrl } = await untilAborted(fetchDocument(leg, instructions), signal)
  const { verbs, warnings } = readDocument(leg, twiml)
  for (const warning of warnings) leg.emit({ type: 'warning', code: 12200, message: warning })
  for (const [index, element] of verbs.entries()) {
    if (element.name === 'Reject' && index === 0) {
      leg.reject(element.attributes.reason === 'busy' ? 'busy' : 'no-answer')
      return 'hang up'
    }
    leg.answer()
    const outcome = await VERBS[element.name]?.(element, { leg, baseUrl, signal })
    signal.throwIfAborted()
    if (outcome !== undefined && outcome !== 'next verb') return outcome
  }
  leg.answer()
  return 'end of document'
}

const VERBS: Readonly<Record<string, VerbRunner>> = {
  Connect: connect,
  Dial: dial,
  Gather: gather,
  Hangup: async () => 'hang up',
  Pause: pause,
  Play: play,
  Record: record,
  Redirect: async (element, context) => ({
    type: 'address',
    address: resolveAddress(context, element.text),
    method: toMethod(element.attributes.method),
  }),
  Reject: async () => 'hang up',
  Say: say,
}

/** What a caller hears when neither the address nor its fallback can say what to do. */
const STOCK_MESSAGE = '<Response><Say>We are sorry, an application error has occurred. Goodbye.</Say></Response>'

interface FetchedDocument {
  readonly twiml: string
  readonly baseUrl: string
}

async function fetchDocument(leg: Leg, instructions: Instructions): Promise<FetchedDocument> {
  if (instructions.type === 'document') return instructions
  const { address, method, params = {} } = instructions
  const first = await leg.fetchInstructions(address, method, params)
  if (first.ok) return { twiml: first.body, baseUrl: first.url }
  leg.emit({ type: 'warning', code: first.errorCode, message: `${first.url} failed: ${first.detail}` })
  if (leg.fallbackAddress === undefined) return { twiml: STOCK_MESSAGE, baseUrl: first.url }
  const why = { ErrorCode: String(first.errorCode), ErrorUrl: first.url }
  const fallback = await leg.fetchInstructions(leg.fallbackAddress, 'POST', { ...params, ...why })
  if (fallback.ok) return { twiml: fallback.body, baseUrl: fallback.url }
  leg.emit({ type: 'warning', code: fallback.errorCode, message: `the fallback failed too: ${fallback.detail}` })
  return { twiml: STOCK_MESSAGE, baseUrl: fallback.url }
}

function readDocument(leg: Leg, twiml: string): TwimlDocument {
  try {
    return parseTwiml(twiml)
  } catch (error) {
    if (!(error instanceof HearthlineError)) throw error
    leg.emit({ type: 'warning', code: Number(error.code.replace('twiml_', '')), message: error.message })
    return parseTwiml(STOCK_MESSAGE)
  }
}
