import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { agentFileSchema } from '../../src/config/agent-schema.ts'
import { companyFileSchema } from '../../src/config/company-schema.ts'

it.each([
  ['config/company.yaml', companyFileSchema],
  ['config/agents/receptionist.yaml', agentFileSchema],
])('%s shows every key there is, set or as a comment', (file, schema) => {
  const text = readFileSync(file, 'utf8')
  const keys = keysOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
  expect(keys.length).toBeGreaterThan(10)
  expect(keys.filter((key) => !new RegExp(`\\b${key}:`).test(text))).toEqual([])
})

function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties = {} } = schema as { properties?: object }
  return [...Object.keys(properties), ...Object.values(schema).flatMap(keysOf)]
}
