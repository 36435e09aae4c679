import type { OutboxItem } from '../business/outbox.ts'

/** Tells the processes that share it who should go and get which row. It may lose, delay and repeat what it is told. */
export interface JobQueue extends AsyncDisposable {
  /** Gives the ids this process should take itself: they could not be told, or nobody came for them. Never rejects. */
  handOver(items: readonly OutboxItem[]): Promise<number[]>
}
