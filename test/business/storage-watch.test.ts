import { expect, it } from 'vitest'
import { startStorageWatch } from '../../src/business/storage-watch.ts'
import { FakeClock } from '../fakes/fake-clock.ts'

it('says that nothing can be stored within seconds, and that it can again with the next look', async () => {
  const clock = new FakeClock()
  let writable = true
  await using watch = startStorageWatch(async () => writable, clock)
  await clock.advanceAsync(10_000)
  expect(watch.isDown).toBe(false)
  writable = false
  await clock.advanceAsync(2_000)
  expect(watch.isDown).toBe(true)
  writable = true
  await clock.advanceAsync(1_000)
  expect(watch.isDown).toBe(false)
})

it('passes over one look that fails: a lock may be gone by now', async () => {
  const clock = new FakeClock()
  const looks = [true, false, true, false, true]
  await using watch = startStorageWatch(async () => looks.shift() ?? true, clock)
  for (let look = 0; look < 5; look += 1) {
    await clock.advanceAsync(1_000)
    expect(watch.isDown).toBe(false)
  }
  expect(looks).toEqual([])
})

it('looks once at a time, and leaves no timer', async () => {
  const clock = new FakeClock()
  const slow = Promise.withResolvers<boolean>()
  let looks = 0
  const watch = startStorageWatch(() => {
    looks += 1
    return slow.promise
  }, clock)
  await clock.advanceAsync(10_000)
  expect(looks).toBe(1)
  slow.resolve(true)
  await watch[Symbol.asyncDispose]()
  expect(clock.timers).toBe(0)
})
