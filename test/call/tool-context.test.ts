import { expect, it } from 'vitest'
import type { CallFact } from '../../src/call/facts.ts'
import { toolContextOf } from '../../src/call/tool-context.ts'

let seq = 0

function contextAfter(...facts: CallFact[]) {
  const entries = facts.map((fact, at) => ({ seq: at, atMs: at * 100, fact }))
  return toolContextOf({ callId: 'call_1', from: undefined }, entries, 'en')
}

const began: CallFact = { type: 'caller.started-speaking' }
const ended = (turnId = `t${seq++}`): CallFact => ({ type: 'caller.stopped-speaking', turnId, endpointingMs: 500 })
const key: CallFact = { type: 'caller.pressed', digit: '1' }

function agent(phrase?: string): CallFact {
  const utteranceId = `u${seq++}`
  return { type: 'agent.speaking', utteranceId, queuedMs: 0, ...(phrase === undefined ? {} : { phrase }) }
}

function tool(reply: Record<string, unknown> = {}): CallFact {
  return { type: 'tool.ended', requestId: `r${seq++}`, name: 'hold_time', outcome: 'replied', reply, tookMs: 1 }
}

const held = [agent('opening'), began, ended(), tool({ held: true, slot_id: 's1' })]

it('[TL6] counts a turn that began after we had read something back', () => {
  expect(contextAfter(...held).turn).toBe(1)
  expect(contextAfter(...held, agent(), began, ended()).turn).toBe(2)
  expect(contextAfter(...held, agent(), key).turn).toBe(2)
})

it.each([
  ['goes on speaking after the tool', [began, ended()]],
  ['spoke while we only said a fixed phrase', [agent('one-moment'), began, ended()]],
  ['began before we read it back', [began, agent(), ended()]],
  ['has not finished', [agent(), began]],
  ['was our own echo', [agent(), began, ended('echo'), { type: 'echo.ignored', turnId: 'echo' } as const]],
])('[S12] counts no turn of a caller who %s', (_, facts) => {
  expect(contextAfter(...held, ...facts).turn).toBe(1)
})

it('[S8] knows in which turn an id was first given, and that another was not', () => {
  const later = [agent(), began, ended(), tool({ slots: [{ slot_id: 's2' }, { slot_id: 's1' }] })]
  const { turnGiven } = contextAfter(...held, ...later)
  expect([turnGiven('s1'), turnGiven('s2'), turnGiven('s'), turnGiven('s3')]).toEqual([1, 2, undefined, undefined])
})
