/** An answer other than 2xx, in Google's words. */
export class ApiRefusal extends Error {
  readonly status: number
  readonly reason: string
  readonly location: { readonly locationType: string; readonly location: string } | undefined

  constructor(
    status: number,
    reason: string,
    message: string,
    location?: { readonly locationType: string; readonly location: string },
  ) {
    super(message)
    this.status = status
    this.reason = reason
    this.location = location
  }

  get body() {
    const { status: code, reason, message, location } = this
    return { error: { errors: [{ domain: domainOf(reason), reason, message, ...location }], code, message } }
  }
}

export const notFound = () => new ApiRefusal(404, 'notFound', 'Not Found')

export const invalid = (message: string) => new ApiRefusal(400, 'invalid', message)

export function invalidCredentials(): ApiRefusal {
  const location = { locationType: 'header', location: 'Authorization' }
  return new ApiRefusal(401, 'authError', 'Invalid Credentials', location)
}

const USAGE_LIMITS = ['userRateLimitExceeded', 'rateLimitExceeded', 'quotaExceeded', 'dailyLimitExceeded']

function domainOf(reason: string): string {
  if (USAGE_LIMITS.includes(reason)) return 'usageLimits'
  return ['forbiddenForNonOrganizer', 'timeRangeEmpty'].includes(reason) ? 'calendar' : 'global'
}
