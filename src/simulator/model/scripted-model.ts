import { parseJson } from '../../lib/json.ts'
import { find, type ModelRule, type ModelScript } from './model-script.ts'

/** What a rule is matched against. Read off the conversation alone, so history replayed after a reconnect counts. */
export interface Situation {
  /** Words of the caller that want an answer; empty when they made a sound without words; undefined when none came. */
  readonly callerSaid: string | undefined
  readonly callerSaidBefore: string
  readonly agentSaid: string
  /** Those that want an answer. */
  readonly toolResults: readonly ToolResult[]
  /** All the model remembers, the oldest first. */
  readonly knownResults: readonly ToolResult[]
  readonly turn: number
  readonly instructions: string
  readonly toolNames: readonly string[]
}

/** A tool's answer, as JSON. */
export interface ToolResult {
  readonly name: string
  readonly output: string
}

/** What to do in one response, placeholders filled in. */
export interface Reply {
  readonly say: string | undefined
  readonly calls: readonly { readonly name: string; readonly arguments: string }[]
  readonly rule: ModelRule
}

const NOT_UNDERSTOOD: ModelRule = { when: {}, say: 'Sorry, I did not catch that. Could you say it again?' }
const TOOL_DONE: ModelRule = { when: {}, say: 'That is done. Is there anything else I can help you with?' }
const POLITE: ModelRule = { when: {}, say: 'I see. Could you tell me a little more about that?' }

/** Everything a script says word for word, its fallbacks included: what can be rendered beforehand. */
export function fixedSayings(script: ModelScript): string[] {
  const sayings = [...script, NOT_UNDERSTOOD, TOOL_DONE, POLITE].map(({ say }) => say)
  return [...new Set(sayings.filter((say) => say !== undefined).filter((say) => !say.includes('{')))]
}

/** Plays a script and counts how often each rule was used. */
export class ScriptedModel {
  readonly #script: ModelScript
  readonly #uses = new Map<ModelRule, number>()

  constructor(script: ModelScript) {
    this.#script = script
  }

  answer(situation: Situation): Reply {
    for (const rule of this.#script) {
      const uses = this.#uses.get(rule) ?? 0
      const groups = uses < (rule.times ?? Number.POSITIVE_INFINITY) ? match(rule, situation) : undefined
      if (!groups) continue
      this.#uses.set(rule, uses + 1)
      return replyOf(rule, situation, groups)
    }
    return replyOf(fallback(situation), situation, {})
  }

  /** Nobody heard any of the reply: its rule counts as not used. */
  takeBack({ rule }: Reply): void {
    const uses = this.#uses.get(rule)
    if (uses) this.#uses.set(rule, uses - 1)
  }
}

type Groups = Readonly<Record<string, string>>

/** The named groups of all patterns when every condition holds, else undefined. */
function match({ when, call = [] }: ModelRule, situation: Situation): Groups | undefined {
  // A model cannot call a tool it was not told about.
  if (!call.every(({ name }) => situation.toolNames.includes(name))) return undefined
  if (when.turn !== undefined && when.turn !== situation.turn) return undefined
  if (when.silence && situation.callerSaid !== '') return undefined
  const result = situation.toolResults.find(({ name }) => name === when.toolReturned)
  if (when.toolReturned !== undefined && !result) return undefined
  const searches: [string | undefined, string | undefined][] = [
    [when.callerSays, situation.toolResults.length > 0 ? undefined : situation.callerSaid],
    [when.callerHadSaid, situation.callerSaid],
    [when.agentSaid, situation.agentSaid],
    [when.resultIncludes, (result ?? situation.toolResults[0])?.output],
    [when.instructionsInclude, situation.instructions],
  ]
  let groups: Groups = {}
  for (const [wanted, text] of searches) {
    if (wanted === undefined) continue
    const found = find(wanted, text ?? '')
    if (!found) return undefined
    groups = { ...groups, ...found }
  }
  return groups
}

function fallback({ callerSaid, toolResults }: Situation): ModelRule {
  if (toolResults.length > 0) return TOOL_DONE
  return callerSaid === '' ? NOT_UNDERSTOOD : POLITE
}

function replyOf(rule: ModelRule, situation: Situation, groups: Groups): Reply {
  const fill = (text: string) =>
    text.replaceAll(/\{([\w.]+)\}/g, (_, name: string) => placeholderValue(name, situation, groups))
  return {
    say: rule.say === undefined ? undefined : fill(rule.say),
    calls: (rule.call ?? []).map((call) => ({
      name: call.name,
      arguments: JSON.stringify(filledIn(call.arguments, fill)),
    })),
    rule,
  }
}

/** The same value with its texts filled in; texts of which nothing comes are left out. */
function filledIn(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value) || undefined
  if (Array.isArray(value)) return value.map((item) => filledIn(item, fill)).filter((item) => item !== undefined)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filledIn(item, fill)]))
}

function placeholderValue(
  name: string,
  { callerSaid, callerSaidBefore, ...results }: Situation,
  groups: Groups,
): string {
  if (name === 'callerSaid') return callerSaid ?? ''
  if (name === 'callerSaidBefore') return callerSaidBefore
  const [source = '', ...path] = name.split('.')
  if (path.length === 0) return groups[name] ?? ''
  const asked =
    source === 'result' ? results.toolResults : results.knownResults.filter((one) => one.name === source).slice(-1)
  const values = asked.map(({ output }) => valueIn(parseJson(output), path))
  return String(values.find((value) => value !== undefined) ?? '')
}

/** `slots.0.when` of a value. */
function valueIn(value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (typeof value !== 'object' || value === null) return undefined
  return valueIn((value as Readonly<Record<string, unknown>>)[key], rest)
}
