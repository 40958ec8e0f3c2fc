import { useSyncExternalStore } from 'react'

/** Every screen's address after `#/` (interface.md, Stable handles). */
export const routeNames = [
  'home',
  'receive',
  'putaway',
  'stock',
  'count',
  'orders',
  'pick',
  'pack',
  'handover',
  'archive',
  'bills',
  'returns',
  'cases',
  'catalogue',
  'purchasing',
  'dropship',
  'replenish',
  'pictures',
  'insights',
  'sync',
  'settings',
] as const

/** One screen's name. */
export type RouteName = (typeof routeNames)[number]

/** Where the window stands: the screen, and what follows it in the address (`#/stock/SKU-1` → `['SKU-1']`). */
export interface Route {
  readonly name: RouteName
  readonly rest: readonly string[]
}

const isRouteName = (name: string | undefined): name is RouteName =>
  routeNames.some((known) => known === name)

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Reads an address; anything unknown is the home screen. */
export function routeOfHash(hash: string): Route {
  const [name, ...rest] = hash.replace(/^#\/?/, '').split('/')
  if (!isRouteName(name)) return { name: 'home', rest: [] }
  return { name, rest: rest.filter((part) => part !== '').map(decodePart) }
}

/** Writes an address, e.g. `hashOfRoute('stock', ['2031-深蓝-31'])`. */
export function hashOfRoute(name: RouteName, rest: readonly string[] = []): string {
  return `#/${[name, ...rest.map(encodeURIComponent)].join('/')}`
}

/** Goes to a screen. */
export function goTo(name: RouteName, rest: readonly string[] = []): void {
  window.location.hash = hashOfRoute(name, rest)
}

/** Goes to a screen without a step in the history, for addresses that are acted on once. */
export function replaceRoute(name: RouteName, rest: readonly string[] = []): void {
  window.location.replace(hashOfRoute(name, rest))
}

function listenToHash(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange)
  return () => window.removeEventListener('hashchange', onChange)
}

/** The window's place, followed as it changes. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(listenToHash, () => window.location.hash)
  return routeOfHash(hash)
}
