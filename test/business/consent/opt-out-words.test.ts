import { describe, expect, it } from 'vitest'
import {
  asksNotToBeContacted,
  noticesOptOut,
  noticesSpokenOptOut,
} from '../../../src/business/consent/opt-out-words.ts'

const TYPED_STOPS = [
  'STOP',
  'STOP.',
  'stop please',
  'Please, stop!',
  'Stopall',
  'UNSUBSCRIBE',
  'End',
  'QUIT',
  'Cancel',
  'REVOKE',
  'OptOut',
  'opt-out',
  "I'm not interested. Stop.",
  'Remove me please',
  'parar',
  'Pare, por favor',
  'BASTA',
  'ya no más',
  'Alto',
  'cancelar',
  'I said stop',
  '退订',
  '수신거부',
  'Arrêter',
  'Стоп!',
  'STOP STOP STOP',
  'S\u200bT\u200bO\u200bP',
  '\u202eSTOP\u202c',
  'ＳＴＯＰ',
  'S T O P',
  'S.T.O.P.',
  'Stopp',
  'dont text',
  'No texts',
  'Cease and desist',
]

const REQUESTS = [
  'please stop texting me',
  'Stop sending me these messages',
  'stop calling',
  'quit calling my phone',
  'would you guys stop with the texts already',
  "Don't text me again",
  "don't ever call this number again!",
  'Do not contact me anymore',
  'do not call me',
  "I don't want any more of your texts",
  "I don't want to be contacted",
  'I no longer wish to receive messages',
  "I don't want you people to call me",
  'no more texts',
  'take me off your list',
  'Remove my number from your system.',
  'delete my number',
  'put me on your do not call list',
  'I want to be on the do not call list',
  "I don't wanna hear from you",
  "I'm asking you to no longer call me",
  'please make the calls stop',
  'I want off your list',
  'I told you guys to stop calling me',
  'Ya no me llamen, por favor',
  'ya no me llamen por favor',
  'I want to unsubscribe',
  'opt me out of these messages',
  'I revoke my consent',
  'Leave me alone',
  'lose my number',
  "I don't want to hear from you",
  'Dejen de mandarme mensajes',
  'deje de llamarme por favor',
  'no me llamen más',
  'Ya no me escriban',
  'No quiero recibir más mensajes',
  'no quiero que me llamen',
  'no más mensajes, gracias',
  'Quítenme de su lista',
  'borren mi número',
  'quiero darme de baja',
  'Déjenme en paz',
  'retiro mi consentimiento',
  'cease and desist contacting me',
  "I don't wanna get texts",
  'end these texts',
  'how do i get off this list',
  "I don't consent to these texts",
  "I'd rather you not text me anymore",
  'please do not send me any more texts',
  "don't send me anything else",
  'wrong number stop txting',
  'no llamen más',
  'número equivocado, no me escriba más',
  'Cancel these calls',
  'please cancel all of your reminder calls',
  'Cancelen estas llamadas',
  'cancele todas las llamadas',
]

const NO_OPT_OUTS = [
  "I don't want calls before noon",
  'quiero dar de baja mi seguro',
  "Don't call, just text please",
  'I need to do a quitclaim deed',
  'remove my co-borrower',
  'the calls stopped',
  "don't stop",
  "Please don't stop texting me, this helps",
  'Can I stop by your office tomorrow?',
  'Is there a bus stop near you?',
  'I need to stop the autopay on my loan',
  'how do I stop payment on a check',
  'Will the PMI stop at 80 percent?',
  'Cancel my appointment please',
  'can I cancel and rebook for Friday',
  'I need to cancel',
  'cancel the call on Friday',
  'Please cancel the calls I have with Dana',
  "Don't cancel these calls",
  'at the end of the month',
  'I quit my job last year, does that matter?',
  "Don't call me before 9",
  "don't text me while I'm at work, after 5 is fine",
  'do not call me at home, use my cell',
  'Why did you stop calling? I was waiting',
  'Can I opt out of the escrow account?',
  'no more questions, thank you',
  'remove my ex-husband from the loan',
  'take my name off the title',
  'Can you take me off hold',
  'please call me back, I missed your call',
  "I don't want to miss your call",
  'I never got the text',
  'yes',
  '2',
  'can we do Thursday',
  'No dejen de llamarme',
  'para el jueves',
  'quiero cancelar mi cita',
  'necesito cancelar',
  'cancelen la llamada del viernes',
  'no me llame antes de las 9',
  '¿Cuándo bajan las tasas?',
  'Mi deuda no es alta, ¿puedo parar en su oficina?',
  'no quiero perder la cita',
  'I have no more documents to send',
  'Did they stop the foreclosure?',
  "I don't want to unsubscribe",
]

/** Typed they are stop words; said in answer to a reminder they are about the appointment. */
const BARE_CANCELS = ['Cancel', 'Cancel, please.', 'Yes. Cancel.', 'cancel cancel', 'Cancelar', 'Cancele, por favor']

/** Typed they count: a text from us is all they can be about. */
const SAID_OF_OTHERS = [
  'Another lender keeps calling, can you make them stop calling me?',
  'They told me to stop calling the other office',
  'The bureaus sold my number, how do I opt out?',
  "Don't text me, call me",
  "I don't want texts, I want a call",
  'Take my old number off your list, I have a new one',
  "I don't want messages left at work",
]

describe('who wants to be left alone', () => {
  it.each([...TYPED_STOPS, ...REQUESTS])('is heard in "%s" (RELIABILITY C5, C10)', (text) => {
    expect(noticesOptOut(text)).toBe(true)
  })

  it.each(NO_OPT_OUTS)('is not heard in "%s"', (text) => {
    expect(noticesOptOut(text)).toBe(false)
  })

  it.each(REQUESTS)('is heard in a call as well: "%s"', (text) => {
    expect(asksNotToBeContacted(text)).toBe(true)
    expect(noticesSpokenOptOut(text)).toBe(true)
  })

  it.each(BARE_CANCELS)('is read in "%s", and not heard in it', (text) => {
    expect(noticesOptOut(text)).toBe(true)
    expect(noticesSpokenOptOut(text)).toBe(false)
    expect(asksNotToBeContacted(text)).toBe(false)
  })

  it.each(['stop', 'Stop, let me finish', 'cancel', 'alto', ...NO_OPT_OUTS])(
    'is not heard in a call by "%s", which is how people interrupt',
    (text) => {
      expect(asksNotToBeContacted(text)).toBe(false)
    },
  )

  it.each(SAID_OF_OTHERS)('is left to the model in a call: "%s"', (text) => {
    expect(asksNotToBeContacted(text)).toBe(false)
  })

  it('is heard in the middle of the longest text a carrier delivers', () => {
    const around = 'I have been a customer for many years. '.repeat(19)
    expect(noticesOptOut(`${around}Please stop texting me. ${around}`)).toBe(true)
  })

  it('is heard at the end of a long text, and never takes long', () => {
    expect(noticesOptOut(`${'I have told you many times. '.repeat(400)}Stop texting me.`)).toBe(true)
    expect(noticesOptOut('stop the all your any '.repeat(5000))).toBe(false)
  })
})
