import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Another process takes the write lock of a SQLite file and keeps it until this is disposed. */
export async function holdWriteLock(file: string): Promise<AsyncDisposable> {
  const program = fileURLToPath(new URL('./hold-write-lock.ts', import.meta.url))
  const holder = spawn(process.execPath, [program, file], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(holder.stdout, 'data')
  return {
    async [Symbol.asyncDispose]() {
      if (holder.exitCode !== null) return
      holder.stdin.end()
      await once(holder, 'exit')
    },
  }
}
