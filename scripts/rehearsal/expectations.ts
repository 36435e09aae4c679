import { find } from '../../src/simulator/model/model-script.ts'
import type { Expectation } from '../../src/simulator/scenario-expectations.ts'
import { checkEvent } from './calendar-expectations.ts'
import { type Evidence, factsIn } from './evidence.ts'
import { heardUtterances } from './heard-utterances.ts'
import { checkConference, checkLeg } from './leg-expectations.ts'
import { atMost, count, type Expected, isCount, isWithin, shorten, stepEndMs, timesText } from './matching.ts'
import { checkAppointment, checkOutbound, checkTask } from './office-expectations.ts'
import { checkCarrier, checkEngine, checkRecord, checkRecordingOffset } from './outcome-expectations.ts'
import { silencesAfterCaller } from './silences.ts'
import { checkText } from './text-expectations.ts'
import type { Verdict } from './verdicts.ts'

/** Holds an expectation against what happened; one verdict for each thing it names. */
export function check(expectation: Expectation, evidence: Evidence): Verdict[] {
  switch (expectation.expect) {
    case 'heard':
      return checkHeard(expectation, evidence)
    case 'tool':
      return [checkTool(expectation, evidence)]
    case 'record':
      return checkRecord(expectation, evidence)
    case 'message':
      return [checkMessage(expectation, evidence)]
    case 'fact':
      return checkFact(expectation, evidence)
    case 'absent':
      return checkAbsent(expectation, evidence)
    case 'engine':
      return checkEngine(expectation, evidence)
    case 'carrier':
      return checkCarrier(expectation, evidence)
    case 'leg':
      return checkLeg(expectation, evidence)
    case 'conference':
      return checkConference(expectation, evidence)
    case 'text':
      return [checkText(expectation, evidence)]
    case 'appointment':
      return [checkAppointment(expectation, evidence)]
    case 'event':
      return checkEvent(expectation, evidence)
    case 'task':
      return [checkTask(expectation, evidence)]
    case 'outbound':
      return [checkOutbound(expectation, evidence)]
    case 'recording offset':
      return [checkRecordingOffset(expectation, evidence)]
    default:
      return expectation satisfies never
  }
}

function checkHeard({ words, after, withinMs, times }: Expected<'heard'>, evidence: Evidence): Verdict[] {
  const afterMs = stepEndMs(after, evidence)
  const utterances = heardUtterances(evidence)
  const matching = utterances.filter(({ text, fromMs }) => find(words, text) && fromMs >= afterMs)
  const first = matching[0]
  const inTime = first !== undefined && first.fromMs - afterMs <= (withinMs ?? 0)
  const found = first
    ? `${count(matching.length)}, first ${Math.round(first.fromMs - Math.max(0, afterMs))} ms after`
    : `heard: ${shorten(utterances.map(({ text }) => text).join(' | '))}`
  const what = `heard ${words}${after ? ` after "${after}"` : ''}`
  return [
    { what: what + timesText(times), ok: isCount(matching.length, times), found },
    ...inTimeVerdict(what, withinMs, inTime, found),
  ]
}

function checkTool({ name, arguments: wanted, outcome, times }: Expected<'tool'>, evidence: Evidence): Verdict {
  const ends = factsIn(evidence, 'tool.ended')
  const asked = factsIn(evidence, 'tool.requested').filter(({ fact }) => fact.name === name)
  const matching = asked.filter(({ fact: { argumentsJson, requestId } }) => {
    const end = ends.find(({ fact }) => fact.requestId === requestId)?.fact.outcome
    return isWithin(wanted, JSON.parse(argumentsJson)) && (outcome === undefined || end === outcome)
  })
  const found = asked.map(({ fact: { requestId, argumentsJson } }) => {
    const end = ends.find(({ fact }) => fact.requestId === requestId)?.fact.outcome ?? 'never ended'
    return `${argumentsJson} ${end}`
  })
  const detail = Object.keys(wanted).length > 0 ? ` with ${JSON.stringify(wanted)}` : ''
  const what = `tool ${name}${detail}${outcome ? ` ${outcome}` : ''}${timesText(times)}`
  return { what, ok: isCount(matching.length, times), found: shorten(found.join(' | ')) || 'never asked for' }
}

