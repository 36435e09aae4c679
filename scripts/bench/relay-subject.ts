import { join } from 'node:path'
import { connectLean } from './lean-socket.ts'
import { freePort, type RunningSubject, type Subject, startProcess } from './subject.ts'

/** The bare relay. The path of the media socket carries the key, as nobody asks it for TwiML. */
export const relaySubject: Subject = {
  name: 'relay',
  dialect: 'relayed Twilio',
  engineKeyOf: ({ callSid }) => callSid,
  async start({ engineBaseUrl, core, nodeOptions }): Promise<RunningSubject> {
    const port = await freePort()
    const measured = await startProcess({
      script: join(import.meta.dirname, 'relay.ts'),
      args: [`${engineBaseUrl.replace('http', 'ws')}/realtime`],
      env: { PORT: String(port) },
      core,
      nodeOptions,
      healthUrl: `http://127.0.0.1:${port}/`,
    })
    return {
      dial: async ({ callSid }) => ({
        socket: await connectLean(`ws://127.0.0.1:${port}/media/${callSid}`, {}),
        customParameters: {},
      }),
      sample: () => measured.sample(),
      [Symbol.asyncDispose]: () => measured[Symbol.asyncDispose](),
    }
  },
}
