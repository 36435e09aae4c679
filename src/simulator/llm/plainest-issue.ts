import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** The first thing that is wrong. Where no alternative of a union fits: what is wrong with the one that nearly does. */
export function plainestIssue(issues: readonly Issue[]): Issue | undefined {
  const [issue] = issues
  if (issue?.code !== 'invalid_union') return issue
  const inner = issue.errors.map(plainestIssue).filter((one) => one !== undefined)
  const nearest = inner.reduce((best, one) => (one.path.length > best.path.length ? one : best), inner[0] ?? issue)
  return { ...nearest, path: [...issue.path, ...(nearest === issue ? [] : nearest.path)] }
}
