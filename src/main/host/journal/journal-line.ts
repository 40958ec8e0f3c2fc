import { createHash } from 'node:crypto'
import { z } from 'zod'
import { JournalEntrySchema } from '../../../shared/protocol/host-contract.ts'
import { SealedBoxSchema } from '../sealed-box.ts'

/** The hash before the first line. */
export const GENESIS_HASH = '0'.repeat(64)

const PayloadSchema = z.object({
  /** Running number over all generations, from 1. */
  n: z.number().int().positive(),
  generation: z.string(),
  seq: z.number().int().positive(),
  kind: JournalEntrySchema.shape.kind,
  id: z.string(),
  data: z.unknown(),
  /** Stands in place of `data` for people: a box under the named key. */
  sealed: z.object({ key: z.string(), box: SealedBoxSchema }).optional(),
})

/** What a line says, its chain apart. */
export type JournalPayload = z.infer<typeof PayloadSchema>

/** A line whose own hash is right. Whether `prev` fits the line before is for the caller to judge. */
export interface JournalLine {
  readonly prev: string
  readonly hash: string
  readonly payload: JournalPayload
}

const HEAD = '{"hash":"'
const MIDDLE = '","prev":"'
const BODY = '","entry":'
const PREV_AT = HEAD.length + 64 + MIDDLE.length
const PAYLOAD_AT = PREV_AT + 64 + BODY.length

/**
 * One line of the journal, newline included: `{"hash":"…","prev":"…","entry":{…}}`. The hash is SHA-256 over the
 * previous hash in hex and the very bytes of the entry as they stand in the file, so that no rule for a canonical form
 * is needed to check it.
 */
export function printJournalLine(
  prev: string,
  payload: JournalPayload,
): { readonly text: string; readonly hash: string } {
  const body = JSON.stringify(payload)
  const hash = hashLine(prev, Buffer.from(body))
  return { text: `${HEAD}${hash}${MIDDLE}${prev}${BODY}${body}}\n`, hash }
}

/** Reads one line, without its newline; null when it is torn, changed or no journal line at all. */
export function parseJournalLine(bytes: Uint8Array): JournalLine | null {
  const line = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (line.length <= PAYLOAD_AT + 1) return null
  const hash = line.toString('latin1', HEAD.length, HEAD.length + 64)
  const prev = line.toString('latin1', PREV_AT, PREV_AT + 64)
  const body = line.subarray(PAYLOAD_AT, line.length - 1)
  const head = `${HEAD}${hash}${MIDDLE}${prev}${BODY}`
  if (line.toString('latin1', 0, PAYLOAD_AT) !== head || line[line.length - 1] !== 0x7d) return null
  if (hashLine(prev, body) !== hash) return null
  try {
    return { prev, hash, payload: PayloadSchema.parse(JSON.parse(body.toString('utf8'))) }
  } catch {
    return null
  }
}

function hashLine(prev: string, body: Uint8Array): string {
  return createHash('sha256').update(prev, 'latin1').update(body).digest('hex')
}
