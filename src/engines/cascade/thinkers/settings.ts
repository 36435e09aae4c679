/** How a thinker answers: what the configuration says about it, apart from key, address and model. */
export interface ThinkerSettings {
  /** For one answer, its thinking included. */
  readonly maxOutputTokens: number
  /** For models that can think before they answer; not set: as the model does by itself. */
  readonly reasoningEffort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | undefined
}

/** How long a provider may take to begin its answer. A call gives up sooner, by its signal; this is for the rest. */
export const ANSWER_LIMIT_MS = 15_000
