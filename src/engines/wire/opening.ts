/**
 * Waits for a session whose connection decides, by its messages, whether it comes to be. Rejects with the signal's
 * reason when that comes first. Whatever went wrong, the connection is closed when this rejects.
 */
export async function awaitOpening<Session>(
  { promise, reject }: PromiseWithResolvers<Session>,
  connection: AsyncDisposable,
  signal: AbortSignal,
): Promise<Session> {
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await promise
  } catch (error) {
    await connection[Symbol.asyncDispose]()
    throw error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
