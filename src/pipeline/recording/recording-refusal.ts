import type { Said, Stage } from '../stage.ts'

/** What is recorded here is the talk; deeds and fees are recorded too, and a bank has records. */
const THE_CALL =
  '(?: (?:me|us|this|it|that|the call|this call|our call|the conversation|my voice))?(?: please| now| anymore)*$'

const REFUSALS = [
  // "I don't want to be recorded", "I'd rather not have this recorded", "I do not consent to the recording"
  /\b(?:i|we)(?:'d)? (?:do not|don't|would not|wouldn't|would rather not|rather not|never|refuse|object|prefer not)\b(?: [\w']+){0,4}? (?:being|be|get|have this|have it|want this|want it|me|us|the|any|to|this|a) (?:record(?:ed|ing)?|taped?|taping)(?: call)?\b(?! (?:fee|deed|of))/,
  // "don't record me", "please stop recording"
  new RegExp(`\\b(?:do not|don't|stop|quit|not) (?:record|recording|tape|taping)${THE_CALL}`),
  // "turn the recording off", "stop the recording"
  /\b(?:turn|switch|shut) off (?:the|that|this|your) record(?:ing|er)\b|\b(?:turn|switch|shut) (?:the|that|this|your) record(?:ing|er) off\b/,
  /\b(?:stop|end|pause|cancel|delete) (?:the|this|that|your) recording(?! (?:fee|of))\b/,
  /^(?:no|without) (?:recording|taping|being recorded)\b/,
  /\bno (?:me |nos )?(?:quiero |deseo |acepto )?(?:que )?(?:me |nos )?(?:grabe[ns]?|graba[rn]?|ser grabad[oa])\b|\b(?:dejen?|paren?) de grabar|\bapague la grabación|\bsin grabar/,
]

/** The caller does not want to be recorded (RELIABILITY C8). "No, you can record this" is consent. */
export function createRecordingRefusal(): Stage {
  return {
    name: 'recording refusal',
    hear({ by, text }: Said) {
      return by === 'caller' && clausesOf(text).some(refuses) ? [{ type: 'recording refused' }] : []
    },
  }
}

function refuses(clause: string): boolean {
  return (
    !/\b(?:don't|do not|wouldn't|would not) mind\b/.test(clause) && REFUSALS.some((refusal) => refusal.test(clause))
  )
}

function clausesOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .split(/[.!?¡¿;,:]+| but | because /)
    .map((clause) => clause.replace(/\s+/g, ' ').trim())
}
