import { type LegAnswer, type LegEvent, OfficerLegs } from '../../src/call/transfer/officer-legs.ts'
import type { Candidate, LegOrder, OfficerLines, TransferNeed } from '../../src/call/transfer/officer-lines.ts'

export const DANA: Candidate = {
  officerId: 'dana-lee',
  name: 'Dana Lee',
  nmlsId: '123456',
  phone: '+16175550111',
  because: ['licensed in TX'],
}
export const SAM: Candidate = { ...DANA, officerId: 'sam-ortiz', name: 'Sam Ortiz', phone: '+16175550112' }
export const KIM: Candidate = { ...DANA, officerId: 'kim-tran', name: 'Kim Tran', phone: '+16175550113' }

/** Officers whose telephones ring when they are told to, and do what a test has them do. */
export class FakeOfficers implements OfficerLines {
  readonly legs = new OfficerLegs()
  readonly needs: TransferNeed[] = []
  readonly rung: LegOrder[] = []
  readonly letGone: { readonly legId: string; readonly words: string | undefined }[] = []
  readonly letGoneOf: string[] = []
  /** What was kept, as it would be read: `rang dana-lee`, `accepted`, `bridged dana-lee`. */
  readonly kept: string[] = []
  candidatesNow: readonly Candidate[]
  ringFails = false
  /** What the carrier says of the conference; undefined: it does not answer. */
  together: boolean | undefined = false

  constructor(candidates: readonly Candidate[]) {
    this.candidatesNow = candidates
  }

  readonly book: OfficerLines['book'] = {
    began: ({ because }) => void this.kept.push(`began: ${because}`),
    rang: ({ officerId }) => void this.kept.push(`rang ${officerId}`),
    legEnded: (_legId, outcome) => void this.kept.push(outcome),
    bridged: ({ candidate }) => void this.kept.push(`bridged ${candidate.officerId}`),
    ended: (_transferId, outcome) => void this.kept.push(`ended: ${outcome}`),
  }

  async candidates(need: TransferNeed): Promise<readonly Candidate[]> {
    this.needs.push(need)
    return this.candidatesNow.filter(({ officerId }) => !need.except.includes(officerId))
  }

  async ring(leg: LegOrder): Promise<void> {
    this.rung.push(leg)
    if (this.ringFails) throw new Error('the carrier refused')
  }

  async letGo(legId: string, words?: string): Promise<void> {
    this.letGone.push({ legId, words })
  }

  async areTogether(): Promise<boolean> {
    if (this.together === undefined) throw new Error('the carrier does not answer')
    return this.together
  }

  async letGoOf(callId: string): Promise<void> {
    this.letGoneOf.push(callId)
  }

  /** The telephone that rang last. */
  get leg(): LegOrder {
    const leg = this.rung.at(-1)
    if (!leg) throw new Error('no telephone has rung')
    return leg
  }

  tell(event: LegEvent, leg = this.leg): LegAnswer {
    return this.legs.tell(leg.legId, event)
  }
}
