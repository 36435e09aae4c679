import { expect, it } from 'vitest'
import { createRecordingRefusal } from '../../../src/pipeline/recording/recording-refusal.ts'

const stage = createRecordingRefusal()
const findings = (text: string, by: 'caller' | 'agent' = 'caller') => stage.hear({ by, text, atMs: 0 })

it.each([
  'I do not want to be recorded.',
  "Please don't record this",
  'Stop recording me!',
  'Can you turn off the recording?',
  'Turn the recording off, please.',
  'Hi, I would rather not be recorded, and I need a loan.',
  "I don't consent to being recorded",
  'I don’t want this call recorded, I don’t want this recorded',
  'No recording, please.',
  'No me grabe, por favor.',
  'No quiero que me graben.',
])('[CS10] hears a refusal: %s', (text) => {
  expect(findings(text)).toEqual([{ type: 'recording refused' }])
})

it.each([
  'No, you can record this.',
  "I don't mind being recorded.",
  'No problem, record it.',
  'Is this call being recorded?',
  'I have no record of that payment.',
  'I do not have the records here.',
  'The deed was not recorded yet.',
  'I never got a recorded deed.',
  'I want to stop the recording fee.',
  "I don't know what the recording fee is.",
])('[CS10] is not misled by: %s', (text) => {
  expect(findings(text)).toEqual([])
})

it('[CS10] listens to the caller only', () => {
  expect(findings('I do not want to be recorded', 'agent')).toEqual([])
})
