import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Officer } from '../../../src/business/officers/officer.ts'
import { type Candidate, type RankingNeed, rankOfficers, whyNot } from '../../../src/business/officers/ranking.ts'
import { someOfficer } from './some-officer.ts'

const NEED: RankingNeed = {
  ...{ purpose: 'transfer', state: 'TX', language: 'en-US', loanPurpose: undefined, vip: false, except: [] },
}

type About = Partial<Omit<Candidate, 'officer'> & Officer>

function candidate(id: string, about: About = {}): Candidate {
  const { presence, isWorking, knowsCaller, today, lastOfferedAt, ...profile } = about
  const noneOfThese = {
    nmlsId: undefined,
    email: undefined,
    calendarId: undefined,
    hours: undefined,
    timeZone: undefined,
  }
  return {
    officer: { ...noneOfThese, ...someOfficer(id), ...profile } as Officer,
    presence: presence ?? 'here',
    isWorking: isWorking ?? true,
    knowsCaller: knowsCaller ?? false,
    today: today ?? 0,
    lastOfferedAt,
  }
}

const idsOf = (ranked: readonly { officer: Officer }[]) => ranked.map(({ officer }) => officer.id)

describe('who may be offered', () => {
  it.each<[string, About, Partial<RankingNeed>]>([
    ['not licensed in TX', { licences: ['MA'] }, {}],
    ['not licensed in TX', { licences: ['MA'], knowsCaller: true }, { vip: true, purpose: 'appointment' }],
    ['away', { presence: 'away' }, {}],
    ['away', { presence: 'away' }, { purpose: 'appointment', vip: true }],
    ['outside their hours', { isWorking: false }, {}],
    ['6 of 6 today', { today: 6 }, {}],
    ['0 of 0 today', { dailyCapacity: 0 }, {}],
    ['was tried already', {}, { except: ['ann'] }],
  ])('not one who is %s: %o %o', (because, about, need) => {
    const ann = candidate('ann', about)
    expect(whyNot({ ...NEED, ...need }, ann)).toBe(because)
    expect(idsOf(rankOfficers({ ...NEED, ...need }, [ann, candidate('bob')], 'ranked'))).toEqual(['bob'])
  })

  it.each<[string, About, Partial<RankingNeed>]>([
    ['whoever is licensed anywhere, while the state is not known', { licences: ['HI'] }, { state: undefined }],
    ['one who is not at work now, for an appointment', { isWorking: false }, { purpose: 'appointment' }],
    ['one whose day is full, to a VIP', { today: 6 }, { vip: true }],
    ['one who does not speak the language', {}, { language: 'vi-VN' }],
    ['one who does other loans', { loanTypes: ['purchase'] }, { loanPurpose: 'refinance' }],
  ])('%s', (_who, about, need) => {
    expect(idsOf(rankOfficers({ ...NEED, ...need }, [candidate('ann', about)], 'ranked'))).toEqual(['ann'])
  })
})

describe('who comes first', () => {
  const known = candidate('known', { knowsCaller: true, today: 5, lastOfferedAt: 9 })
  const fluent = candidate('fluent', { languages: ['es'], today: 4, lastOfferedAt: 8 })
  const idle = candidate('idle', { lastOfferedAt: 7 })
  const rested = candidate('rested', { today: 3, lastOfferedAt: 6 })

  it.each<['ranked' | 'round robin' | 'least busy' | 'sticky', Partial<RankingNeed>, string[]]>([
    ['ranked', {}, ['known', 'idle', 'rested', 'fluent']],
    ['ranked', { language: 'es-US' }, ['fluent', 'known', 'idle', 'rested']],
    ['round robin', {}, ['rested', 'idle', 'known', 'fluent']],
    ['round robin', { language: 'es-US' }, ['fluent', 'rested', 'idle', 'known']],
    ['least busy', {}, ['idle', 'rested', 'known', 'fluent']],
    ['sticky', { language: 'es-US' }, ['known', 'fluent', 'idle', 'rested']],
    ['least busy', { language: 'es-US', vip: true }, ['known', 'fluent', 'idle', 'rested']],
  ])('%s %o', (strategy, need, expected) => {
    expect(idsOf(rankOfficers({ ...NEED, ...need }, [idle, known, rested, fluent], strategy))).toEqual(expected)
  })

  it('is who does the loan, before who knows the caller', () => {
    const purchases = candidate('purchases', { loanTypes: ['purchase'], knowsCaller: true })
    const need = { ...NEED, loanPurpose: 'refinance' }
    expect(idsOf(rankOfficers(need, [purchases, rested], 'ranked'))).toEqual(['rested', 'purchases'])
  })

  it('among equals is who was offered longest ago, and who never was before them', () => {
    const equals = [candidate('b', { lastOfferedAt: 2 }), candidate('a', { lastOfferedAt: 5 }), candidate('c')]
    for (const strategy of ['ranked', 'round robin', 'least busy', 'sticky'] as const) {
      expect(idsOf(rankOfficers(NEED, equals, strategy))).toEqual(['c', 'b', 'a'])
    }
  })
})

