import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * The house: what each room, and each file that stands above the rooms, may import besides itself. Imports run the way
 * the call does; what is not named beside a room is not known to it, and nothing knows the simulator. `types` are
 * imported for their shape only: the faces of neighbours, and those a lower room provides for the call room above it.
 */
const ROOMS: Record<string, { readonly knows: readonly string[]; readonly types?: readonly string[] }> = {
  'main.ts': { knows: ['app.ts', 'config', 'pipeline/privacy/redaction.ts', 'lib'] },
  'app.ts': {
    knows: [
      'call-house.ts',
      'office-house.ts',
      'tool-house.ts',
      'engine-house.ts',
      'http',
      'call',
      'business',
      'engines/engine-pool.ts',
      'storage/database.ts',
      'telephony',
      'lib',
    ],
    types: ['config/schema.ts'],
  },
  'office-house.ts': {
    knows: [
      'office-jobs.ts',
      'business',
      'calendar',
      'call/transfer/officer-legs.ts',
      'http/carrier-terms.ts',
      'jobs',
      'pipeline/privacy/redaction.ts',
      'pipeline-house.ts',
      'telephony',
      'lib',
    ],
    types: ['config/schema.ts', 'storage/database.ts', 'call/transfer/officer-lines.ts'],
  },
  'office-jobs.ts': {
    knows: ['business', 'call/transcript.ts', 'jobs', 'mail', 'lib'],
    types: ['config/schema.ts', 'storage/database.ts', 'office-house.ts'],
  },
  'tool-house.ts': {
    knows: ['business', 'tools', 'pipeline-house.ts', 'lib'],
    types: ['config/schema.ts', 'storage/database.ts', 'office-house.ts'],
  },
  'engine-house.ts': { knows: ['engines', 'lib'], types: ['config/schema.ts', 'config/engine-schemas.ts'] },
  'call-house.ts': {
    knows: ['engine-house.ts', 'pipeline-house.ts', 'call', 'tools', 'business', 'engines', 'audio', 'lib'],
    types: ['config/schema.ts'],
  },
  'pipeline-house.ts': { knows: ['pipeline', 'lib'], types: ['config/schema.ts', 'call/call-services.ts'] },
  lib: { knows: [] },
  audio: { knows: ['lib/errors.ts'] },
  config: { knows: ['lib'] },
  telephony: { knows: ['audio', 'lib'] },
  engines: { knows: ['audio', 'lib'] },
  storage: { knows: ['lib'] },
  jobs: { knows: ['business', 'lib'] },
  calendar: { knows: ['lib'] },
  mail: { knows: ['lib'] },
  business: {
    knows: ['storage/database.ts', 'storage/tables.ts', 'config', 'audio', 'lib'],
    types: [
      'call/call-store.ts',
      'call/facts.ts',
      'call/outbound/placed-call.ts',
      'call/phrases.ts',
      'call/screener.ts',
      'call/transfer/officer-lines.ts',
      'engines/engine.ts',
      'calendar/calendar.ts',
      'jobs/job.ts',
    ],
  },
  pipeline: { knows: ['lib'] },
  tools: { knows: ['lib'], types: ['engines/engine.ts'] },
  call: {
    knows: [
      'audio/beep-detector.ts',
      'audio/encoded-audio.ts',
      'audio/kept-audio.ts',
      'audio/mulaw.ts',
      'audio/sound-meter.ts',
      'audio/speech-detector.ts',
      'audio/wav.ts',
      'lib',
      'engines/engine.ts',
      'tools/tool.ts',
    ],
    types: [
      'telephony/line.ts',
      'pipeline/stage.ts',
      'pipeline/speech-rule.ts',
      'pipeline/intent/intent.ts',
      'pipeline/facts/caller-fact.ts',
    ],
  },
  http: {
    knows: ['telephony', 'lib'],
    types: ['call/outbound/placed-call.ts', 'call/ring-answer.ts', 'call/transfer/officer-legs.ts', 'config/schema.ts'],
  },
  simulator: { knows: ['audio', 'lib'] },
}

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const src = resolve(import.meta.dirname, '../src')
const imports = sourceFiles(src).flatMap(importsOf)

describe('the house', () => {
  it('has a rule for every room, and no rule for another', () => {
    const rooms = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isFile() || holdsCode(entry.name))
    expect(rooms.map(({ name }) => name).toSorted()).toEqual(Object.keys(ROOMS).toSorted())
  })

  it('imports only downwards', () => {
    expect(imports.filter((found) => !isAllowed(found)).map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
  })

  it('has no circles between files', () => {
    expect(circles()).toEqual([])
  })
})

function isAllowed({ from, to, typeOnly }: Import): boolean {
  const room = from.includes('/') ? from.slice(0, from.indexOf('/')) : from
  // Outside src/ there is only package.json.
  if (to.startsWith(`${room}/`) || to.startsWith('..')) return true
  const rule = ROOMS[room]
  const knows = rule?.knows ?? []
  const named = (places: readonly string[]) => places.some((place) => to === place || to.startsWith(`${place}/`))
  return named(knows) || (typeOnly && named(rule?.types ?? []))
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
}

function holdsCode(name: string): boolean {
  return sourceFiles(join(src, name)).length > 0
}

function importsOf(file: string): Import[] {
  const statements = readFileSync(file, 'utf8').matchAll(/^(import|export)\s+(type\s)?[^;'"]*?from\s+'(\.[^']+)'/gm)
  return [...statements].map(([, , type, path = '']) => ({
    from: relative(src, file),
    to: relative(src, resolve(dirname(file), path)),
    typeOnly: type !== undefined,
  }))
}

/** Files that reach themselves by imports that exist at run time. */
function circles(): string[] {
  const targets = new Map<string, string[]>()
  for (const { from, to, typeOnly } of imports) if (!typeOnly) targets.set(from, [...(targets.get(from) ?? []), to])
  return [...targets.keys()].filter((file) => reaches(file, file, targets, new Set()))
}

function reaches(goal: string, from: string, targets: ReadonlyMap<string, string[]>, seen: Set<string>): boolean {
  for (const next of targets.get(from) ?? []) {
    if (next === goal) return true
    if (seen.has(next)) continue
    seen.add(next)
    if (reaches(goal, next, targets, seen)) return true
  }
  return false
}
