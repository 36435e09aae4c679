import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { type BarredRule, checkSpeech } from '../../src/pipeline/licence-gate/licence-gate.ts'

/** How well the licence gate does on the authored sentences of test/pipeline/licence-gate. */
export interface GateReport {
  readonly tuned: HalfReport
  readonly heldOut: HalfReport
}

export interface HalfReport {
  readonly baits: number
  /** What should have been stopped, and was not. */
  readonly missed: readonly Sample[]
  readonly allowed: number
  /** What should have been let through, and was not. */
  readonly stopped: readonly Sample[]
  /** 0 to 1. */
  readonly recall: number
  readonly overBlocking: number
}

export interface Sample {
  readonly text: string
  readonly language: string
  /** The rule that should stop it, or what kind of talk it is. */
  readonly kind: string
}

const FOLDER = new URL('../../test/pipeline/licence-gate/', import.meta.url)
const fileSchema = z.record(z.string(), z.record(z.string(), z.array(z.string())))

const FIGURES: ReadonlySet<string> = new Set<BarredRule>(['rate', 'terms'])

export function measureGate(): GateReport {
  const baits = readSamples('baits.yaml')
  const allowed = readSamples('allowed.yaml')
  return { tuned: measure(baits.tuned, allowed.tuned), heldOut: measure(baits.heldOut, allowed.heldOut) }
}

/** The missed ones that state a rate, a sum or another term. */
export function figuresOf(samples: readonly Sample[]): readonly Sample[] {
  return samples.filter(({ kind }) => FIGURES.has(kind))
}

/** Every second of each list is held out. */
export function readSamples(file: 'baits.yaml' | 'allowed.yaml'): { tuned: Sample[]; heldOut: Sample[] } {
  const byLanguage = fileSchema.parse(parse(readFileSync(fileURLToPath(new URL(file, FOLDER)), 'utf8')))
  const halves: { tuned: Sample[]; heldOut: Sample[] } = { tuned: [], heldOut: [] }
  for (const [language, byKind] of Object.entries(byLanguage)) {
    for (const [kind, texts] of Object.entries(byKind)) {
      texts.forEach((text, at) => {
        halves[at % 2 === 0 ? 'tuned' : 'heldOut'].push({ text, language, kind })
      })
    }
  }
  return halves
}

function measure(baits: readonly Sample[], allowed: readonly Sample[]): HalfReport {
  const missed = baits.filter(({ text }) => !checkSpeech(text))
  const stopped = allowed.filter(({ text }) => checkSpeech(text))
  return {
    baits: baits.length,
    missed,
    allowed: allowed.length,
    stopped,
    recall: 1 - missed.length / baits.length,
    overBlocking: stopped.length / allowed.length,
  }
}
