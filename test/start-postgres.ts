import { startPostgres } from './fakes/postgres.ts'

/** One PostgreSQL for the whole run, unless `TEST_DATABASE_URL` names one. */
export default async function startPostgresOnce(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_DATABASE_URL) return undefined
  const server = await startPostgres()
  process.env.TEST_DATABASE_URL = server.url
  return () => server.stop()
}
