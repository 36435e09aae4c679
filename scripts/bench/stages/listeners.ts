import { resolve } from 'node:path'
import { loadBusinessConfig } from '../../../src/config/load.ts'
import type { Stage, StageFactory } from '../../../src/pipeline/stage.ts'
import { CALLER_TEXTS } from './caller-texts.ts'
import type { InventedText } from './invented-talk.ts'
import type { Listeners } from './played-call.ts'
import type { StagesSubject } from './stages-findings.ts'
import type { WorkMeter } from './work-meter.ts'

const CONFIG_DIR = resolve(import.meta.dirname, '../../../config')

const NOBODY: Listeners = {
  stages: [],
  speechRule: () => ({ hear: () => undefined }),
  privateWords: () => ({
    hideCaller: (text) => text,
    hideAgent: (text) => text,
    hearAgent: () => undefined,
    hearKeys: () => undefined,
    hideJson: (json) => json,
  }),
  soundsRecorded: () => false,
}

export interface LoadedListeners {
  readonly listeners: Listeners
  /** Reading code and models, and making of them what calls share. */
  readonly loadMs: number
}

/** As calls get them, with every language served in which the bench's callers speak. */
export async function loadListeners(subject: StagesSubject): Promise<LoadedListeners> {
  if (subject === 'bare') return { listeners: NOBODY, loadMs: 0 }
  const { company, agent } = loadBusinessConfig({ CONFIG_DIR })
  const startedAtMs = performance.now()
  const { buildPipeline } = await import('../../../src/pipeline-house.ts')
  const languages = Object.keys(CALLER_TEXTS)
  const listeners = buildPipeline({ company: { ...company, languages }, agent })
  return { listeners, loadMs: performance.now() - startedAtMs }
}

export interface MeteredOptions {
  readonly meter: WorkMeter
  /** What the stages are hearing now. */
  readonly about: () => InventedText
  /** A stage has thrown. */
  readonly onFailure: () => void
}

/** Takes the time of every stage of a call by itself. */
export function metered(stages: readonly StageFactory[], options: MeteredOptions): StageFactory[] {
  return stages.map((create) => (before) => meteredStage(create(before), options))
}

function meteredStage(stage: Stage, { meter, about, onFailure }: MeteredOptions): Stage {
  const { name } = stage
  return {
    name,
    hear(said) {
      meter.about(about())
      try {
        // Many stages hear the caller only: those of the agent would make the others look quick.
        return meter.measure(`stage: ${name}, ${said.by}`, () => stage.hear(said))
      } catch (error) {
        onFailure()
        throw error
      }
    },
  }
}
