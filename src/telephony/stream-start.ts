import type { RawData, WebSocket } from 'ws'
import type { Clock } from '../lib/clock.ts'
import { parseCarrierMessage, type StreamStart } from './media-protocol.ts'

export type { StreamStart } from './media-protocol.ts'

/** Why a socket never became a stream. */
export type StartRefusal = 'no start in time' | 'not a media stream' | 'closed before start'

export interface AwaitStartOptions {
  readonly clock: Clock
  readonly timeoutMs?: number
  /**
   * Called in the very handler of the `start` message, with this waiter's listeners gone: who listens to the socket
   * from here on misses no frame. Check the token, then make the line or close the socket.
   */
  readonly onStart: (start: StreamStart) => void
  /** The socket is closed, or being closed with 1008. */
  readonly onRefused: (reason: StartRefusal) => void
}

/** Waits for a new media socket to say what it is (RELIABILITY S6). One of the two callbacks is called, once. */
export function awaitStart(socket: WebSocket, options: AwaitStartOptions): void {
  const { clock, timeoutMs = START_TIMEOUT_MS, onStart, onRefused } = options
  const deadline = clock.after(timeoutMs, () => refuse('no start in time'))

  const stopWaiting = () => {
    deadline[Symbol.dispose]()
    socket.off('message', onMessage)
    socket.off('close', onClose)
  }
  const refuse = (reason: StartRefusal) => {
    stopWaiting()
    socket.close(POLICY_VIOLATION, reason)
    onRefused(reason)
  }
  const onClose = () => refuse('closed before start')
  const onMessage = (data: RawData, isBinary: boolean) => {
    const message = parseCarrierMessage(data as Buffer, isBinary)
    if (message.type === 'start') {
      stopWaiting()
      onStart(message.start)
    } else if (message.type !== 'connected' && message.type !== 'unknown') refuse('not a media stream')
  }

  socket.on('message', onMessage)
  socket.on('close', onClose)
  // Stays for the socket's life: the close that follows an error is what counts, but an error that nobody hears
  // would end the process.
  socket.on('error', () => {})
}

const START_TIMEOUT_MS = 5000
const POLICY_VIOLATION = 1008
