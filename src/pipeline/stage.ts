/**
 * A listener in the call: turns what was said into findings. It never speaks or acts; the session decides what a
 * finding leads to. Synchronous and quick (RELIABILITY 5 ms per utterance): a stage that needs longer is a job.
 */
export interface Stage {
  readonly name: string
  /** Called with each final utterance of either side, in order. */
  hear(said: Said): readonly Finding[]
}

/** One stage object per call, so that a stage may remember what it heard. */
export type StageFactory = () => Stage

export interface Said {
  readonly by: 'caller' | 'agent'
  readonly text: string
  /** Ms since the call began. */
  readonly atMs: number
}

export type Finding =
  /** The caller does not want to be recorded (RELIABILITY C8). */
  | { readonly type: 'recording refused' }
  /** The caller asks for a human being (RELIABILITY C17). */
  | { readonly type: 'person requested' }
