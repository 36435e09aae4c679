/** How a mail server misbehaves in one connection. `code`: 4xx for now, 5xx for good. */
export type SmtpFault =
  | { readonly fault: 'refuse'; readonly at: SmtpStep; readonly code: number }
  /** It says nothing more from there on. */
  | { readonly fault: 'hang'; readonly at: SmtpStep }
  /** It has taken the mail, and is gone before it says so. */
  | { readonly fault: 'lose answer' }

export type SmtpStep = 'greeting' | 'mail' | 'rcpt' | 'data' | 'end of data'

export interface SmtpDialogueOptions {
  readonly fault: SmtpFault | undefined
  say(line: string): void
  hangUp(how: 'at once' | 'politely'): void
  onMail(mail: { from: string; to: readonly string[]; data: string }): void
}

/** What one connection says, line by line. */
export class SmtpDialogue {
  readonly #options: SmtpDialogueOptions
  #from: string | undefined
  #to: string[] = []
  /** Lines of the mail, while it is being told. */
  #data: string[] | undefined
  #silent = false

  constructor(options: SmtpDialogueOptions) {
    this.#options = options
  }

  greet(): void {
    this.#answer('greeting', '220 mail.example.com ESMTP')
  }

  hear(line: string): void {
    if (this.#silent) return
    if (!this.#data) this.#obey(line)
    else if (line === '.') this.#take(this.#data)
    else this.#data.push(line.replace(/^\./, ''))
  }

  #obey(line: string): void {
    switch (line.slice(0, 4).toUpperCase()) {
      case 'EHLO':
      case 'HELO':
        this.#options.say('250 mail.example.com')
        break
      case 'MAIL':
        this.#answer('mail', '250 OK', () => this.#begin(addressIn(line)))
        break
      case 'RCPT':
        this.#answer('rcpt', '250 OK', () => this.#to.push(addressIn(line)))
        break
      case 'DATA':
        this.#obeyData()
        break
      case 'RSET':
      case 'NOOP':
        this.#options.say('250 OK')
        break
      case 'QUIT':
        this.#options.say('221 Bye')
        this.#options.hangUp('politely')
        break
      default:
        this.#options.say('502 Command not implemented')
    }
  }

  #begin(from: string): void {
    this.#from = from
    this.#to = []
  }

  #obeyData(): void {
    const isExpected = this.#from !== undefined && this.#to.length > 0
    if (!isExpected) this.#options.say('503 Bad sequence of commands')
    else this.#answer('data', '354 Go ahead', () => (this.#data = []))
  }

  #take(data: readonly string[]): void {
    this.#data = undefined
    const mail = { from: this.#from ?? '', to: this.#to, data: data.join('\r\n') }
    const { fault, onMail, hangUp } = this.#options
    if (fault?.fault === 'lose answer') {
      onMail(mail)
      hangUp('at once')
    } else this.#answer('end of data', '250 OK: queued', () => onMail(mail))
  }

  /** Says so and does it, unless a fault befalls this step. */
  #answer(step: SmtpStep, line: string, act: () => void = () => undefined): void {
    const { fault, say } = this.#options
    const befalls = fault && 'at' in fault && fault.at === step ? fault : undefined
    if (befalls?.fault === 'refuse') say(`${befalls.code} Not now, not here`)
    else if (befalls?.fault === 'hang') this.#silent = true
    else {
      act()
      say(line)
    }
  }
}

function addressIn(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? ''
}
