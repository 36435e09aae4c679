import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import Fastify from 'fastify'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { answerClientErrors } from '../../src/http/client-errors.ts'

const requests: [string, string][] = [
  ['400', 'GET /?from=%2B15550100 HTTP/1.1\r\nno colon\r\n\r\n'],
  ['431', `GET /?from=%2B15550100 HTTP/1.1\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`],
]

/** At the level trace Fastify's own handler logged the raw bytes of a broken request, with all that stands in it. */
it.each(requests)(
  'answers %s to what it cannot read, as Fastify does, and logs the code only',
  async (status, request) => {
    const lines: string[] = []
    const log = pino({ level: 'trace' }, { write: (line) => lines.push(line) })
    const [ours, theirs] = [await answerOf(request, answerClientErrors(log)), await answerOf(request)]
    expect(ours).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(ours).toBe(theirs)
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ code: expect.stringMatching(/^HPE_/) }])
    expect(lines.join()).not.toMatch(/15550100|rawPacket|71,69,84/)
  },
)

async function answerOf(request: string, clientErrorHandler?: ReturnType<typeof answerClientErrors>): Promise<string> {
  await using server = Fastify(clientErrorHandler ? { clientErrorHandler } : {})
  const address = new URL(await server.listen({ host: '127.0.0.1', port: 0 }))
  const client = connect(Number(address.port), address.hostname)
  client.write(request)
  return await text(client)
}
