/** The address of a provider's socket. @param baseUrl http(s), which becomes ws(s); a slash at its end does no harm. */
export function socketUrl(baseUrl: string, path: string): URL {
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}/${path}`)
  url.protocol = url.protocol.replace('http', 'ws')
  return url
}
