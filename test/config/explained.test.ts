import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { agentFileSchema } from '../../src/config/agent-schema.ts'
import { companyFileSchema } from '../../src/config/company-schema.ts'
import { officersFileSchema } from '../../src/config/officers-schema.ts'

describe.each([
  ['config/company.yaml', companyFileSchema],
  ['config/officers.yaml', officersFileSchema],
  ['config/agents/receptionist.yaml', agentFileSchema],
])('%s', (file, schema) => {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const text = readFileSync(file, 'utf8')

  it.each(Object.entries(properties))('shows every key of %s, set or as a comment', (name, section) => {
    const [shown] = new RegExp(`^${name}:.*(\\n(?=[ #\\n]).*)*`, 'm').exec(text) ?? ['']
    expect(shown).not.toBe('')
    expect(keysOf(section).filter((key) => !new RegExp(`\\b${key}:`).test(shown))).toEqual([])
  })
})

function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties = {} } = schema as { properties?: object }
  return [...Object.keys(properties), ...Object.values(schema).flatMap(keysOf)]
}
