import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const notice = readFileSync('NOTICE.md', 'utf8')
const models = globSync('src/**/*-model.json')

describe('NOTICE.md', () => {
  it('is about models that are there', () => {
    const named = [...notice.matchAll(/`(src\/\S+-model\.json)`/g)].map(([, file]) => file)
    expect(named.toSorted()).toEqual(models.toSorted())
  })

  it.each(models)('has every name and licence that %s gives as its source', (file) => {
    const { source } = JSON.parse(readFileSync(file, 'utf8')) as { source: string }
    expect(namesIn(source)).not.toEqual([])
    expect(namesIn(source).filter((name) => !notice.includes(name))).toEqual([])
  })
})

/** Repositories and whatever has a capital or a figure: data sets, owners, licences and their versions. */
function namesIn(source: string): string[] {
  const words = source.replaceAll(/scripts\/\S+|^Trained by|\bThe\b|\bREADME\b/g, '').match(/[\w./-]*\w/g) ?? []
  return words.filter((word) => /[A-Z\d]|\w\/\w/.test(word) && !word.includes('texts/'))
}
