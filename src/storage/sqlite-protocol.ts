/** What the main thread asks of the SQLite worker. Every request gets exactly one reply, in order. */
export type SqliteRequest =
  | { readonly type: 'open'; readonly file: string }
  | { readonly type: 'run'; readonly sql: string; readonly parameters: readonly unknown[] }
  /** Ends the open transaction if there is one; SQLite itself ends it after some failures. */
  | { readonly type: 'rollback' }
  | { readonly type: 'close' }

/** `lockWaitMs`: about how long another process's lock held the request up. */
export type SqliteReply =
  | { readonly ok: true; readonly result: SqliteResult; readonly lockWaitMs: number }
  /** The class of an error does not survive the way between threads, so its code travels apart. */
  | { readonly ok: false; readonly code: string; readonly message: string; readonly lockWaitMs: number }

export interface SqliteResult {
  readonly rows: readonly unknown[]
  /** Rows written; undefined when the statement gave rows instead. */
  readonly changes: number | undefined
}
