/** Of a map that grows by one at a time: the entry that was put in first goes when there are more than `most`. */
export function dropOldest(map: Map<unknown, unknown>, most: number): void {
  if (map.size > most) map.delete(map.keys().next().value)
}
