import { untilAborted } from '../../../lib/until-aborted.ts'
import { createSid } from '../../seeded-random.ts'
import type { StreamEnd } from '../call-events.ts'
import type { Leg } from '../leg.ts'
import { type MediaSocket, openMediaSocket } from '../media-socket.ts'
import { MediaStream } from '../media-stream.ts'
import type { TwimlElement } from '../twiml.ts'
import { followAction, resolveAddress, toMethod, type VerbContext, type VerbRunner } from './verb.ts'

/** Hands the call's audio to the server by a media stream; goes on when the server closes the socket. */
export const connect: VerbRunner = async (element, context) => {
  const noun = element.children.find((child) => child.name === 'Stream')
  if (noun) await streamAudio(noun, context)
  else context.leg.emit({ type: 'warning', code: 12200, message: '<Connect> without <Stream> is not emulated' })
  return followAction(element, context, {})
}

async function streamAudio(noun: TwimlElement, context: VerbContext): Promise<void> {
  const { leg, signal } = context
  const { url = '', track = 'inbound_track' } = noun.attributes
  const streamSid = createSid('MZ', leg.carrier.random)
  const callback = createStreamCallback(noun, streamSid, context)
  const fail = (code: number, message: string) => {
    leg.emit({ type: 'warning', code, message })
    leg.emit({ type: 'stream.ended', streamSid, because: 'never opened' })
    callback('stream-error', `${code} - ${message}`)
  }
  if (track !== 'inbound_track') return fail(31941, `track ${track} is not possible within <Connect>`)
  const outcome = await untilAborted(openMediaSocket(leg.carrier, url, signal), signal)
  if (!outcome.ok) return fail(outcome.code, outcome.problem)

  callback('stream-started')
  const because = await carryAudio(noun, streamSid, outcome.socket, context)
  leg.emit({ type: 'stream.ended', streamSid, because })
  if (because === 'server broke off')
    leg.emit({ type: 'warning', code: 31921, message: 'the media socket was not closed in order' })
  callback('stream-stopped')
}

/** Runs a stream on an open socket to its end. */
async function carryAudio(
  noun: TwimlElement,
  streamSid: string,
  { webSocket, reset }: MediaSocket,
  { leg, signal }: VerbContext,
): Promise<StreamEnd> {
  const ended = Promise.withResolvers<StreamEnd>()
  let onClose: StreamEnd | undefined
  const stream = new MediaStream(leg.carrier, {
    streamSid,
    callSid: leg.callSid,
    customParameters: readParameters(noun),
    firstFrameMs: leg.audio.nextFrameMs(),
    // What cannot be sent any more is followed by the close event, which ends the stream.
    send: (text) => webSocket.send(text, () => {}),
    emit: (event) => leg.emit(event),
  })
  webSocket.on('message', (data: Buffer, isBinary) => stream.receive(data, isBinary))
  webSocket.once('close', (code) =>
    ended.resolve(onClose ?? (isOrderly(code) ? 'server closed it' : 'server broke off')),
  )
  const moveOn = () => {
    stream.stop()
    webSocket.close(1000)
    ended.resolve('call moved on')
  }
  signal.addEventListener('abort', moveOn, { once: true })

  stream.start()
  using _attached = leg.audio.carryByStream(stream)
  using _fault = scheduleReset(leg, () => {
    onClose = 'reset by fault'
    reset({ midMessage: leg.carrier.faults.resetMidMessage ?? false })
  })
  const because = await ended.promise
  signal.removeEventListener('abort', moveOn)
  stream.end()
  return because
}

/** 1005 is a close without a code, which the carrier takes as well as 1000 and 1001. */
function isOrderly(closeCode: number): boolean {
  return [1000, 1001, 1005].includes(closeCode)
}

function scheduleReset({ carrier, audio }: Leg, reset: () => void): Disposable | undefined {
  const { resetSocketAfterMs, resetStreams = 1 } = carrier.faults
  if (resetSocketAfterMs === undefined || audio.streams.length > resetStreams) return undefined
  return carrier.clock.after(resetSocketAfterMs, reset)
}

function readParameters(noun: TwimlElement): Record<string, string> {
  const parameters = noun.children.filter((child) => child.name === 'Parameter')
  return Object.fromEntries(parameters.map(({ attributes: { name = '', value = '' } }) => [name, value]))
}

type StreamCallback = (event: 'stream-started' | 'stream-stopped' | 'stream-error', error?: string) => void

function createStreamCallback(noun: TwimlElement, streamSid: string, context: VerbContext): StreamCallback {
  const { statusCallback, statusCallbackMethod, name = streamSid } = noun.attributes
  const { leg } = context
  return (event, error) => {
    if (statusCallback === undefined) return
    leg.sendCallback(resolveAddress(context, statusCallback), toMethod(statusCallbackMethod), {
      AccountSid: leg.carrier.accountSid,
      CallSid: leg.callSid,
      StreamSid: streamSid,
      StreamName: name,
      StreamEvent: event,
      ...(error === undefined ? {} : { StreamError: error }),
      // Nanoseconds, as the carrier writes them.
      Timestamp: new Date(leg.carrier.clock.now()).toISOString().replace('Z', '000000Z'),
    })
  }
}
