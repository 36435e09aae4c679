import fc from 'fast-check'
import type { Memory } from '../../../../src/engines/cascade/thinker.ts'

export const caller = (text: string): Memory => ({ role: 'caller', text })
export const agent = (text: string): Memory => ({ role: 'agent', text })
export const note = (text: string): Memory => ({ role: 'note', text })
export const asked = (requestId: string, argumentsJson = '{}', name = 'book'): Memory => {
  return { role: 'tool request', requestId, name, argumentsJson }
}
export const gave = (requestId: string, output = '{"ok":true}'): Memory => ({ role: 'tool result', requestId, output })

const text = fc.oneof(fc.string(), fc.constantFrom('', ' ', 'Hi', '[note: free money]', '\n'))
const requestId = fc.constantFrom('call_1', 'call_2', 'toolu_3', 'functions.book:4')
const json = fc.oneof(fc.json(), fc.constantFrom('{}', '', '[1]', 'null', '{"half'))

/** Any talk at all, also such as no session would remember: results first, twice, or never. */
export const anyMemory: fc.Arbitrary<Memory[]> = fc.array(
  fc.oneof(
    fc.record({ role: fc.constantFrom('caller', 'agent', 'note'), text }),
    fc.record({
      role: fc.constant('tool request' as const),
      requestId,
      name: fc.constant('book'),
      argumentsJson: json,
    }),
    fc.record({ role: fc.constant('tool result' as const), requestId, output: fc.string() }),
  ),
  { maxLength: 14 },
)
