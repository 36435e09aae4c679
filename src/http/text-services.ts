/** What the carrier's webhooks ask of the texts. */
export interface TextServices {
  /** A text came. May be told the same one twice, at the same moment too. */
  received(text: {
    readonly carrierSid: string
    readonly from: string
    readonly body: string
    readonly channel: 'sms' | 'whatsapp'
    readonly attachments: number
    readonly carrierAnswered: 'stop' | 'help' | 'start' | undefined
  }): Promise<void>
  /** In any order, more than once, and of texts that are not ours. */
  statusReported(report: {
    readonly textId: string | undefined
    readonly carrierSid: string
    /** The carrier's word. */
    readonly status: string
    readonly failure: string | undefined
  }): Promise<void>
}
