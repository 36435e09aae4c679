import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runScript } from './run-script.ts'

const NUMBER = '+14155550123'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callers-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function callers(...words: string[]): Promise<string> {
  return runScript('callers', { folder, words })
}

it('[SC8] explains a number, and a correction counts at once', async () => {
  await callers('spam', '(415) 555-0123')
  expect(await callers('show', NUMBER)).toContain('message, suspicion 0.91')
  await callers('not-spam', NUMBER)
  expect(await callers('show', NUMBER)).toContain('accept, suspicion 0: the office says it is no spam (-1)')
}, 60_000)

it('keeps lists, and says when a correction does not help against them', async () => {
  await callers('block', '+1415')
  expect(await callers('not-spam', NUMBER)).toContain('It is still not answered')
  expect(await callers()).toMatch(/block +\+1415 +npm run callers/)
  await callers('unlist', '+1415')
  expect(await callers()).toContain('Both are empty')
}, 60_000)

it('says what is wrong with a word it does not know', async () => {
  expect(await callers('show', 'nobody')).toContain('nobody is no number and no call')
  expect(await callers('block', '900')).toContain('with its country code')
}, 60_000)
