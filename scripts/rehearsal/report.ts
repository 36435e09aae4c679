import { styleText } from 'node:util'
import { findingsTextOf } from '../call-findings.ts'
import { seconds, waterfallOf } from '../call-view.ts'
import { tableOf } from '../table.ts'
import type { Rehearsal } from './run-scenario.ts'
import type { TalkLine } from './talk-lines.ts'
import type { Verdict } from './verdicts.ts'

const COLOURS = { caller: 'cyan', agent: 'green', tool: 'yellow', server: 'magenta', carrier: 'gray' } as const

/** One line of a talk: `  12.3 s  agent    Our loan officers are in ...`. */
export function talkLine({ atMs, who, text }: TalkLine): string {
  return `${seconds(atMs).padStart(8)}  ${styleText(COLOURS[who], who.padEnd(7))}  ${text}`
}

/** What was expected and whether it came to be, and how quickly each turn was answered. */
export function report(rehearsal: Rehearsal): string {
  const { title, verdicts, evidence, recordingFile } = rehearsal
  const sections = [
    `${title}: ${outcome(rehearsal)}`,
    tableOf(['', 'expected', 'found'], verdicts.map(verdictRow)).join('\n'),
    ['What was noticed:', ...findingsTextOf(evidence.entries)].join('\n'),
    ['How soon each answer came:', ...waterfallOf(evidence.entries)].join('\n'),
    recordingFile && `Recording: ${recordingFile}`,
  ]
  return sections.filter(Boolean).join('\n\n')
}

/** One line for a rehearsal among many; what failed stands below it. */
export function summary(rehearsal: Rehearsal): string {
  const failures = rehearsal.verdicts.filter(({ ok }) => !ok)
  const lines = failures.map(({ what, found }) => `         ${what}\n           found: ${found}`)
  return [`${outcome(rehearsal)}  ${rehearsal.name.padEnd(32)} ${rehearsal.title}`, ...lines].join('\n')
}

function outcome({ passed }: Rehearsal): string {
  return passed ? styleText('green', 'passed') : styleText('red', 'FAILED')
}

function verdictRow({ what, ok, found }: Verdict): string[] {
  return [ok ? styleText('green', 'ok') : styleText('red', 'FAILED'), what, found]
}
