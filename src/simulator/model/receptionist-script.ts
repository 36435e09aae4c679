import { APPOINTMENT_RULES } from './appointment-rules.ts'
import { type ModelScript, modelScriptSchema } from './model-script.ts'

/**
 * The demo's model: answers questions by `answer_question`, makes appointments, takes a message after reading it back,
 * ends the call by `end_call`, and will not talk money. It keeps a message in the making in its own last sentence, so it can go on
 * with it when the conversation was replayed to a new session.
 */
export const RECEPTIONIST_SCRIPT: ModelScript = modelScriptSchema.parse([
  {
    when: { toolReturned: 'answer_question', resultIncludes: '"found":true' },
    say: '{result.answer} Is there anything else I can help you with?',
  },
  {
    when: { toolReturned: 'answer_question' },
    say: "That I don't know, I'm afraid. May I take a message for someone who does?",
  },
  {
    when: { toolReturned: 'take_message', resultIncludes: '"noted":true' },
    say: 'Your message was noted, and someone will call you back. Is there anything else I can help you with?',
  },
  {
    when: { toolReturned: 'take_message' },
    say: "I could not note that yet, I'm sorry. Which number may we call you back on?",
  },
  {
    when: { toolReturned: 'request_call_back', resultIncludes: '"noted":true' },
    say: '{result.say} Is there anything else I can help you with?',
  },
  {
    when: { toolReturned: 'stop_contacting', resultIncludes: '"stopped":true' },
    say: '{result.say_exactly} Is there anything else I can help you with?',
  },
  {
    when: { toolReturned: 'send_text', resultIncludes: '"will_be_sent":true' },
    say: 'I am sending you a text with it. Is there anything else I can help you with?',
  },
  { when: { toolReturned: 'end_call' }, say: 'Have a good day.' },
  { when: { silence: true }, say: 'Sorry, I did not catch that. Could you say it again?' },
  ...APPOINTMENT_RULES,

  {
    when: {
      agentSaid: '/this message: (?<message>.+) It is from (?<name>[^.]+)\\. Shall I pass it on/',
      callerSays: '/\\b(yes|yeah|sure|correct|right|please|ok(ay)?)\\b/i',
    },
    call: { name: 'take_message', arguments: { name: '{name}', message: '{message}' } },
  },
  {
    when: { agentSaid: 'Shall I pass it on?' },
    say: 'All right, let me start again. What is your name, please?',
  },
  {
    when: { agentSaid: '/Thank you, (?<name>[^.]+)\\. What may I pass on/' },
    say: 'I have this message: {callerSaid} It is from {name}. Shall I pass it on?',
  },
  {
    when: {
      agentSaid: 'What is your name, please?',
      callerSays: "/(?:my name is|this is|i am|i'm|it's|it is)?\\s*(?<name>[\\p{L}' -]+)/iu",
    },
    say: 'Thank you, {name}. What may I pass on?',
  },

  {
    when: { callerSays: "/\\b(good ?bye|bye|that's all|that is all|nothing else)\\b/i" },
    call: { name: 'end_call' },
  },
  { when: { agentSaid: '/anything else/i', callerSays: '/^\\W*no\\b/i' }, call: { name: 'end_call' } },
  {
    when: { callerSays: '/\\b(call|text|contact)/i', instructionsInclude: 'wanted no more calls or texts' },
    say: 'Is there anything else I can help you with?',
  },
  {
    when: {
      callerSays:
        "/\\b(stop (calling|texting|contacting)|don't (ever )?(call|text|contact) me|no more (calls|texts))\\b/i",
    },
    call: { name: 'stop_contacting' },
  },
  {
    when: {
      callerSays:
        '/\\bcall me back\\b.*?\\b(?<when>(today|tomorrow|(mon|tues|wednes|thurs|fri)day)( (morning|afternoon|evening)| at \\d{1,2} ?[ap]m)?)\\b/is',
    },
    call: { name: 'request_call_back', arguments: { about: '{callerSaid}', when: '{when}' } },
  },
  { when: { callerSays: '/\\btext me\\b/i' }, call: { name: 'send_text', arguments: { what: 'documents to bring' } } },
  {
    when: { callerSays: '/\\bservicing\\b/i' },
    call: { name: 'connect_extension', arguments: { extension_id: 'servicing' } },
  },
  {
    when: { callerSays: '/\\b(person|human|someone)\\b/i', instructionsInclude: 'No loan officer could take the call' },
    say: 'I can book a time with a loan officer, or take a message. Which would you like?',
  },
  {
    when: { callerSays: '/\\b(rates?|apr|points|fees?|closing costs?|monthly payment)\\b/i' },
    say: "I can't quote rates or terms. A licensed loan officer can. Shall I take a message for one?",
  },
  {
    when: { callerSays: '/\\b(person|human|operator|representative|someone|message|call me back|loan officer)\\b/i' },
    say: "Of course, I'll take a message. What is your name, please?",
  },
  {
    when: { agentSaid: '/take a message/i', callerSays: '/\\b(yes|yeah|sure|please|ok(ay)?)\\b/i' },
    say: "Of course, I'll take a message. What is your name, please?",
  },
  {
    when: { callerSays: '/\\b(hours?|open|close|closed|address|where|documents?|bring|how does|what is|do you)\\b/i' },
    call: { name: 'answer_question', arguments: { question: '{callerSaid}' } },
  },
  {
    when: { callerSays: '/^\\W*(hello|hi|hey|good (morning|afternoon|evening))( there)?\\W*$/i' },
    say: 'Hello! How can I help you today?',
  },
  { when: { turn: 0 }, say: 'Hello! How can I help you today?' },
])
