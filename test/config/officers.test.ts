import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadBusinessConfig } from '../../src/config/load.ts'
import { officersFileSchema } from '../../src/config/officers-schema.ts'
import { Problems } from '../../src/config/problems.ts'
import { readYamlFile } from '../../src/config/yaml-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hearthline-officers-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const DANA = '{ id: dana-lee, name: Dana Lee, phone: "+16175550141", licences: [MA] }'

describe('officers.yaml', () => {
  it('that comes with Hearthline names officers who can serve Spanish and Vietnamese callers in Texas', () => {
    const { officers, extensions, strategy } = loadBusinessConfig({ CONFIG_DIR: 'config' }).officers
    expect(strategy).toBe('ranked')
    expect(extensions).toEqual([])
    const inTexas = officers.filter(({ licences }) => licences.includes('TX')).flatMap(({ languages }) => languages)
    expect(inTexas).toEqual(expect.arrayContaining(['es-US', 'vi-VN']))
  })

  it('may say no more of an officer than who they are, how they are reached, and where they are licensed', () => {
    const { file, problems } = read(`officers: [${DANA}]`)
    expect(problems).toEqual([])
    expect(file?.officers).toEqual([
      {
        ...{ id: 'dana-lee', name: 'Dana Lee', phone: '+16175550141', licences: ['MA'] },
        ...{ languages: ['en-US'], loanTypes: [], dailyCapacity: 8 },
      },
    ])
  })

  it.each([
    ['a state that is none', DANA.replace('MA', 'ZZ'), 'officers.0.licences.0: expected a state by its two letters'],
    ['a number that is none', DANA.replace('"+16175550141"', '617 555'), 'officers.0.phone: expected a phone number'],
    ['an id with spaces', DANA.replace('dana-lee', 'Dana Lee'), 'officers.0.id: expected a short name such as'],
    [
      'a kind of loan nobody asks for',
      DANA.replace(' }', ', loanTypes: [jumbo] }'),
      'officers.0.loanTypes.0: expected',
    ],
    [
      'an NMLS id that lost its quotes',
      DANA.replace(' }', ', nmlsId: 2214567 }'),
      'nmlsId: expected an NMLS id in quotes',
    ],
    ['a misspelt key', DANA.replace('licences', 'licenses'), 'officers.0.licenses: expected only known keys'],
    ['an id twice', `${DANA}, ${DANA}`, 'officers.1.id: expected an id of its own, found "dana-lee"'],
  ])('is refused with %s, naming the key', (_what, officers, problem) => {
    expect(read(`officers: [${officers}]`).problems.join()).toContain(problem)
  })

  it('is refused with an officer and an extension of the same id', () => {
    const extension = '{ id: dana-lee, name: Servicing, phone: "+16175550160", about: payments }'
    expect(read(`officers: [${DANA}]\nextensions: [${extension}]`).problems.join()).toContain('extensions.0.id')
  })
})

function read(yaml: string) {
  const path = join(folder, 'officers.yaml')
  writeFileSync(path, yaml)
  const problems = new Problems()
  const file = readYamlFile(path, officersFileSchema, problems)
  return { file, problems: problems.any ? problems.toError().message.split('\n  ').slice(1) : [] }
}
