import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

/** A PostgreSQL that tests may make databases on: the one of TEST_DATABASE_URL, or one of our own. */
export interface PostgresServer {
  readonly url: string
  /** Stops what was started here; a server that was given is left running. */
  stop(): Promise<void>
}

/**
 * Gives the server of TEST_DATABASE_URL, or starts a private one in a temporary folder. Rejects with what to install
 * when neither is possible: the suites that need it then fail, they are never passed over.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { url: given, stop: async () => {} }
  const binaries = findBinaries() ?? installBinaries()
  const owner = ownerIds()
  const folder = mkdtempSync(join(tmpdir(), 'hearthline-postgres-'))
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid)
  initialise(binaries, folder, owner)
  return await serve(binaries, folder, owner)
}

/** Empty: the user who runs the tests. */
type OwnerIds = { readonly uid: number; readonly gid: number } | { readonly uid?: never }

function findBinaries(): string | undefined {
  const newestFirst = globSync('/usr/lib/postgresql/*/bin').toSorted().toReversed()
  const folders = [...newestFirst, ...(process.env.PATH ?? '').split(delimiter)]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

function installBinaries(): string {
  if (process.getuid?.() === 0) {
    process.stderr.write('PostgreSQL is missing; installing it once with apt-get.\n')
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  const binaries = findBinaries()
  if (binaries) return binaries
  throw new Error(
    'The storage tests need PostgreSQL and found neither TEST_DATABASE_URL nor its programs (initdb, postgres). Install it (`apt-get install postgresql`, `brew install postgresql`) or set TEST_DATABASE_URL to a server where databases may be created.',
  )
}

/** PostgreSQL refuses to run as root, so root lends it another user's ids. */
function ownerIds(): OwnerIds {
  if (process.getuid?.() !== 0) return {}
  const user = idOf('postgres', '-u') === undefined ? 'nobody' : 'postgres'
  const [uid, gid] = [idOf(user, '-u'), idOf(user, '-g')]
  if (uid === undefined || gid === undefined)
    throw new Error('Found no user "postgres" or "nobody" to run PostgreSQL as')
  return { uid, gid }
}

function idOf(user: string, which: '-u' | '-g'): number | undefined {
  const { status, stdout } = spawnSync('id', [which, user], { encoding: 'utf8' })
  return status === 0 ? Number(stdout) : undefined
}

function initialise(binaries: string, folder: string, owner: OwnerIds): void {
  const options = [
    '-D',
    join(folder, 'data'),
    '-U',
    'hearthline',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-locale',
    '--no-sync',
  ]
  const { status, stderr } = spawnSync(join(binaries, 'initdb'), options, { ...owner, cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`initdb failed in ${folder}: ${stderr}`)
}

async function serve(binaries: string, folder: string, owner: OwnerIds): Promise<PostgresServer> {
  const port = await freePort()
  const settings = [
    '-c',
    'fsync=off',
    '-c',
    'full_page_writes=off',
    '-c',
    'max_connections=200',
    '-c',
    'listen_addresses=127.0.0.1',
  ]
  const options = ['-D', join(folder, 'data'), '-k', folder, '-p', String(port), ...settings]
  const server = spawn(join(binaries, 'postgres'), options, {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaints = ''
  server.stderr.on('data', (chunk) => {
    complaints = `${complaints}${chunk}`.slice(-4_000)
  })
  // SIGINT is its fast shutdown. A test run that ends early must not leave a server behind.
  const stopNow = () => void server.kill('SIGINT')
  process.once('exit', stopNow)
  const url = `postgres://hearthline@127.0.0.1:${port}/postgres`
  await untilReachable(url, server, () => complaints)
  process.stderr.write(`Started a private PostgreSQL (${binaries}) on port ${port} for the tests.\n`)
  return {
    url,
    async stop() {
      process.off('exit', stopNow)
      stopNow()
      if (server.exitCode === null) await once(server, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function untilReachable(url: string, server: ChildProcess, complaints: () => string): Promise<void> {
  for (let attempt = 0; attempt < 200 && server.exitCode === null; attempt += 1) {
    const client = new pg.Client({ connectionString: url })
    const reached = await client.connect().then(
      () => true,
      () => false,
    )
    if (reached) return await client.end()
    await delay(50)
  }
  throw new Error(`PostgreSQL did not start: ${complaints()}`)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address !== 'object' || !address) throw new Error('Found no free port for PostgreSQL')
  return address.port
}
