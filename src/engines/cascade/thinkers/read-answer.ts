import type { EngineError } from '../../engine.ts'
import type { Thought } from '../thinker.ts'

/** Makes thoughts of one streamed answer's events. May throw what the stream itself says went wrong. */
export interface AnswerReader<Event> {
  /** Hot path: once for every few letters of the answer. */
  read(event: Event): readonly Thought[]
  /** The stream is over: the thoughts that were waiting for more. Without `ended` among them the answer is not whole. */
  finish(): readonly Thought[]
}

/** For events that say nothing we need; most are. */
export const NO_THOUGHTS: readonly Thought[] = []

export interface AnswerOptions<Event> {
  /** `signal` hangs up, also on an answer that was whole. */
  readonly request: (signal: AbortSignal) => PromiseLike<AsyncIterable<Event>>
  readonly reader: AnswerReader<Event>
  readonly signal: AbortSignal
  readonly describeFailure: (thrown: unknown) => EngineError
  /** For a stream that ended as if nothing were missing. */
  readonly describeBreak: () => EngineError
}

/** Asks, and gives the answer as it comes; see `Thinker.think`. */
export async function* readAnswer<Event>(options: AnswerOptions<Event>): AsyncGenerator<Thought, void, undefined> {
  const { request, reader, signal, describeFailure, describeBreak } = options
  signal.throwIfAborted()
  const hangUp = new AbortController()
  let events: AsyncIterator<Event> | undefined
  let whole = false
  try {
    events = (await request(AbortSignal.any([signal, hangUp.signal])))[Symbol.asyncIterator]()
    for (let last = false; !last && !whole; ) {
      const next = await events.next()
      last = next.done === true
      for (const thought of next.done ? reader.finish() : reader.read(next.value)) {
        whole ||= thought.type === 'ended'
        yield thought
      }
    }
  } catch (thrown) {
    signal.throwIfAborted()
    throw describeFailure(thrown)
  } finally {
    if (events) void (whole ? drain(events, hangUp) : giveUp(events))
  }
  // The clients' streams end quietly when they are aborted.
  signal.throwIfAborted()
  if (!whole) throw describeBreak()
}

/** Beyond the last word: a server, or a proxy, may keep the stream open for ever. */
const DRAIN_LIMIT_MS = 1_000

/** Reads to the end, which is in the next packet: a connection that was read to its end serves the next answer too. */
async function drain(events: AsyncIterator<unknown>, hangUp: AbortController): Promise<void> {
  const limit = setTimeout(() => hangUp.abort(), DRAIN_LIMIT_MS).unref()
  try {
    while (!(await events.next()).done);
  } catch {
    // The answer was whole.
  } finally {
    clearTimeout(limit)
  }
}

/** Lets the client hang up. */
async function giveUp(events: AsyncIterator<unknown>): Promise<void> {
  try {
    await events.return?.()
  } catch {
    // What went wrong before has been said, or nobody wants to know.
  }
}
