import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { INTENTS } from '../../../src/pipeline/intent/intent.ts'
import { judgeIntent } from '../../../src/pipeline/intent/judge-intent.ts'

describe('what a caller wants', () => {
  it.each([
    ['loan_status', 'has my file made it through underwriting'],
    ['loan_status', 'Quiero saber cómo va mi solicitud de préstamo'],
    ['new_loan', 'My wife and I would like to buy our first place, what do we need for a preapproval?'],
    ['new_loan', '我想买房'],
    ['refinance', "We'd like to pull some equity out of the house to redo the bathroom"],
    ['refinance', 'Tôi muốn tái tài trợ căn nhà'],
    ['rates', 'what are you quoting on a thirty year fixed right now'],
    ['rates', '¿A cómo están las tasas de interés?'],
    ['make_payment', 'put my mortgage payment on my debit card please'],
    ['payment_problem', "I got hurt at work and I can't pay the mortgage this month"],
    ['payoff', 'the buyer closes next week and the title company needs a payoff letter'],
    ['escrow', 'the county raised my property taxes, will my escrow go up'],
    ['documents', 'Could you resend the docusign, it timed out on me'],
    ['schedule_appointment', 'Can I get an appointment Wednesday at four?'],
    ['schedule_appointment', 'Je voudrais prendre rendez-vous'],
    ['account_update', "we've moved so I have to change our mailing address"],
    ['general_info', 'What time do you close on Saturdays?'],
    ['other', 'is there a good sushi restaurant near the stadium'],
    ['other', 'how do I make a claim on my home insurance'],
    ['other', 'hang on, the doorbell'],
    ['other', 'uh huh'],
  ])('%s: %s', (intent, text) => {
    expect(judgeIntent(text).intent).toBe(intent)
  })

  it('is found in the middle of a story', () => {
    const story =
      "Good afternoon, my name is Rosa Kim, it's been quite a week. I was on the road since Monday and the kids were sick. " +
      'Anyway, I need to reset my password. My number is six one four five five five zero one nine nine.'
    expect(judgeIntent(story).intent).toBe('account_update')
  })
})

it('is not in how they introduce themselves', () => {
  const text = 'Could you tell me the exchange rate for the krona? My name is Nils Berg and my pin is 481516.'
  expect(judgeIntent(text).intent).toBe('other')
})

it('is as sure as a share of one, whatever is said', () => {
  for (const text of ['', '...', '12345', 'pay my bill '.repeat(20_000), '。'.repeat(50_000)]) {
    const { intent, confidence } = judgeIntent(text)
    expect(INTENTS).toContain(intent)
    expect(confidence).toBeGreaterThan(0)
    expect(confidence).toBeLessThanOrEqual(1)
  }
})

it('has a model that knows exactly the intents', () => {
  const file = new URL('../../../src/pipeline/intent/intent-model.json', import.meta.url)
  const { labels } = JSON.parse(readFileSync(file, 'utf8')) as { labels: string[] }
  expect(labels.toSorted()).toEqual(INTENTS.toSorted())
})
