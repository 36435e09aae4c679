import { z } from 'zod'
import type { Outbound } from '../business/outbound/outbound.ts'
import type { Job } from './job.ts'

const payload = z.object({ outboundId: z.string() })

/** Places calls whose time has come, and asks after those whose end nobody reported. */
export function createOutboundJobs(outbound: Pick<Outbound, 'place' | 'settle'>): Job<z.output<typeof payload>>[] {
  return [
    { topic: 'outbound.place', payload, run: ({ outboundId }) => outbound.place(outboundId) },
    { topic: 'outbound.settle', payload, run: ({ outboundId }) => outbound.settle(outboundId) },
  ]
}
