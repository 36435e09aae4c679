/** What the configuration says about OpenAI Live, apart from key and address. None of it can change within a session. */
export interface OpenAiLiveSettings {
  /** The voice model, such as `gpt-live-1`. */
  readonly model: string
  /** A voice's name, such as `marin`. */
  readonly voice: string
  /** Thinks and calls tools behind the voice: a model of the Responses API. */
  readonly backendModel: string
}
