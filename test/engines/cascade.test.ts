import { startCascadeProvider } from './cascade/cascade-provider.ts'
import { describeEngine } from './conformance.ts'

describeEngine('Cascade', startCascadeProvider, {
  'is interrupted after the answer ended, while it is still being played':
    'it plays two utterances in one answer, and an answer of a cascade is one; its own test is in cascade-session',
  'notices a connection that is open and dead': 'each part watches its own wire, and its own tests say so',
  'passes over an event it has never heard of': 'a wire of its own is what each part has, with such a test',
})
