import type { Scenario } from '../../src/simulator/scenario.ts'
import { type Evidence, eventsIn, isSpokenWith } from './evidence.ts'
import { heardUtterances } from './heard-utterances.ts'
import type { Verdict } from './verdicts.ts'

/** What holds for every call, whatever the scenario expects. */
export function houseRules(scenario: Scenario, evidence: Evidence): Verdict[] {
  const { broken, call } = evidence
  return [
    { what: 'the talk went as written', ok: broken === undefined, found: broken ?? 'yes' },
    ...(call && isSpokenWith(call) ? [oneRecord(evidence)] : []),
    noWarnings(scenario, evidence),
    noComplaints(evidence),
    noFalseMemory(evidence),
  ]
}

function oneRecord({ stored, entries }: Evidence): Verdict {
  const ends = entries.filter(({ fact }) => fact.type === 'call.ended').length
  const unfinished = stored ? 'a call without an end' : 'no call stored'
  return {
    what: 'one finished record (I1)',
    ok: stored?.outcome !== undefined && ends <= 1,
    found: stored?.outcome ? `ended: ${stored.outcome.endReason}` : unfinished,
  }
}

function noWarnings({ carrier }: Scenario, evidence: Evidence): Verdict {
  const warnings = [evidence.call, ...evidence.legs].flatMap((call) => eventsIn({ call }, 'warning'))
  const unexpected = warnings.filter(({ code }) => !carrier.warnings.includes(code))
  const found = unexpected.map(({ code, message }) => `${code} ${message}`).join(' | ')
  return { what: 'no warnings of the carrier', ok: unexpected.length === 0, found: found || 'none' }
}

/** What an emulated provider refuses as a wrong request, a real one would too. */
function noComplaints({ emulated }: Evidence): Verdict {
  const complaints = (emulated?.services ?? []).flatMap((service) =>
    service.complaints.map((complaint) => `${service.name}: ${complaint}`),
  )
  return {
    what: 'no complaints of the providers',
    ok: complaints.length === 0,
    found: complaints.join(' | ') || 'none',
  }
}

/** The engine remembers no more of an utterance than the caller heard (TT8). */
function noFalseMemory(evidence: Evidence): Verdict {
  const heardMs = new Map(heardUtterances(evidence).map((heard) => [heard.utteranceId, heard.heardMs]))
  const cuts = (evidence.emulated?.openai?.sessions ?? []).flatMap(({ record }) =>
    record.receivedOf('conversation.item.truncate'),
  )
  const tooMuch = cuts.filter((cut) => cut.audio_end_ms > (heardMs.get(cut.item_id) ?? 0) + 1)
  const found = tooMuch.map((cut) => `${cut.audio_end_ms} ms of ${heardMs.get(cut.item_id) ?? 0} ms heard`).join(' | ')
  return {
    what: 'no memory of what was not heard (TT8)',
    ok: tooMuch.length === 0,
    found: found || `${cuts.length} cuts`,
  }
}
