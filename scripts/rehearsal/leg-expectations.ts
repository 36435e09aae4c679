import { find } from '../../src/simulator/model/model-script.ts'
import type { EmulatedCall } from '../../src/simulator/twilio/emulated-call.ts'
import { type Evidence, eventsIn } from './evidence.ts'
import { atLeast, type Expected, equal, isCount, shorten, timesText } from './matching.ts'
import type { Verdict } from './verdicts.ts'

/** What the carrier knows of who was on the line. */
type Lines = Pick<Evidence, 'call' | 'legs' | 'conferences'>

/** One of the people who were dialled. */
export function checkLeg(expected: Expected<'leg'>, lines: Lines): Verdict[] {
  const { to, times, ...wanted } = expected
  const legs = lines.legs.filter((leg) => leg.to === to)
  const matching = legs.filter((leg) => isLeg(wanted, leg, lines))
  const found = legs.map((leg) => tellLeg(leg, lines)).join(' | ')
  const what = `leg to ${[to, ...Object.entries(wanted).map(([key, value]) => `${key} ${value}`)].join(', ')}`
  return [{ what: what + timesText(times), ok: isCount(matching.length, times), found: shorten(found) || 'none' }]
}

/** Whether the caller had company in a conference. */
export function checkConference({ bridged, minTalkedMs }: Expected<'conference'>, lines: Lines): Verdict[] {
  const talkedMs = lines.call ? accompaniedMs(lines.call, lines) : 0
  return [
    ...equal('conference: bridged', bridged, talkedMs > 0),
    ...(minTalkedMs === undefined ? [] : [atLeast('conference: talked', minTalkedMs, talkedMs)]),
  ]
}

type Wanted = Omit<Expected<'leg'>, 'to' | 'times'>

function isLeg({ outcome, told, pressed, bridgedMs }: Wanted, leg: EmulatedCall, lines: Lines): boolean {
  return (
    (outcome === undefined || leg.status === outcome) &&
    (told === undefined || toldTo(leg).some((text) => find(told, text))) &&
    (pressed === undefined || pressedBy(leg).includes(pressed)) &&
    (bridgedMs === undefined || bridgedMsOf(leg, lines) >= bridgedMs)
  )
}

function tellLeg(leg: EmulatedCall, lines: Lines): string {
  const told = toldTo(leg).map((text) => `told ${text}`)
  const pressed = pressedBy(leg).map((digits) => `pressed ${digits}`)
  return [leg.status, ...told, ...pressed, `bridged ${Math.round(bridgedMsOf(leg, lines))} ms`].join(', ')
}

function toldTo(call: EmulatedCall): string[] {
  return eventsIn({ call }, 'told').flatMap(({ by, content }) => (by === 'Say' ? [content] : []))
}

function pressedBy(call: EmulatedCall): string[] {
  return eventsIn({ call }, 'gathered').flatMap(({ digits }) => (digits === '' ? [] : [digits]))
}

/** In conferences, and at the other end of a `<Dial>`. */
function bridgedMsOf(leg: EmulatedCall, lines: Lines): number {
  const dials = [lines.call, ...lines.legs].flatMap((call) => eventsIn({ call }, 'dialled'))
  const dialled = dials.filter(({ callSid, bridged }) => bridged && callSid === leg.callSid)
  return dialled.reduce((sum, { talkedMs }) => sum + talkedMs, accompaniedMs(leg, lines))
}

function accompaniedMs({ callSid }: EmulatedCall, { conferences }: Lines): number {
  return conferences.reduce((sum, conference) => sum + conference.accompaniedMs(callSid), 0)
}
