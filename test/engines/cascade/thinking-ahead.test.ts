import { expect, it } from 'vitest'
import { createCascadeEngine } from '../../../src/engines/cascade/cascade-engine.ts'
import { settle } from '../../fakes/fake-clock.ts'
import { failureOf } from './fakes.ts'
import { BRIEFING, createParts, openStage, type Stage } from './stage.ts'

const QUESTION = 'What is my rate?'

/** A caller who has probably finished, and an answer that is thought and spoken before anybody asked for it. */
async function guessAhead(stage: Stage) {
  const { listener, thinker, speaker } = stage
  listener.session.emit(
    { type: 'turn.started' },
    { type: 'turn.words', text: QUESTION },
    { type: 'turn.nearly-ended', text: QUESTION },
  )
  const thought = thinker.thought
  thought.says('It is six percent. ')
  await settle()
  speaker.utterance.speaks(900).times({ chars: 18, ms: 900 })
  return { thought, utterance: speaker.utterance }
}

const ANSWER = /^agent\.|^answer\.(started|ended)$/
const audible = ({ events }: Stage) => events.types.filter((type) => ANSWER.test(type))

it('says nothing of what it has thought ahead before it is asked', async () => {
  const stage = await openStage()
  const { thought } = await guessAhead(stage)
  thought.gives({ type: 'tool', requestId: 'call_1', name: 'book', argumentsJson: '{}' }).ends()
  await settle()
  stage.listener.session.emit({ type: 'turn.ended', text: QUESTION, endpointingMs: 300 })
  expect(audible(stage)).toEqual([])
  expect(stage.events.of('tool.requested')).toEqual([])

  stage.session.answer()
  expect(audible(stage)).toEqual(['answer.started', 'agent.words', 'agent.audio', 'agent.timing', 'agent.words'])
  expect(stage.events.of('tool.requested')).toHaveLength(1)
  stage.speaker.utterance.completes()
  expect(stage.events.of('answer.ended')).toMatchObject([{ outcome: 'asked for tools' }])
  expect(stage.thinker.thoughts).toHaveLength(1)
})

it('takes the guess for the answer although the recogniser changed its punctuation, and remembers both once', async () => {
  const stage = await openStage()
  const { thought } = await guessAhead(stage)
  stage.listener.session.emit({ type: 'turn.ended', text: 'what is my rate', endpointingMs: 300 })
  stage.session.answer()
  thought.ends()
  await settle()
  stage.speaker.utterance.completes()
  await stage.asks()
  expect(stage.remembered().slice(1)).toEqual(['caller: what is my rate', 'agent: It is six percent.'])
})

it.each<[string, (stage: Stage) => void]>([
  ['the caller goes on', ({ listener }) => listener.session.emit({ type: 'turn.resumed' })],
  ['something is told', ({ session }) => session.tell({ role: 'note', text: 'The caller pressed 2.' })],
  ['a tool returns', ({ session }) => session.returnToolResult('call_0', '{}')],
  ['the briefing changes', ({ session }) => session.rebrief({ instructions: 'Be brief.' })],
])('throws the guess away when %s', async (_what, change) => {
  const stage = await openStage()
  const { thought, utterance } = await guessAhead(stage)
  change(stage)
  expect([thought.signal.aborted, utterance.isStopped]).toEqual([true, true])
  stage.listener.session.emit({ type: 'turn.ended', text: QUESTION, endpointingMs: 300 })
  expect(audible(stage)).toEqual([])
  await stage.asks()
  expect(stage.thinker.thoughts).toHaveLength(2)
  expect(audible(stage)).toEqual(['answer.started'])
})

it('throws it away when the caller said something else in the end, or the answer is to be a special one', async () => {
  const stage = await openStage()
  const other = await guessAhead(stage)
  stage.listener.session.emit({ type: 'turn.ended', text: `${QUESTION} And my term?`, endpointingMs: 300 })
  expect(other.thought.signal.aborted).toBe(true)
  const plain = await guessAhead(stage)
  stage.listener.session.emit({ type: 'turn.ended', text: QUESTION, endpointingMs: 300 })
  const special = await stage.asks('Say goodbye.')
  expect(plain.thought.signal.aborted).toBe(true)
  expect(special.prompt.extraInstructions).toBe('Say goodbye.')
})

