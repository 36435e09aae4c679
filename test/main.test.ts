import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

it('does not start with wrong settings: lists them plainly and exits with EX_CONFIG', () => {
  // Elsewhere, so that neither a .env nor the settings of this folder are found.
  const cwd = mkdtempSync(join(tmpdir(), 'hearthline-main-'))
  try {
    const env = { PATH: process.env.PATH, PORT: '80x', OPENAI_API_KEY: 'sk-planted' }
    const { status, stderr, stdout } = spawnSync(process.execPath, [resolve('src/main.ts')], {
      cwd,
      env,
      encoding: 'utf8',
    })
    expect(status).toBe(78)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^Hearthline cannot start: \d+ settings are wrong\.\n/)
    expect(stderr).toContain('\n  PORT: expected a whole number from 0 to 65535, found "80x".')
    expect(stderr).toContain('\n  config/company.yaml: expected a file')
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(stderr).not.toContain('planted')
  } finally {
    rmSync(cwd, { recursive: true })
  }
})
