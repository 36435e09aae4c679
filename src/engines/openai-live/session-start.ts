import type { FunctionTool, InitialItem, SessionConfig } from 'openai/resources/live/live'
import type { Briefing, HistoryItem, ToolDescription } from '../engine.ts'
import type { OpenAiLiveSettings } from './settings.ts'

/**
 * How a session starts: nearly all of it is fixed from then on (contract section 3). The service refuses unknown fields.
 * Instructions that are longer than it takes (16,384 tokens) are refused by it too, and not cut here: a call without the
 * end of its rules is worse than another engine.
 */
export function describeSession(settings: OpenAiLiveSettings, briefing: Briefing): SessionConfig {
  const { model, voice, backendModel } = settings
  return {
    model,
    instructions: instructionsFor(briefing),
    audio: { format: { type: 'audio/pcmu', rate: 8000 }, output: { voice } },
    input: historyItems(briefing.history),
    delegation: {
      type: 'responses',
      responses: {
        model: backendModel,
        instructions: backendInstructions(briefing.instructions),
        tools: describeTools(briefing.tools),
        tool_choice: 'auto',
        parallel_tool_calls: false,
        reasoning: { effort: 'minimal' },
      },
    },
    store: false,
  }
}

/** Not strict: strict schemas must name every property as required, which a tool of ours need not. */
export function describeTools(tools: readonly ToolDescription[]): FunctionTool[] {
  return tools.map(({ name, description, parameters }) => {
    return { type: 'function', name, description, parameters, strict: false }
  })
}

export function backendInstructions(instructions: string): string {
  return `${instructions}\n\n${BEHIND_THE_VOICE}`
}

const BEHIND_THE_VOICE =
  'You work behind a voice that talks to the caller on the telephone. Use the tools for what it hands to you, and give it the outcome in one or two plain sentences it can say. Never make up an outcome.'

/** The provider asks for these three headings to be kept. */
const POLICIES = [
  'Backchannel policy: While the caller speaks, make no sounds of listening.',
  'Interruption policy: Stop speaking when the caller interrupts, let them finish, then answer what they said. Go on with your sentence when they only made a sound of listening or there was a noise.',
  'Delegation policy: Delegate whatever needs a tool, a fact you were not given or an action, and say in a few words that you are at it. Say only outcomes you were given. Answer everything else yourself.',
].join('\n')

function instructionsFor({ instructions, language, history }: Briefing): string {
  const underWay = 'This call is under way. Go on where it stands, and do not greet again.'
  return [
    instructions,
    `Speak to the caller in the language ${language}, unless they ask for another.`,
    ...(history.length > 0 ? [underWay] : []),
    POLICIES,
  ].join('\n\n')
}

const MOST_ITEMS = 128
/** 8,192 tokens at 2.4 bytes each, which no language needs more of (contract section 4 gives the same measure). */
const MOST_BYTES = 19_600

/** The newest of the talk so far, as much as the service takes; oldest first. */
function historyItems(history: readonly HistoryItem[]): InitialItem[] {
  let bytes = 0
  const newest = history.slice(-MOST_ITEMS)
  const from = newest.findLastIndex(({ text }) => {
    bytes += Buffer.byteLength(text)
    return bytes > MOST_BYTES
  })
  return newest.slice(from + 1).map(itemFor)
}

function itemFor({ role, text }: HistoryItem): InitialItem {
  switch (role) {
    case 'caller':
      return { type: 'message', role: 'user', content: [{ type: 'input_text', text }] }
    case 'agent':
      return { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }
    case 'note':
      return { type: 'message', role: 'developer', content: [{ type: 'input_text', text }] }
    default:
      return role satisfies never
  }
}