it('does not answer with a guess whose turn has not ended', async () => {
  const stage = await openStage()
  const { thought } = await guessAhead(stage)
  await stage.asks()
  expect(thought.signal.aborted).toBe(true)
  expect(stage.remembered()).toEqual(['agent: Thanks for calling.'])
})

it('thinks once about the same words, and not while it is answering', async () => {
  const stage = await openStage()
  await guessAhead(stage)
  stage.listener.session.emit({ type: 'turn.nearly-ended', text: 'What is my rate' })
  expect(stage.thinker.thoughts).toHaveLength(1)
  stage.listener.session.emit({ type: 'turn.ended', text: QUESTION, endpointingMs: 300 })
  stage.session.answer()
  stage.listener.session.emit({ type: 'turn.nearly-ended', text: 'Hello?' })
  expect(stage.thinker.thoughts).toHaveLength(1)
})

it('does not answer a question that is asked twice as if it had been asked once', async () => {
  const stage = await openStage()
  const first = await guessAhead(stage)
  stage.listener.session.emit({ type: 'turn.ended', text: QUESTION, endpointingMs: 300 })
  stage.listener.session.turn(QUESTION)
  expect(first.thought.signal.aborted).toBe(true)
  await stage.asks()
  expect(stage.remembered().slice(1)).toEqual([`caller: ${QUESTION}`, `caller: ${QUESTION}`])
})

it('counts what a guess cost, whatever becomes of it', async () => {
  const stage = await openStage()
  const { thought } = await guessAhead(stage)
  const usage = { model: 'm', textIn: 9, textCachedIn: 0, textOut: 2, audioIn: 0, audioCachedIn: 0, audioOut: 0 }
  thought.gives({ type: 'usage', usage: { ...usage, audioSeconds: 0 } })
  await settle()
  stage.listener.session.emit({ type: 'turn.resumed' })
  expect(stage.events.of('usage.counted').map(({ usage: { textOut } }) => textOut)).toEqual([2, 19])
})

it('forgets a guess that failed: the answer asked for gets its own chance', async () => {
  const stage = await openStage()
  const { utterance } = await guessAhead(stage)
  utterance.fails(failureOf('elevenlabs', 'refused'))
  expect(stage.events.of('engine.lost')).toEqual([])
  stage.listener.session.emit({ type: 'turn.ended', text: QUESTION, endpointingMs: 300 })
  const thought = await stage.asks()
  expect(stage.thinker.thoughts).toHaveLength(2)
  expect(thought.signal.aborted).toBe(false)
})

it('releases no more of it once whoever hears the first of it has interrupted', async () => {
  const parts = createParts()
  const heard: string[] = []
  const session = await createCascadeEngine(parts).open(BRIEFING, {
    signal: new AbortController().signal,
    onEvent: ({ type }) => {
      heard.push(type)
      if (type === 'agent.words') session.interrupt([])
    },
  })
  const { session: ear } = parts.listeners[0]!
  ear.emit({ type: 'turn.nearly-ended', text: QUESTION })
  parts.thinkers[0]?.thought
    .says('Let me see')
    .gives({ type: 'tool', requestId: 'call_1', name: 'book', argumentsJson: '{}' })
  await settle()
  ear.emit({ type: 'turn.ended', text: QUESTION, endpointingMs: 300 })
  session.answer()
  expect(heard.filter((type) => ANSWER.test(type))).toEqual([
    'answer.started',
    'agent.words',
    'agent.utterance-complete',
    'answer.ended',
  ])
  expect(heard).not.toContain('tool.requested')
})

it('throws the guess away when an interruption changes what was said before it', async () => {
  const stage = await openStage()
  const utterance = await stage.speaks('We can meet on Tuesday.')
  utterance.completes()
  const { thought } = await guessAhead(stage)
  stage.session.interrupt([])
  expect(thought.signal.aborted).toBe(false)
  const { utteranceId } = await stage.events.first('agent.utterance-complete')
  stage.session.interrupt([{ utteranceId, heardMs: 200 }])
  expect(thought.signal.aborted).toBe(true)
})
