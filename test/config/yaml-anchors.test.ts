import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { officersFileSchema } from '../../src/config/officers-schema.ts'
import { Problems } from '../../src/config/problems.ts'
import { readYamlFile } from '../../src/config/yaml-file.ts'

const bomb = [...'abcdefghij'].reduce(
  (text, key, at, keys) => `${text}${key}: &${key} [${Array(9).fill(at === 0 ? 'x' : `*${keys[at - 1]}`)}]\n`,
  '',
)

it.each([
  ['unfold without end', bomb],
  ['lead back into themselves', 'officers: &a\n  - *a\n'],
  ['lead nowhere', 'officers: *nobody\n'],
])('names the file whose aliases %s', (_, text) => {
  const folder = mkdtempSync(join(tmpdir(), 'hearthline-yaml-'))
  try {
    const file = join(folder, 'officers.yaml')
    writeFileSync(file, text)
    const problems = new Problems()
    expect(readYamlFile(file, officersFileSchema, problems)).toBeUndefined()
    expect(problems.toError().message).toContain(`${file}: expected anchors (&) and aliases (*) that end`)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
