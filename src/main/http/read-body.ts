import type { IncomingMessage } from 'node:http'

/** The largest request that is taken: an export of some hundred thousand rows in base64. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024

/** A body in whole, or that it is too large or was broken off. */
export type BodyAnswer =
  | { readonly tag: 'body'; readonly text: string }
  | { readonly tag: 'tooLarge' }
  | { readonly tag: 'broken' }

/**
 * Reads a request's body and keeps nothing beyond the limit, whatever the length that was announced. The rest of a body
 * that is too large is read and dropped, because a sender who is cut off in the middle never sees the answer.
 */
export function readBody(request: IncomingMessage): Promise<BodyAnswer> {
  return new Promise((resolve) => {
    const parts: Uint8Array[] = []
    let size = Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES ? Number.POSITIVE_INFINITY : 0
    if (size > MAX_BODY_BYTES) resolve({ tag: 'tooLarge' })
    request.on('data', (part: Uint8Array) => {
      size += part.length
      if (size <= MAX_BODY_BYTES) {
        parts.push(part)
        return
      }
      parts.length = 0
      resolve({ tag: 'tooLarge' })
    })
    request.on('end', () => resolve({ tag: 'body', text: Buffer.concat(parts).toString('utf8') }))
    request.on('error', () => resolve({ tag: 'broken' }))
    request.on('close', () => resolve({ tag: 'broken' }))
  })
}
