/** Run as a process: `hold-write-lock.ts <file>` holds the write lock of a SQLite file until its stdin ends. */
import SqliteDatabase from 'better-sqlite3'

const database = new SqliteDatabase(process.argv[2])
database.exec('begin immediate')
process.stdout.write('locked\n')
process.stdin.resume().once('end', () => {
  database.exec('rollback')
  database.close()
})
