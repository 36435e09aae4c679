import { expect, it } from 'vitest'
import { wantsNoCalls } from '../../../src/business/outbound/stop-words.ts'

it.each([
  ...['Stop.', 'stop calling me', 'Alto.', '停止', 'ngừng', '중지', 'Itigil po', 'Stop, merci', 'Pare!'],
  ...['Стоп.', 'توقف', 'बंद करो', 'sispann', 'Arrêtez.'],
])('hears that no more calls are wanted: %s', (words) => {
  expect(wantsNoCalls(words)).toBe(true)
})

it.each([
  'Hello?',
  'Yes, Friday at ten is fine.',
  'The bus stop is right in front of your office, is it not?',
  '我星期五可以',
  'Остановка рядом с вами?',
])('hears nothing of it in: %s', (words) => {
  expect(wantsNoCalls(words)).toBe(false)
})
