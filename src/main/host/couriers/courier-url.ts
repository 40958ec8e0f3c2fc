const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/**
 * The address of a service as it may be used: https, or http to this PC itself (a shop's own relay), nothing that
 * carries a name, a password or a query. Null for any other.
 */
export function courierUrl(text: string): URL | null {
  let url: URL
  try {
    url = new URL(text.trim())
  } catch {
    return null
  }
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname))
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  return isSafe && isPlain ? url : null
}

/** `path` below the base address; a base that already ends with it (pasted from a manual) is taken as it is. */
export function courierEndpoint(base: URL, path: string): URL {
  const root = base.pathname.replace(/\/+$/, '')
  const known = ['/label/order', '/eorderapi.do', '/api/eorderservice']
  const end = known.find((one) => root.toLowerCase().endsWith(one))
  const url = new URL(base)
  url.pathname = (end === undefined ? root : root.slice(0, -end.length)) + path
  return url
}
