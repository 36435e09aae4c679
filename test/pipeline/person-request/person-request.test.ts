import { expect, it } from 'vitest'
import { asksForPerson, createPersonRequest } from '../../../src/pipeline/person-request/person-request.ts'

const stage = createPersonRequest()
const findings = (text: string, by: 'caller' | 'agent' = 'caller') => stage.hear({ by, text, atMs: 0 })

it.each([
  'Person.',
  'Representative!',
  'A human being, please.',
  'I want to talk to a person.',
  'Could I please speak with your loan officer about this?',
  'Well okay. Can you put me through to somebody who knows?',
  'Transfer me to the loan department.',
  'How do I get to talk to a real person?',
  'Just give me an agent now',
  "I don't want to talk to a robot",
  'Is there anyone there I can speak with?',
  'Quiero hablar con una persona, por favor.',
  'Un agente, por favor.',
  'Yes, please, connect me.',
  'Transfer me now.',
  'Is Mrs. Keller in today?',
  'Would you mind connecting me to someone in servicing?',
  'Which button do I press to reach an operator?',
  'Somebody better pick up this call.',
])('[CS11] hears who asks for a person: %s', (text) => {
  expect(findings(text)).toEqual([{ type: 'person requested' }])
})

it.each([
  'I talked to an agent yesterday.',
  'My real estate agent told me to call.',
  'Do I need a person to co-sign?',
  'Is Tuesday available?',
  'I want to change the contact person for my policy.',
  'Do I have to speak with somebody at closing?',
  'Can I come to the branch in person?',
  'I want the person on the deed to be my wife.',
  'I need someone to sign for the package.',
  'My husband is the person who handles that.',
  'Are you a human?',
  'Can you connect me to the wifi?',
  'My brother said he would connect me.',
])('[CS11] is not misled by: %s', (text) => {
  expect(findings(text)).toEqual([])
})

it('[CS11] listens to the caller only', () => {
  expect(findings('Would you like to talk to a person?', 'agent')).toEqual([])
})

it.each([
  ['en', 'Is this a robot? Put a human on.'],
  ['en', 'Get me your supervisor'],
  ['en', "I'm done talking to a machine."],
  ['en', 'Let me talk to whoever is in charge.'],
  ['en', 'Could I speak with Dana in processing?'],
  ['en', 'zero'],
  ['es', 'Comuníqueme con un supervisor.'],
  ['fr', 'Je voudrais parler à quelqu’un de chez vous.'],
  ['de', 'Stellen Sie mich bitte zu einem Berater durch.'],
  ['it', 'Posso parlare con un responsabile?'],
  ['pt', 'Não quero falar com robô.'],
  ['zh', '麻烦帮我转接人工。'],
  ['zh', '我不想跟機器人說話'],
  ['vi', 'Nối máy cho tôi với người phụ trách.'],
  ['ko', '직원 바꿔 주세요.'],
  ['tl', 'Pwede ko bang makausap ang supervisor ninyo?'],
  ['ru', 'Позовите, пожалуйста, менеджера.'],
  ['ar', 'حولني إلى موظف من فضلك'],
  ['hi', 'मुझे मैनेजर से बात करवाइए'],
  ['pl', 'Proszę mnie połączyć z człowiekiem.'],
  ['ht', 'Mwen vle pale ak yon moun.'],
])('[CS11] hears it in %s: %s', (_, text) => {
  expect(asksForPerson(text)).toBe(true)
})

it.each([
  ['en', 'My wife wants to talk to her agent at the bank.'],
  ['en', 'I need to talk to my husband first.'],
  ['en', 'They told me to speak with a loan officer.'],
  ['en', "No, I don't need to talk to a person."],
  ['en', 'Does a representative come to my house?'],
  ['es', 'Ayer hablé con una asesora.'],
  ['fr', 'Personne ne répond à mes messages.'],
  ['de', 'Muss ich persönlich kommen?'],
  ['it', 'Il consulente mi ha detto di chiamare.'],
  ['pt', 'O gerente disse que estava aprovado.'],
  ['zh', '你是机器人吗？'],
  ['vi', 'Nhân viên bảo tôi gọi lại.'],
  ['ko', '어제 상담원과 통화했어요.'],
  ['tl', 'Nakausap ko na ang ahente kahapon.'],
  ['ru', 'Вчера я разговаривал с оператором.'],
  ['ar', 'قال لي الموظف إن الطلب مقبول'],
  ['hi', 'मैनेजर ने कहा कि लोन पास हो गया'],
  ['pl', 'Doradca powiedział, że wszystko gotowe.'],
  ['ht', 'Mwen te pale ak yon ajan yè.'],
])('[CS11] is not misled in %s: %s', (_, text) => {
  expect(asksForPerson(text)).toBe(false)
})

it.each([
  ['Shall I connect you?', 'Sure, go ahead.'],
  ['I can get someone from our team. Would you like that?', 'Yes please.'],
  ['¿Quiere que le comunique con una persona?', 'Sí.'],
  ['您要我帮您转接人工吗？', '好的'],
  ['Anh chị có muốn tôi nối máy cho nhân viên không?', 'Vâng'],
  ['상담원을 연결해 드릴까요?', '네'],
  ['Gusto po ba ninyong ilipat ko kayo sa isang tao?', 'Opo'],
  ['Voulez-vous que je vous passe un conseiller ?', 'Oui, merci'],
  ['Quer que eu transfira você para uma pessoa?', 'Sim'],
  ['Соединить вас с сотрудником?', 'Да, пожалуйста'],
  ['هل تريد أن أحولك إلى موظف؟', 'نعم'],
  ['क्या मैं आपको किसी व्यक्ति से जोड़ दूँ?', 'हाँ जी'],
  ['Èske ou vle m konekte ou ak yon moun?', 'Wi'],
])('[CS11] takes a yes to our own offer: %s %s', (prompt, text) => {
  expect(asksForPerson(text, prompt)).toBe(true)
})

it.each([
  ['Shall I connect you?', 'No, thanks.'],
  ['Shall I connect you?', 'Yes, but first tell me my balance.'],
  ['Would you like a loan officer to call you back?', 'Yes.'],
  ['Have you spoken with a loan officer before?', 'Yes.'],
  ["Say 'person' any time. How can I help you?", 'Yes, hello.'],
  ['What do you do for work?', 'Operator.'],
  ['How many dependents do you have?', 'Zero.'],
])('[CS11] takes no other answer for one: %s %s', (prompt, text) => {
  expect(asksForPerson(text, prompt)).toBe(false)
})

it('[CS11] hears of a long talk how it begins and how it ends', () => {
  const story = 'and then my loan was sold to somebody else who sent me a letter '.repeat(2_000)
  expect(asksForPerson(`I want to talk to a person. ${story}`)).toBe(true)
  expect(asksForPerson(`${story} so I want to talk to a person`)).toBe(true)
  expect(asksForPerson(`${story} I want to talk to a person. ${story}`)).toBe(false)
  expect(asksForPerson('my loan and the agent said '.repeat(6_000))).toBe(false)
})
