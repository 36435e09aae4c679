/** No node is its own parent: the mark of a place in the table that nobody holds. */
const FREE = -1
/** No feature ends here. */
const NONE = -1
/** The table is kept at least half empty, so that a search ends soon. */
const PLACES_PER_NODE = 2

/**
 * Texts, each with the number it was given, as a tree of their characters: what begins like none of them is known for a
 * stranger at its first letters, and no piece of a text is ever copied. A model is asked for a thousand pieces of an
 * utterance, of which few are features. The tree lies in one table: a node is its place in it, found by its parent and
 * its character.
 */
export class FeatureTree {
  readonly #mask: number
  readonly #parents: Int32Array
  readonly #characters: Uint16Array
  readonly #ends: Int32Array

  /** The root; no other node has its number. */
  readonly root: number

  constructor(features: readonly string[]) {
    const nodes = countNodes(features)
    const places = 2 ** Math.ceil(Math.log2(nodes * PLACES_PER_NODE + 1))
    this.#mask = places - 1
    this.root = places
    this.#parents = new Int32Array(places).fill(FREE)
    this.#characters = new Uint16Array(places)
    this.#ends = new Int32Array(places + 1).fill(NONE)
    for (const [at, feature] of features.entries()) this.#add(feature, at)
  }

  /** The node of one more character (a UTF-16 code unit) after `node`; undefined where no feature goes on so. */
  next(node: number, character: number): number | undefined {
    const place = this.#placeOf(node, character)
    return this.#parents[place] === FREE ? undefined : place
  }

  /** Which feature ends at this node; undefined where none does. */
  endsAt(node: number): number | undefined {
    const end = this.#ends[node]!
    return end === NONE ? undefined : end
  }

  #add(feature: string, number: number): void {
    let node = this.root
    for (let at = 0; at < feature.length; at++) {
      const character = feature.charCodeAt(at)
      const place = this.#placeOf(node, character)
      this.#parents[place] = node
      this.#characters[place] = character
      node = place
    }
    this.#ends[node] = number
  }

  /** Where the node is, or would be. */
  #placeOf(node: number, character: number): number {
    let place = Math.imul(Math.imul(node, 0x9e3779b1) ^ character, 0x85ebca6b)
    place = (place ^ (place >>> 15)) & this.#mask
    while (this.#parents[place] !== FREE && !this.#holds(place, node, character)) place = (place + 1) & this.#mask
    return place
  }

  #holds(place: number, node: number, character: number): boolean {
    return this.#parents[place] === node && this.#characters[place] === character
  }
}

/** Sorted, each text adds the nodes after what it shares with the one before. */
function countNodes(features: readonly string[]): number {
  let nodes = 0
  let before = ''
  for (const feature of features.toSorted()) {
    let shared = 0
    while (shared < before.length && before[shared] === feature[shared]) shared += 1
    nodes += feature.length - shared
    before = feature
  }
  return nodes
}