describe('the ranking explains itself', () => {
  it.each<[About, Partial<RankingNeed>, string[]]>([
    [
      { languages: ['en-US', 'es-US'], knowsCaller: true, today: 1 },
      { language: 'es-MX' },
      ['licensed in TX', 'speaks Spanish', 'knows the caller', '1 of 6 today'],
    ],
    [
      { loanTypes: ['purchase'] },
      { language: 'vi', state: undefined, loanPurpose: 'refinance' },
      ['does not speak Vietnamese', 'does not do refinance', '0 of 6 today'],
    ],
    [{ today: 7 }, { vip: true }, ['licensed in TX', 'speaks English', '7 of 6 today, which does not count for a VIP']],
  ])('%o %o', (about, need, because) => {
    expect(rankOfficers({ ...NEED, ...need }, [candidate('ann', about)], 'ranked')[0]?.because).toEqual(because)
  })
})

describe('whatever the office looks like', () => {
  const states = ['TX', 'MA', 'FL']
  const languages = ['en-US', 'es-US', 'vi-VN', 'zh-CN']
  const someCandidate = fc.record({
    licences: fc.uniqueArray(fc.constantFrom(...states), { minLength: 1 }),
    languages: fc.uniqueArray(fc.constantFrom(...languages), { minLength: 1 }),
    loanTypes: fc.uniqueArray(fc.constantFrom('purchase', 'refinance')),
    dailyCapacity: fc.nat(3),
    presence: fc.constantFrom('here' as const, 'away' as const),
    ...{ isWorking: fc.boolean(), knowsCaller: fc.boolean(), today: fc.nat(4) },
    lastOfferedAt: fc.option(fc.nat(5), { nil: undefined }),
  })
  const office = fc
    .array(someCandidate, { maxLength: 8 })
    .map((all) => all.map((about, n) => candidate(`o${n}`, about)))
  const strategy = fc.constantFrom('ranked' as const, 'round robin' as const, 'least busy' as const, 'sticky' as const)
  const need = fc.record({
    purpose: fc.constantFrom('transfer' as const, 'appointment' as const),
    state: fc.option(fc.constantFrom(...states), { nil: undefined }),
    language: fc.constantFrom(...languages),
    loanPurpose: fc.option(fc.constantFrom('purchase', 'refinance'), { nil: undefined }),
    ...{ vip: fc.boolean(), except: fc.constant([]) },
  })

  it('nobody without a licence in the named state appears', () => {
    fc.assert(
      fc.property(office, need, strategy, (candidates, wanted, how) => {
        const { state } = wanted
        const ranked = rankOfficers(wanted, candidates, how)
        return state === undefined || ranked.every(({ officer }) => officer.licences.includes(state))
      }),
    )
  })

  it('the order is not that in which the officers were looked at', () => {
    fc.assert(
      fc.property(office, need, strategy, (candidates, wanted, how) => {
        const ranked = rankOfficers(wanted, candidates, how)
        expect(rankOfficers(wanted, candidates.toReversed(), how)).toEqual(ranked)
        expect(ranked.map(({ score }) => score)).toEqual(ranked.map(({ score }) => score).toSorted((a, b) => b - a))
      }),
    )
  })

  it('[C14] a language changes nothing where all the officers speak it or none does', () => {
    const alike = (all: Candidate[], tags: string[]) =>
      all.map((one) => ({ ...one, officer: { ...one.officer, languages: tags } }))
    fc.assert(
      fc.property(office, need, strategy, fc.constantFrom(...languages), (candidates, wanted, how, other) => {
        const ofAll = alike(candidates, languages)
        const ofNone = alike(candidates, ['pl-PL'])
        for (const all of [ofAll, ofNone]) {
          const order = idsOf(rankOfficers(wanted, all, how))
          expect(idsOf(rankOfficers({ ...wanted, language: other }, all, how))).toEqual(order)
        }
      }),
    )
  })
})
