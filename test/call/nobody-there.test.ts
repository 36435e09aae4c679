import { describe, expect, it } from 'vitest'
import { encodeAudio } from '../../src/audio/encoded-audio.ts'
import { CallerSound } from '../../src/call/caller-sound.ts'
import { PersonWatch } from '../../src/call/person-watch.ts'
import { soundsRecorded } from '../../src/pipeline/robocall/recorded.ts'
import { holdMusic, noise, silence, talk } from '../audio/sounds.ts'
import { CallHouse, PHRASE_MS } from '../fakes/call-house.ts'

const MINUTE = 60_000
const QUEUE = 'Your call is important to us. Please stay on the line for the next available agent.'

/** Plays the sound to the watch for so long and says when it wanted what. */
function watching(sound: (ms: number) => Buffer, ms: number, at: Record<number, (watch: PersonWatch) => void> = {}) {
  const watch = new PersonWatch({ nobodySpeaksMs: MINUTE, soundsRecorded })
  const line = new CallerSound()
  const second = sound(1_000)
  const steps: [number, string][] = []
  for (let nowMs = 0; nowMs < ms; nowMs += 100) {
    const from = (nowMs % 1_000) * 8
    line.hear(encodeAudio(second.subarray(from, from + 800)))
    at[nowMs]?.(watch)
    line.tick(nowMs)
    const step = watch.tick(nowMs, { audible: false, callerHasFloor: false, sound: line.sound })
    if (step) steps.push([Math.round(nowMs / 1_000), step.do])
    if (step?.do === 'leave') break
  }
  return steps
}

describe('[TT14] sound without a word', () => {
  it('brings a question after the set time, and the end 20 s later', () => {
    expect(watching(holdMusic, 90_000)).toMatchObject([
      [expect.closeTo(65, -1), 'ask'],
      [expect.closeTo(85, -1), 'leave'],
    ])
    expect(watching(talk, 70_000)).toMatchObject([[expect.closeTo(65, -1), 'ask']])
  })

  it.each([
    ['a silent line', silence],
    ['a noisy one', noise],
  ])('is not %s', (_, sound) => {
    expect(watching(sound, 200_000)).toEqual([])
  })

  it('is counted anew from every word', () => {
    const says = (watch: PersonWatch) => watch.words('One moment, please.', 0)
    expect(watching(talk, 105_000, { 50000: says })).toEqual([])
  })

  it('is over when the question is answered, and asked about no more than twice', () => {
    const says = (watch: PersonWatch) => watch.words('Yes, I am here.', 0)
    expect(watching(holdMusic, 75_000, { 70000: says }).map(([, step]) => step)).toEqual(['ask'])
    const again = watching(holdMusic, 5 * MINUTE, { 70000: says, 135000: says })
    expect(again.map(([, step]) => step)).toEqual(['ask', 'ask', 'leave'])
  })

  it('is forgiven to a caller who has talked a good deal since', () => {
    const talks = (watch: PersonWatch) => {
      for (const words of ['Yes.', 'I had to look.', 'It is a house.', 'In Providence.', 'For two.'])
        watch.words(words, 0)
    }
    const steps = watching(holdMusic, 5 * MINUTE, { 70000: talks, 140000: talks, 210000: talks })
    expect(steps.slice(0, 4).map(([, step]) => step)).toEqual(['ask', 'ask', 'ask', 'ask'])
  })
})

describe('[TT15] a recording', () => {
  const announces = (watch: PersonWatch, nowMs: number) => watch.words(QUEUE, nowMs)

  it('that leaves no pause for us brings the question after 30 s', () => {
    const steps = watching(talk, 60_000, {
      10000: (watch) => announces(watch, 10_000),
      20000: (watch) => watch.words('Thank you.', 20_000),
    })
    expect(steps).toEqual([[40, 'ask']])
  })

  it('is none when we could speak, until it has played three of its sentences', () => {
    const once = (watch: PersonWatch) => {
      announces(watch, 10_000)
      watch.heardOut()
      watch.words('What are your rates?', 10_000)
    }
    expect(watching(talk, 50_000, { 10000: once })).toEqual([])
    const thrice = watching(talk, 50_000, { 10000: once, 20000: once, 30000: once })
    expect(thrice).toEqual([[30, 'ask']])
  })

  it.each([
    QUEUE,
    'Please leave a message after the tone.',
    "You've reached the Hendersons. We're not home right now.",
    'For sales, press one. For support, press two.',
    'To speak to an agent, please press zero.',
    'Por favor, deje su mensaje después del tono.',
    'Xin vui lòng để lại lời nhắn sau tiếng bíp.',
  ])('is known by its words: %s', (text) => {
    expect(soundsRecorded(text)).toBe(true)
  })

  it.each([
    'Can I leave a message for John?',
    'I pressed one for sales and got you.',
    'This call is important to me.',
    'I was told to stay on the line.',
    'Is the office available at five?',
  ])('is not: %s', (text) => {
    expect(soundsRecorded(text)).toBe(false)
  })
})

describe('a call', () => {
  it('[TT14] that only plays music is asked once and ended, though the music never stops', async () => {
    await using house = new CallHouse({ soundsRecorded })
    const line = await house.greeted()
    const { session } = house.engine
    session.callerStarts()
    const music = encodeAudio(holdMusic(1_000))
    const secondsPass = async (seconds: number) => {
      for (let second = 0; second < seconds; second++) {
        line.callerSounds(music)
        await house.pass(1_000)
      }
    }
    await secondsPass(60)
    expect(house.of('nobody-there.suspected')).toEqual([{ type: 'nobody-there.suspected', because: 'sound' }])
    expect(house.phrases.at(-1)).toBe('are-you-there')
    await secondsPass(21 + PHRASE_MS / 1_000 + 3)
    expect(house.phrases.at(-1)).toBe('silence-goodbye')
    expect(house.store.records[0]?.endReason).toBe('nobody there')
    session.take()
  })

  it('[TT14] whose caller presses keys, or answers the question, goes on', async () => {
    await using house = new CallHouse({ soundsRecorded })
    const line = await house.greeted()
    const { session } = house.engine
    session.callerStarts()
    await house.pass(50_000)
    line.callerPresses('5')
    await house.pass(50_000)
    expect(house.of('nobody-there.suspected')).toEqual([])
    await house.pass(15_000)
    expect(house.of('nobody-there.suspected')).toHaveLength(1)
    session.callerWords(session.callerStops(), 'Yes, I am here')
    await house.pass(1_000)
    session.says('a1', 'Good.', 500)
    await house.pass(7_000)
    expect(house.store.records).toEqual([])
    session.take()
  })
})

it('[CD4] a robocall that has fallen silent has not shown a person', () => {
  // A recording played to its end before the question; the quiet line after it cleared the suspicion, and the call was
  // answered and ended like a silent caller's.
  const suspect = (watch: PersonWatch) => watch.robocallSuspected()
  expect(watching(silence, 60_000, { 1000: suspect })).toEqual([
    [1, 'ask'],
    [13, 'leave'],
  ])
})
