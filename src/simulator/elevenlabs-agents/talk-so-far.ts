import type { Remembered } from '../model/remembered-talk.ts'

/** Begins the part of a prompt in which a client tells what was said before this conversation was opened. */
const HEADING = /^#+ The talk so far\s*$/im

const SPEAKERS: Readonly<Record<string, Remembered['by']>> = {
  caller: 'caller',
  you: 'agent',
  agent: 'agent',
  note: 'note',
}

/**
 * Reads the talk so far out of a prompt, as a real model would by itself: below its heading, lines such as
 * `Caller: ...`, `You: ...` and `Note: ...`, up to the next heading. A line without a speaker goes on with the one before.
 */
export function readTalkSoFar(prompt: string): { instructions: string; talk: Remembered[] } {
  const heading = HEADING.exec(prompt)
  if (!heading) return { instructions: prompt, talk: [] }
  const below = prompt.slice(heading.index + heading[0].length)
  const next = below.search(/^#+ /m)
  const lines = (next === -1 ? below : below.slice(0, next)).split('\n')
  const talk: Remembered[] = []
  for (const line of lines) {
    const { speaker = '', words = '' } = /^(?<speaker>\w+): (?<words>.*)$/.exec(line.trim())?.groups ?? {}
    const by = SPEAKERS[speaker.toLowerCase()]
    const last = talk.at(-1)
    if (by) talk.push({ by, words, replayed: true })
    else if (last && line.trim() !== '') last.words += ` ${line.trim()}`
  }
  const after = next === -1 ? '' : below.slice(next)
  return { instructions: `${prompt.slice(0, heading.index)}${after}`.trim(), talk }
}
