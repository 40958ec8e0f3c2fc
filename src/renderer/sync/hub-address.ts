/** What a person typed as the hub's address, as it is used; `open` = unencrypted over a network. */
export type HubAddress =
  | { readonly tag: 'address'; readonly url: string; readonly open: boolean }
  | { readonly tag: 'empty' | 'bad' }

/**
 * Reads a typed address: full-width letters and blanks are tidied, a missing scheme is `http://` as the hub itself
 * prints it. User names, queries and other schemes are not addresses of a hub.
 */
export function readHubAddress(typed: string): HubAddress {
  const text = typed.normalize('NFKC').replace(/\s+/g, '')
  if (text === '') return { tag: 'empty' }
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  if (!URL.canParse(whole)) return { tag: 'bad' }
  const url = new URL(whole)
  const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  if (!plain || !/^https?:$/.test(url.protocol) || url.hostname === '') return { tag: 'bad' }
  const address = `${url.origin}${url.pathname}`.replace(/\/+$/, '')
  return { tag: 'address', url: address, open: url.protocol === 'http:' && !isLoopback(url.hostname) }
}

/** True when the hub of this address runs on this PC. */
export function isHubHere(url: string): boolean {
  return URL.canParse(url) && isLoopback(new URL(url).hostname)
}

const isLoopback = (name: string): boolean =>
  name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(name)
