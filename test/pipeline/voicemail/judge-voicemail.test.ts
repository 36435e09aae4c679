import { expect, it } from 'vitest'
import { judgeVoicemail, MACHINE_FROM } from '../../../src/pipeline/voicemail/judge-voicemail.ts'

it.each([
  "Hi, you've reached Oscar. I can't pick up, so leave your number and I'll call back.",
  'The wireless customer you are calling is unavailable. Please try again later.',
  'The mailbox is full and cannot take any messages. Goodbye.',
  'Please state your name and why you are calling, and I will see if this person is available.',
  'Thank you for calling Birch Street Dental. Our office is closed. Para español, oprima el dos.',
  'Ha llamado al buzón de voz de Elena. Deje su mensaje después de la señal.',
  'Vous êtes sur le répondeur de Luc, laissez un message après le bip.',
  'Der Teilnehmer ist momentan nicht erreichbar.',
  'Die von Ihnen gewählte Nummer ist nicht vergeben.',
  'Derzeit sind alle Leitungen besetzt, bitte rufen Sie später an.',
  'Todas las líneas están ocupadas, intente más tarde.',
  'Risponde la segreteria telefonica, lasciate un messaggio.',
  'Sua chamada será encaminhada para a caixa postal.',
  'Абонент временно недоступен, оставьте сообщение после сигнала.',
  '您拨打的用户暂时无法接通，请稍后再拨',
  'Thuê bao quý khách vừa gọi hiện không liên lạc được.',
  '전화를 받을 수 없어 소리샘으로 연결됩니다',
  'Ang inyong tinatawagan ay hindi maabot sa ngayon.',
  'الهاتف المطلوب مغلق، اترك رسالة بعد النغمة',
  'जिस व्यक्ति को आप कॉल कर रहे हैं वह उपलब्ध नहीं है',
  'Abonent jest niedostępny, zostaw wiadomość po sygnale.',
  'Nimewo ou rele a pa disponib, kite yon mesaj apre bip la.',
])('hears a machine: %s', (text) => {
  expect(judgeVoicemail(text).score).toBeGreaterThanOrEqual(MACHINE_FROM)
})

it.each([
  'Hello?',
  'This is Dana speaking.',
  'Hi, can you hear me?',
  'Let me leave a message for my husband, he handles the mortgage.',
  'I left you a voicemail last week about my escrow.',
  'Hello, yes, I have been meaning to call you because the payment went up and I do not know why.',
  'Good morning, Parkside Bakery, Irene speaking.',
  'He is not in, who is calling?',
  'Please stop leaving messages on this phone.',
  'We hired three people and I want to get them on direct deposit.',
  'No está, ¿quién lo llama?',
  'Allô, oui, qui est à l’appareil ?',
  'Ja, Schneider hier.',
  'Pronto, chi parla?',
  'Да, слушаю вас.',
  '喂，请问找谁',
  'A lô, ai gọi đó?',
  '여보세요, 누구시죠?',
  'Alo, se mwen menm.',
])('hears a person: %s', (text) => {
  expect(judgeVoicemail(text).score).toBeLessThan(MACHINE_FROM)
})

it('says what a machine was known by', () => {
  expect(judgeVoicemail('Please leave a message after the tone.').because).toEqual(
    expect.arrayContaining(['asks for a message', 'names the tone']),
  )
})

it('bears no words at all, and very many', () => {
  expect(judgeVoicemail('').score).toBeLessThan(MACHINE_FROM)
  expect(judgeVoicemail('to press one for '.repeat(10_000)).because).toContain('reads a menu')
})
