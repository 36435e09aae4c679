import type { OfficerSettings } from '../../../src/config/officers-schema.ts'

/** An officer as `officers.yaml` gives them: licensed in Massachusetts and Texas, speaks English, any loan, 6 a day. */
export function someOfficer(id: string, more: Partial<OfficerSettings> = {}): OfficerSettings {
  const reached = { id, name: `Officer ${id}`, phone: '+16175550141' }
  return { ...reached, licences: ['MA', 'TX'], languages: ['en-US'], loanTypes: [], dailyCapacity: 6, ...more }
}
