import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { HearthlineError } from '../../lib/errors.ts'
import { KNOWN_ATTRIBUTES } from './twiml-attributes.ts'

/** One verb or noun as it stood in the document; text is trimmed. */
export interface TwimlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
  readonly children: readonly TwimlElement[]
}

export interface TwimlDocument {
  readonly verbs: readonly TwimlElement[]
  /** What the carrier would only warn of (12200): unknown verbs and attributes. */
  readonly warnings: readonly string[]
}

/** Larger documents are refused by the carrier (11750). */
const LARGEST_DOCUMENT_BYTES = 64 * 1024

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
})

/**
 * Reads a TwiML document as the carrier does.
 * @throws HearthlineError `twiml_12100` (no XML, or no `<Response>`), `twiml_11750` (more than 64 kB)
 */
export function parseTwiml(xml: string): TwimlDocument {
  if (Buffer.byteLength(xml) > LARGEST_DOCUMENT_BYTES) throw refusal(11750, 'is larger than 64 kB')
  const validity = XMLValidator.validate(xml)
  if (validity !== true) throw refusal(12100, `is not XML: ${validity.err.msg}`)
  const root = toElements(parser.parse(xml)).find((element) => element.name === 'Response')
  if (!root) throw refusal(12100, 'has no <Response> at its root')
  return { verbs: root.children, warnings: root.children.flatMap(warningsOf) }
}

function refusal(code: number, what: string): HearthlineError {
  return new HearthlineError(`twiml_${code}`, `Carrier error ${code}: the TwiML document ${what}`)
}

/** With `preserveOrder` a node is an object with its children under its name and its attributes under `:@`. */
type ParsedNode = Record<string, unknown>

function toElements(nodes: unknown): TwimlElement[] {
  if (!Array.isArray(nodes)) return []
  return (nodes as ParsedNode[]).flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@' && !key.startsWith('#') && !key.startsWith('?'))
    if (name === undefined) return []
    const attributes = (node[':@'] ?? {}) as Record<string, string>
    return [{ name, attributes, text: textOf(node[name]), children: toElements(node[name]) }]
  })
}

function textOf(nodes: unknown): string {
  if (!Array.isArray(nodes)) return ''
  return (nodes as ParsedNode[])
    .map((node) => node['#text'] ?? '')
    .join('')
    .trim()
}

function warningsOf(element: TwimlElement): string[] {
  const known = KNOWN_ATTRIBUTES[element.name]
  if (!known) return [`unknown element <${element.name}>`]
  const unknown = Object.keys(element.attributes).filter((attribute) => !known.includes(attribute))
  return [
    ...unknown.map((attribute) => `unknown attribute ${attribute} of <${element.name}>`),
    ...element.children.flatMap(warningsOf),
  ]
}
