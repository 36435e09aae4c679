import { createHash, randomBytes } from 'node:crypto'
import { type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Just enough of a WebSocket for the load generator: whole messages, pings answered, close. It is not
 * `ws` because the generator must cost less than what it measures. Only ever faces `ws` on this machine.
 */
export class LeanSocket {
  onText: (message: Buffer) => void = () => {}
  onBinary: (message: Buffer) => void = () => {}
  onClose: () => void = () => {}
  readonly #socket: Socket
  readonly #masks: boolean
  #unread: Buffer

  constructor(socket: Socket, options: { readonly masks: boolean; readonly head: Buffer }) {
    this.#socket = socket
    this.#masks = options.masks
    this.#unread = options.head
    socket.setNoDelay(true)
    socket.setTimeout(0)
    socket.on('data', (data: Buffer) => this.#read(data))
    // The close that follows says it.
    socket.on('error', () => {})
    socket.on('close', () => this.onClose())
  }

  get isOpen(): boolean {
    return this.#socket.writable
  }

  sendText(message: Buffer): void {
    this.#send(TEXT, message)
  }

  close(): void {
    if (this.isOpen) this.#send(CLOSE, NORMAL_CLOSURE)
    this.#socket.end()
  }

  terminate(): void {
    this.#socket.destroy()
  }

  #send(opcode: number, payload: Buffer): void {
    if (this.isOpen) this.#socket.write(frame(opcode, payload, this.#masks))
  }

  #read(data: Buffer): void {
    let bytes = this.#unread.length === 0 ? data : Buffer.concat([this.#unread, data])
    for (let next = nextFrame(bytes); next !== undefined; next = nextFrame(bytes)) {
      bytes = bytes.subarray(next.end)
      this.#take(next)
    }
    this.#unread = bytes
  }

  #take({ opcode, payload }: Frame): void {
    if (opcode === TEXT) this.onText(payload)
    else if (opcode === BINARY) this.onBinary(payload)
    else if (opcode === PING) this.#send(PONG, payload)
    else if (opcode === CLOSE) this.close()
  }
}

/** Opens a socket as a client. Rejects when the answer is anything but an upgrade. */
export function connectLean(url: string, headers: Record<string, string>): Promise<LeanSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<LeanSocket>()
  const key = randomBytes(16).toString('base64')
  const asking = request(url.replace(/^ws/, 'http'), {
    headers: {
      ...headers,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': key,
    },
  })
  asking.on('upgrade', (_answer, socket, head) => resolve(new LeanSocket(socket as Socket, { masks: true, head })))
  asking.on('response', (answer) => reject(new Error(`${url} answered ${answer.statusCode} instead of an upgrade`)))
  asking.on('error', reject)
  asking.end()
  return promise
}

/** Accepts an upgrade as a server. */
export function acceptLean(asked: IncomingMessage, socket: Socket, head: Buffer): LeanSocket {
  const accept = createHash('sha1')
    .update(`${asked.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64')
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  )
  return new LeanSocket(socket, { masks: false, head })
}

interface Frame {
  readonly opcode: number
  readonly payload: Buffer
  /** Where the next frame begins. */
  readonly end: number
}

const TEXT = 0x1
const BINARY = 0x2
const CLOSE = 0x8
const PING = 0x9
const PONG = 0xa
const FINAL = 0x80
const MASKED = 0x80
const NORMAL_CLOSURE = Buffer.from([0x03, 0xe8])
/** The masking is real, its randomness is not needed between two processes of one machine. */
const MASK = randomBytes(4)

function frame(opcode: number, payload: Buffer, masked: boolean): Buffer {
  const { length } = payload
  const lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8
  const start = 2 + lengthBytes + (masked ? MASK.length : 0)
  const framed = Buffer.allocUnsafe(start + length)
  framed[0] = FINAL | opcode
  framed[1] = (masked ? MASKED : 0) | (lengthBytes === 0 ? length : lengthBytes === 2 ? 126 : 127)
  if (lengthBytes === 2) framed.writeUInt16BE(length, 2)
  if (lengthBytes === 8) framed.writeBigUInt64BE(BigInt(length), 2)
  payload.copy(framed, start)
  if (!masked) return framed
  MASK.copy(framed, 2 + lengthBytes)
  applyMask(framed, start, framed.length, MASK)
  return framed
}

/** The first whole frame; undefined while it is not all there. */
function nextFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined
  const shortLength = bytes[1]! & 0x7f
  const lengthBytes = shortLength < 126 ? 0 : shortLength === 126 ? 2 : 8
  const isMasked = (bytes[1]! & MASKED) !== 0
  const start = 2 + lengthBytes + (isMasked ? 4 : 0)
  if (bytes.length < start) return undefined
  const length =
    lengthBytes === 0 ? shortLength : lengthBytes === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  const end = start + length
  if (bytes.length < end) return undefined
  if (isMasked) applyMask(bytes, start, end, bytes.subarray(start - 4, start))
  return { opcode: bytes[0]! & 0x0f, payload: bytes.subarray(start, end), end }
}

function applyMask(bytes: Buffer, from: number, to: number, mask: Buffer): void {
  const [a, b, c, d] = [mask[0]!, mask[1]!, mask[2]!, mask[3]!]
  let at = from
  for (; at + 4 <= to; at += 4) {
    bytes[at]! ^= a
    bytes[at + 1]! ^= b
    bytes[at + 2]! ^= c
    bytes[at + 3]! ^= d
  }
  for (; at < to; at++) bytes[at]! ^= mask[(at - from) & 3]!
}
