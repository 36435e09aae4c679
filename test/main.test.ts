import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

it('does not start with settings that do not fit together: says which in one line and exits with EX_CONFIG', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'hearthline-main-'))
  try {
    cpSync('config', join(cwd, 'config'), { recursive: true })
    const company = join(cwd, 'config', 'company.yaml')
    writeFileSync(company, readFileSync(company, 'utf8').replace('require: []', 'require: [held speech]'))
    const env = {
      PATH: process.env.PATH,
      LOG_LEVEL: 'silent',
      PORT: '0',
      PUBLIC_URL: 'http://localhost:3000',
      TWILIO_ACCOUNT_SID: 'AC1',
      TWILIO_AUTH_TOKEN: 'token',
      ENGINE: 'openai-live',
      OPENAI_API_KEY: 'sk-planted',
    }
    const start = [resolve('src/main.ts')]
    const { status, stderr } = spawnSync(process.execPath, start, { cwd, env, encoding: 'utf8', timeout: 15_000 })
    expect(stderr).toMatch(/^openai-live is to take calls, but cannot give .*held speech/)
    expect(status).toBe(78)
  } finally {
    rmSync(cwd, { recursive: true })
  }
})

it('does not start with a wrong texts.yaml: says so plainly, whatever the log shows, and exits with EX_CONFIG', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'hearthline-main-'))
  try {
    cpSync('config', join(cwd, 'config'), { recursive: true })
    writeFileSync(join(cwd, 'config', 'texts.yaml'), 'en: [1]\n')
    const env = {
      PATH: process.env.PATH,
      LOG_LEVEL: 'silent',
      PORT: '0',
      PUBLIC_URL: 'http://localhost:3000',
      TWILIO_ACCOUNT_SID: 'AC1',
      TWILIO_AUTH_TOKEN: 'token',
      OPENAI_API_KEY: 'sk-planted',
    }
    const start = [resolve('src/main.ts')]
    const { status, stderr } = spawnSync(process.execPath, start, { cwd, env, encoding: 'utf8', timeout: 15_000 })
    expect(stderr).toContain('config/texts.yaml:1: en: expected')
    expect(status).toBe(78)
  } finally {
    rmSync(cwd, { recursive: true })
  }
})
