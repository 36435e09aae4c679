import { expect, it } from 'vitest'
import { A_DAY_OF_TRIES, restMs } from '../../src/jobs/retry-schedule.ts'
import { nameDatabaseError } from '../../src/storage/database-errors.ts'

it.each([
  ['SQLITE_FULL', 'database_full'],
  ['53100', 'database_full'],
  ['SQLITE_IOERR_WRITE', 'database_broken'],
  ['SQLITE_CANTOPEN', 'database_broken'],
  ['SQLITE_BUSY', 'database_busy'],
  ['ECONNRESET', 'database_gone'],
])('gives up no job for %s: the disk may have room again, and the caller was promised something', (code, name) => {
  const error = nameDatabaseError(Object.assign(new Error('told by the driver'), { code }))
  expect(error).toMatchObject({ code: name })
  expect(restMs(error, 1, A_DAY_OF_TRIES)).toBeGreaterThan(0)
})
