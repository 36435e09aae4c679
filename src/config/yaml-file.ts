import { readFileSync } from 'node:fs'
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml'
import type { z } from 'zod'
import { messageOf } from '../lib/errors.ts'
import { expectation, type Problems, shown } from './problems.ts'

/**
 * Reads and checks a YAML file. Gives undefined when anything is wrong with it, each fault having been added to
 * `problems` with the line it is on.
 */
export function readYamlFile<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  problems: Problems,
): z.output<Schema> | undefined {
  const text = readText(file, problems)
  if (text === undefined) return undefined
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  for (const error of document.errors) {
    const found = (error.message.split('\n')[0] ?? '').replace(/:$/, '')
    problems.add(`${file}:${error.linePos?.[0].line ?? 1}`, { expected: 'YAML', found, toDo: 'Correct the file.' })
  }
  if (document.errors.length > 0) return undefined

  const content = contentOf(document, file, problems)
  if (content === UNREADABLE) return undefined
  const checked = schema.safeParse(content, { error: expectation })
  if (checked.success) return checked.data
  for (const issue of checked.error.issues) {
    for (const fault of faultsOf(issue, content)) {
      const offset = offsetOf(document.contents, fault.path)
      problems.add(`${file}:${lines.linePos(offset).line}: ${fault.path.join('.') || 'the file'}`, fault)
    }
  }
  return undefined
}

const UNREADABLE = Symbol('unreadable')

/** Anchors may be used, but neither lead nowhere, nor back into themselves, nor unfold without end. */
function contentOf(document: Document, file: string, problems: Problems): unknown {
  try {
    const content: unknown = document.toJS()
    JSON.stringify(content)
    return content
  } catch (error) {
    const found = messageOf(error).split('\n')[0] ?? ''
    problems.add(file, { expected: 'anchors (&) and aliases (*) that end', found, toDo: 'Write it out without them.' })
    return UNREADABLE
  }
}

function readText(file: string, problems: Problems): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    problems.add(file, { expected: 'a file', found: messageOf(error), toDo: 'Put it back, or run where it is.' })
    return undefined
  }
}

interface Fault {
  readonly path: readonly PropertyKey[]
  readonly expected: string
  readonly found: string
  readonly toDo: string
}

function faultsOf(issue: z.core.$ZodIssue, content: unknown): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      expected: 'only known keys',
      found: 'one that is not',
      toDo: 'Correct its name or remove it.',
    }))
  }
  const found = shown(valueAt(content, issue.path))
  return [{ path: issue.path, expected: issue.message, found, toDo: found === 'nothing' ? 'Add it.' : 'Correct it.' }]
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    content,
  )
}

/** Where the key or item stands in the text; for a missing key, where its section does. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number {
  let node: unknown = root
  let offset = root?.range?.[0] ?? 0
  for (const key of path) {
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find((item) => isScalar(item.key) && item.key.value === key)
      if (!pair) return offset
      offset = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(key)]
      if (!isNode(node)) return offset
      offset = node.range?.[0] ?? offset
    } else return offset
  }
  return offset
}
