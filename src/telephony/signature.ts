import twilio from 'twilio'

/** Parameters of a form post. A name that was sent more than once has all its values; blank values stay (S4). */
export type FormParams = Readonly<Record<string, string | readonly string[]>>

/** Says whether a request comes from Twilio. Answers false, never throws: a forger learns nothing (RELIABILITY S1). */
export interface SignatureCheck {
  /** A form post, or a GET with empty `params`. `pathWithQuery` is the request's target as it came. */
  form(pathWithQuery: string, params: FormParams, signature: string | undefined): boolean
  /** A JSON post: the signed query carries the SHA-256 of the raw body (S4). */
  json(pathWithQuery: string, rawBody: string | Buffer, signature: string | undefined): boolean
  /** A WebSocket upgrade, signed over the `wss://` address without parameters (S2). */
  upgrade(path: string, signature: string | undefined): boolean
}

export interface SignatureOptions {
  /** One token, or the old and the new one while they are rotated (S5). */
  readonly authTokens: readonly string[]
  /** The address Twilio was given, such as `https://agent.example.com`; request headers are never asked (S3). */
  readonly publicUrl: string
}

export function createSignatureCheck({ authTokens, publicUrl }: SignatureOptions): SignatureCheck {
  const base = publicUrl.replace(/\/+$/, '')
  const socketBase = base.replace(/^http/, 'ws')
  const withAnyToken = (signature: string | undefined, isValid: (token: string, signature: string) => boolean) =>
    signature !== undefined && signature !== '' && authTokens.some((token) => token !== '' && isValid(token, signature))

  return {
    form: (pathWithQuery, params, signature) =>
      isPath(pathWithQuery) &&
      withAnyToken(signature, (token, given) => twilio.validateRequest(token, given, base + pathWithQuery, params)),
    json: (pathWithQuery, rawBody, signature) =>
      isPath(pathWithQuery) &&
      withAnyToken(signature, (token, given) =>
        twilio.validateRequestWithBody(token, given, base + pathWithQuery, rawBody.toString()),
      ),
    upgrade(path, signature) {
      if (!isPath(path)) return false
      const address = socketBase + path.replace(/\/+$/, '')
      return withAnyToken(
        signature,
        (token, given) =>
          twilio.validateRequest(token, given, address, {}) || twilio.validateRequest(token, given, `${address}/`, {}),
      )
    },
  }
}

/** Without the slash, a target such as `.evil.com/x` would grow the host name. */
function isPath(target: string): boolean {
  return target.startsWith('/')
}
