import type { Finding, Said } from '../pipeline/stage.ts'
import type { CallRecording } from './call-recording.ts'
import type { CallerPicture, KnownCaller } from './caller-picture.ts'
import type { CallerWishes } from './caller-wishes.ts'
import type { Conversation } from './conversation.ts'

export interface ConductOptions {
  readonly caller: KnownCaller
  readonly conversation: Conversation
  readonly recording: CallRecording
  readonly wishes: CallerWishes
}

/** The engine notices speech a little after it began. */
const MUTE_MARGIN_MS = 500

/**
 * What the findings of one utterance lead to. Several may come at once: what they say of the caller is learned first;
 * then at most one of them takes the word, the weightiest (CD1).
 */
export class Conduct {
  readonly #options: ConductOptions

  constructor(options: ConductOptions) {
    this.#options = options
  }

  /** Never rejects, and nothing it begins does. */
  onFindings(findings: readonly Finding[], said: Said): void {
    const { caller, conversation } = this.#options
    const before = caller.picture
    for (const finding of findings) caller.learn(finding)
    for (const finding of findings) this.#note(finding, said)
    const { picture } = caller
    const changes = howToTalk(picture) !== howToTalk(before)
    if (changes) conversation.rebrief()
    this.#act(new Set(findings.map(({ type }) => type)), picture.language !== before.language)
  }

  /** What takes no word: it is done whatever else was found. */
  #note(finding: Finding, said: Said): void {
    const { conversation, recording } = this.#options
    if (finding.type === 'private number said' && finding.kinds.includes('CARD')) {
      recording.mute((said.fromMs ?? said.atMs) - MUTE_MARGIN_MS, said.atMs)
    } else if (finding.type === 'robocall suspected') conversation.suspectRobocall()
    else if (finding.type === 'robocall cleared') conversation.personShowed()
  }

  #act(found: ReadonlySet<Finding['type']>, languageChanged: boolean): void {
    const { conversation, wishes } = this.#options
    // Never rejects.
    if (found.has('recording refused')) void wishes.stopRecording()
    if (found.has('person requested')) wishes.connectPerson('the caller asked for a person')
    else if (found.has('caller frustrated')) wishes.offerPerson()
    else if (languageChanged) conversation.greetInLanguage()
  }
}

/** What of the picture changes how the agent talks: its model is told only when this does. */
function howToTalk({ language, frustrated, facts }: CallerPicture): string {
  const confirmed = [...facts].filter(([, fact]) => fact.confirmed).map(([key, { value }]) => [key, value])
  return JSON.stringify([language, frustrated, confirmed])
}
