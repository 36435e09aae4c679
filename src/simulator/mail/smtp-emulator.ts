import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { parseMail, type ReceivedMail } from './received-mail.ts'
import { SmtpDialogue, type SmtpFault } from './smtp-dialogue.ts'

export interface SmtpEmulator extends AsyncDisposable {
  /** What SMTP_URL is set to. */
  readonly url: string
  /** What it has taken, in order, those included whose answer was lost. */
  readonly mails: readonly ReceivedMail[]
  /** How often somebody connected. */
  readonly connections: number
  /** Befall the next connections, one each. */
  readonly faults: SmtpFault[]
}

/** A mail server on loopback that delivers nothing: as much of RFC 5321 as a client of ours needs. */
export async function startSmtpEmulator({
  faults = [],
  host = '127.0.0.1',
}: {
  faults?: readonly SmtpFault[]
  host?: string
} = {}): Promise<SmtpEmulator> {
  const emulator = new Emulator([...faults])
  await emulator.listen(host)
  return emulator
}

class Emulator implements SmtpEmulator {
  readonly mails: ReceivedMail[] = []
  readonly faults: SmtpFault[]
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  connections = 0

  constructor(faults: SmtpFault[]) {
    this.faults = faults
    this.#server = createServer((socket) => this.#serve(socket))
  }

  get url(): string {
    const { address, port } = this.#server.address() as AddressInfo
    return `smtp://${address}:${port}`
  }

  async listen(host: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#server.once('error', reject).listen(0, host, resolve)
    await promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #serve(socket: Socket): void {
    this.connections += 1
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    // A client that is gone is no failure of ours.
    socket.on('error', () => socket.destroy())
    const dialogue = new SmtpDialogue({
      fault: this.faults.shift(),
      say: (line) => socket.write(`${line}\r\n`),
      hangUp: (how) => (how === 'at once' ? socket.destroy() : socket.end()),
      onMail: ({ from, to, data }) => this.mails.push({ from, to, ...parseMail(data) }),
    })
    dialogue.greet()
    let unread = ''
    socket.setEncoding('latin1').on('data', (chunk) => {
      const lines = (unread + chunk).split('\r\n')
      unread = lines.pop() ?? ''
      for (const line of lines) dialogue.hear(line)
    })
  }
}
