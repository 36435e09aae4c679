import { expect, it } from 'vitest'
import { wantsNoCalls } from '../../../src/business/outbound/stop-words.ts'

it.each([
  ...['Stop.', 'stop calling me', 'Alto.', '停止', 'ngừng', '중지', 'Itigil po', 'Stop, merci', 'Pare!'],
  ...['Cancel these calls', 'Cancel and stop calling me', 'Cancelen estas llamadas', 'Cancelar. No me llamen más.'],
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
  // Five words about an appointment that once ended the call and opted its caller out of everything.
  ...['Cancel', 'Cancel, please.', 'Yes, cancel.', 'Cancelar', 'Sí, cancele, por favor.'],
  ...[
    'I need to cancel',
    'cancel my appointment',
    'Necesito cancelar',
    'Cancelen mi cita',
    'cancel the call on Friday',
  ],
])('hears nothing of it in: %s', (words) => {
  expect(wantsNoCalls(words)).toBe(false)
})
