import { expect, it } from 'vitest'
import { GreetingWatch } from '../../../src/pipeline/voicemail/greeting-watch.ts'

function watchAfterSpeech(fromMs: number, toMs: number): GreetingWatch {
  const watch = new GreetingWatch()
  watch.speech(true, fromMs)
  watch.speech(false, toMs)
  return watch
}

it('waits while nobody has said anything', () => {
  expect(new GreetingWatch().pickedUp(5_000)).toEqual({ by: 'unsure', readyToSpeak: false })
})

it('takes a short hello and a pause for a person, and it is our turn', () => {
  const watch = watchAfterSpeech(300, 1_100)
  expect(watch.pickedUp(1_300)).toEqual({ by: 'unsure', readyToSpeak: false })
  expect(watch.pickedUp(1_900)).toEqual({ by: 'human', readyToSpeak: true })
})

it('takes a longer sentence without a word of a machine for a person once it waits', () => {
  const watch = watchAfterSpeech(0, 4_500)
  watch.words('yes hello I was just about to call you people about my loan')
  expect(watch.pickedUp(5_500)).toEqual({ by: 'human', readyToSpeak: true })
})

it('does not talk into a greeting, and speaks after the beep', () => {
  const watch = watchAfterSpeech(0, 3_000)
  watch.words('You have reached the Petersons, leave a message after the beep.')
  expect(watch.pickedUp(4_000)).toEqual({ by: 'machine', readyToSpeak: false })
  watch.beep()
  expect(watch.pickedUp(4_500)).toEqual({ by: 'machine', readyToSpeak: true })
})

it('speaks to a mailbox that never beeps after a long pause', () => {
  const watch = watchAfterSpeech(0, 3_000)
  watch.words('leave me a message')
  expect(watch.pickedUp(6_500)).toEqual({ by: 'machine', readyToSpeak: true })
})

it('takes a voice that goes on and on for a machine before its words are there', () => {
  const watch = new GreetingWatch()
  watch.speech(true, 0)
  expect(watch.pickedUp(3_000).by).toBe('unsure')
  expect(watch.pickedUp(7_000)).toEqual({ by: 'machine', readyToSpeak: false })
})

it('takes a beep alone for a machine', () => {
  const watch = new GreetingWatch()
  watch.beep()
  expect(watch.pickedUp(1_000)).toEqual({ by: 'machine', readyToSpeak: true })
})
