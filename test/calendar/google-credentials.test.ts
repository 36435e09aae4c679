import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readGoogleCredentials } from '../../src/calendar/google-credentials.ts'
import { account } from '../simulator/google/stage.ts'

const key = JSON.parse(account.credentials) as Record<string, string>

it('reads the key of a service account, given itself or by the path of its file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'credentials-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'key.json')
  writeFileSync(path, account.credentials)
  const expected = { email: account.email, privateKey: key.private_key }
  expect(readGoogleCredentials(account.credentials)).toEqual(expected)
  expect(readGoogleCredentials(path)).toEqual(expected)
})

it.each([
  ['is no JSON', '{"private_key": "SECRET', 'is not JSON'],
  ['is no file', '/nowhere/SECRET.json', 'could not be read (ENOENT)'],
  ['is of another kind', JSON.stringify({ ...key, type: 'authorized_user' }), 'look at type'],
  ['has no address', JSON.stringify({ ...key, client_email: undefined }), 'look at client_email'],
  ['has a broken key', JSON.stringify({ ...key, private_key: 'SECRET' }), 'look at private_key'],
])('says what is wrong with one that %s, without showing it', (_, setting, problem) => {
  expect(() => readGoogleCredentials(setting)).toThrow(
    expect.objectContaining({ code: 'google_credentials_bad', message: expect.stringContaining(problem) }),
  )
  expect(() => readGoogleCredentials(setting)).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('SECRET') }),
  )
})
