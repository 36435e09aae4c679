import { messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
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
  readonly log: Log
}

/** The engine notices speech a little after it began. */
const MUTE_MARGIN_MS = 500
/** A card number may be said in pieces, of which only the last tells what they are. */
const IN_PIECES_MS = 30_000

/**
 * What the findings of one utterance lead to. Several may come at once: what they say of the caller is learned first;
 * then at most one of them takes the word, the weightiest (CD1).
 */
export class Conduct {
  readonly #options: ConductOptions
  /** Latest private numbers, in ms since the call began. */
  #numbers: readonly { readonly fromMs: number; readonly atMs: number }[] = []

  constructor(options: ConductOptions) {
    this.#options = options
  }

  /** Never throws: findings that cannot be followed cost what they would have led to, as a stage that fails does. */
  onFindings(findings: readonly Finding[], said: Said): void {
    if (findings.length === 0) return
    try {
      this.#follow(findings, said)
    } catch (error) {
      const found = findings.map(({ type }) => type)
      this.#options.log.error({ found, pii: { error: messageOf(error) } }, 'findings not followed')
    }
  }

  #follow(findings: readonly Finding[], said: Said): void {
    const { caller, conversation } = this.#options
    const before = caller.picture
    for (const finding of findings) caller.learn(finding)
    for (const finding of findings) this.#note(finding, said)
    const { picture } = caller
    // Words over our last goodbye, or on the way to a person, change nothing of either.
    const languageChanged = picture.language !== before.language && !conversation.over
    if (languageChanged) conversation.changeLanguage()
    else if (howToTalk(picture) !== howToTalk(before)) conversation.rebrief()
    this.#act(new Set(findings.map(({ type }) => type)), languageChanged)
  }

  /** What takes no word: it is done whatever else was found. */
  #note(finding: Finding, said: Said): void {
    const { conversation } = this.#options
    if (finding.type === 'private number said') this.#hideNumber(said, finding.kinds.includes('CARD'))
    else if (finding.type === 'robocall suspected' && !conversation.over) conversation.suspectRobocall()
    else if (finding.type === 'robocall cleared') conversation.personShowed()
  }

  #hideNumber({ fromMs, atMs }: Said, isCard: boolean): void {
    const latest = this.#numbers.filter((number) => atMs - number.atMs < IN_PIECES_MS)
    this.#numbers = [...latest, { fromMs: fromMs ?? atMs, atMs }]
    if (isCard) this.#options.recording.mute(this.#numbers[0]!.fromMs - MUTE_MARGIN_MS, atMs)
  }

  #act(found: ReadonlySet<Finding['type']>, languageChanged: boolean): void {
    const { conversation, recording, wishes } = this.#options
    const refused = found.has('recording refused') && !recording.off
    // Never rejects.
    if (refused) void wishes.stopRecording()
    // A recording that offers "a live agent" asks for nobody, and is no more patient when it is spoken to.
    if (conversation.suspectsRobocall || conversation.withheld) return
    if (found.has('person requested')) wishes.connectPerson('the caller asked for a person')
    else if (refused) return
    else if (found.has('caller frustrated')) wishes.offerPerson()
    // What they said is answered in it, too.
    else if (languageChanged) conversation.redirect(undefined, 'my-language')
  }
}

/** What of the picture changes how the agent talks: its model is told only when this does. */
function howToTalk({ language, frustrated, facts }: CallerPicture): string {
  const confirmed = [...facts].filter(([, fact]) => fact.confirmed).map(([key, { value }]) => [key, value])
  return JSON.stringify([language, frustrated, confirmed])
}
