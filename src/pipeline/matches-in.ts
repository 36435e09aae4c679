/**
 * All that a global expression finds in a text. As `matchAll`, which makes a copy of the expression each time, and that
 * takes longer than to read a sentence in which there is nothing.
 */
export function matchesIn(text: string, global: RegExp): RegExpExecArray[] {
  const matches: RegExpExecArray[] = []
  global.lastIndex = 0
  for (let match = global.exec(text); match; match = global.exec(text)) {
    matches.push(match)
    // Where it matched nothing it would stay for ever; and so it would between the two halves of an emoji.
    if (match[0] === '') global.lastIndex += (text.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1
  }
  return matches
}
