/**
 * Records a call without end, much faster than real time, into the file named on the command line. It is there to be
 * killed; when its disk refuses, it says what it saw and leaves.
 */
import { pino } from 'pino'
import { encodeAudio } from '../../../src/audio/encoded-audio.ts'
import { openRecorder } from '../../../src/call/recorder.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { voice } from '../voice.ts'

// The kernel's warning about a file that reached its limit; with a listener the write fails instead, as a full disk's.
process.on('SIGXFSZ', () => undefined)

const failures: string[] = []
const clock = new FakeClock()
const log = pino({ level: 'silent' })
const recorder = await openRecorder({
  file: process.argv[2]!,
  clock,
  log,
  onFailure: (reason) => failures.push(reason),
})

for (let positionMs = 0; failures.length === 0; positionMs += 20) {
  recorder.caller(positionMs, encodeAudio(voice('caller', positionMs, 20)))
  recorder.agent(positionMs, encodeAudio(voice('agent', positionMs, 20)))
  clock.advance(20)
  if (positionMs % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 5))
}
recorder.caller(0, encodeAudio(voice('caller', 0, 20)))
console.log(JSON.stringify({ failures, saved: await recorder.close(), timers: clock.timers }))
