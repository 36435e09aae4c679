/** Twilio's word for why a text failed, as somebody of the office understands it (RELIABILITY C10). */
const MEANINGS: Readonly<Record<number, string>> = {
  20003: 'the account or its token is wrong: see TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN',
  21211: 'there is no such number',
  21212: 'the sender is no number of the account: see texting.number',
  21408: 'texts to that country are not allowed for the account: see its messaging geographic permissions',
  21606: 'the sender cannot send texts: see texting.number',
  21608: 'a trial account only texts numbers verified with Twilio',
  21610: 'its owner has opted out with the carrier',
  21611: 'the sender has too many texts waiting',
  21614: 'it is no mobile telephone',
  21617: 'the text is longer than 1600 characters',
  30001: 'the sender has too many texts waiting',
  30002: 'the account is suspended',
  30003: 'the telephone cannot be reached: switched off, without a signal, or gone',
  30004: 'its owner or carrier blocks the texts',
  30005: 'the carrier does not know the number',
  30006: 'it is a landline, or its carrier takes no texts',
  30007: 'the carrier filtered it as spam: see the wording and the A2P campaign',
  30008: 'the carrier gave no reason',
  30022: 'more texts were sent than the A2P registration allows',
  30023: 'more texts were sent in a day than the A2P brand allows',
  30032: 'the toll-free sender is not verified',
  30034: 'the sender belongs to no registered A2P 10DLC campaign: register brand and campaign at Twilio',
  63016: 'WhatsApp takes free text only within 24 hours of their last message',
}

export function meaningOf(code: number): string {
  return MEANINGS[code] ?? `see https://www.twilio.com/docs/errors/${code}`
}