function checkMessage({ name, text, times }: Expected<'message'>, { messages }: Evidence): Verdict {
  const matching = messages.filter(
    (message) =>
      (name === undefined || find(name, message.name ?? '')) && (text === undefined || find(text, message.text)),
  )
  const found = messages.map((message) => `${message.name ?? 'unnamed'}: ${message.text}`).join(' | ')
  const detail = [name && `from ${name}`, text].filter(Boolean).join(': ')
  return {
    what: `message ${detail}${timesText(times)}`,
    ok: matching.length === times,
    found: shorten(found) || 'none',
  }
}

function checkFact({ type, with: wanted, after, withinMs, times }: Expected<'fact'>, evidence: Evidence): Verdict[] {
  const afterMs = stepEndMs(after, evidence)
  const ofType = evidence.entries.filter(({ fact, atMs }) => fact.type === type && atMs >= afterMs)
  const matching = ofType.filter(({ fact }) => isWithin(wanted, fact))
  const detail = Object.keys(wanted).length > 0 ? ` ${JSON.stringify(wanted)}` : ''
  const found = ofType.map(
    ({ fact: { type: _, ...rest }, atMs }) =>
      `at ${Math.round(atMs - Math.max(0, afterMs))} ms ${JSON.stringify(rest)}`,
  )
  const what = `fact ${type}${detail}${after ? ` after "${after}"` : ''}`
  const shown = shorten(found.join(' | ')) || 'none'
  const soonMs = matching[0] && matching[0].atMs - afterMs
  return [
    { what: what + timesText(times), ok: isCount(matching.length, times), found: shown },
    ...inTimeVerdict(what, withinMs, soonMs !== undefined && soonMs <= (withinMs ?? 0), shown),
  ]
}

function inTimeVerdict(what: string, withinMs: number | undefined, ok: boolean, found: string): Verdict[] {
  return withinMs === undefined ? [] : [{ what: `${what} within ${withinMs} ms`, ok, found, timing: true }]
}

function checkAbsent({ heard, tool, fact, kept, silenceOverMs }: Expected<'absent'>, evidence: Evidence): Verdict[] {
  const verdicts: Verdict[] = []
  const none = (what: string, found: readonly string[]) =>
    verdicts.push({ what: `never ${what}`, ok: found.length === 0, found: shorten(found.join(' | ')) || 'none' })
  if (heard !== undefined) {
    const texts = heardUtterances(evidence).map(({ text }) => text)
    none(
      `heard ${heard}`,
      texts.filter((text) => find(heard, text)),
    )
  }
  if (tool !== undefined) {
    const requests = factsIn(evidence, 'tool.requested').filter((request) => request.fact.name === tool)
    none(
      `tool ${tool}`,
      requests.map((request) => request.fact.argumentsJson),
    )
  }
  if (fact !== undefined) {
    const facts = evidence.entries.filter((entry) => entry.fact.type === fact)
    none(
      `fact ${fact}`,
      facts.map((entry) => JSON.stringify(entry.fact)),
    )
  }
  if (kept !== undefined) {
    const { entries, stored, messages } = evidence
    none(
      `kept ${kept}`,
      [...entries, stored, ...messages].map((row) => JSON.stringify(row) ?? '').filter((row) => find(kept, row)),
    )
  }
  if (silenceOverMs !== undefined) {
    verdicts.push(
      atMost('longest wait after the caller spoke', silenceOverMs, Math.max(0, ...silencesAfterCaller(evidence))),
    )
  }
  return verdicts
}
