import { expect, it } from 'vitest'
import { officersFileSchema } from '../../src/config/officers-schema.ts'
import { textingSchema } from '../../src/config/texting-schema.ts'

const officerNamed = (name: string) =>
  officersFileSchema.safeParse({ officers: [{ id: 'dana-lee', name, phone: '+16175550141', licences: ['MA'] }] })

it.each([' ', 'Dana\nLee', '\u202eeeL anaD', 'Dana\u0000', 'Dana Lee '])('refuses %j as a name', (name) => {
  expect(officerNamed(name).success).toBe(false)
})

it.each(['Dana Lee', 'José Núñez', '李娜', 'Dana 🦊'])('takes %s as a name', (name) => {
  expect(officerNamed(name).success).toBe(true)
})

it('refuses two prepared texts of one id', () => {
  const twice = [
    { id: 'documents', text: 'one' },
    { id: 'documents', text: 'another' },
  ]
  expect(textingSchema.safeParse({ prepared: twice }).success).toBe(false)
})
