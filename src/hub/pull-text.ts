import type { StoredPage } from './hub-store.ts'

/** A pull answer as JSON text, from texts that are JSON already. */
export function pullText(page: StoredPage): string {
  const events = page.events.map(({ sequence, envelope, people }) => {
    const beside = people.length > 0 ? `,"people":[${people.join(',')}]` : ''
    return `{"sequence":${sequence},"event":${envelope}${beside}}`
  })
  return `{"events":[${events.join(',')}],"last":${page.last}}`
}
