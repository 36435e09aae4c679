import { loadScenario, type ScenarioFile } from './load-scenarios.ts'
import { type Rehearsal, type RehearsalOptions, runScenario } from './run-scenario.ts'

/**
 * Rehearses several scenarios, so many at once, and calls back as each is done. Gives them in the order of the names.
 */
export async function rehearseAll(
  names: readonly string[],
  options: RehearsalOptions & { readonly atOnce: number; readonly onDone: (rehearsal: Rehearsal) => void },
): Promise<Rehearsal[]> {
  const waiting: ScenarioFile[] = names.map((name) => loadScenario(name))
  const rehearsals = new Map<string, Rehearsal>()
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const rehearsal = await runScenario(next, options)
      rehearsals.set(rehearsal.name, rehearsal)
      options.onDone(rehearsal)
    }
  }
  await Promise.all(Array.from({ length: options.atOnce }, work))
  return names.flatMap((name) => rehearsals.get(name) ?? [])
}
