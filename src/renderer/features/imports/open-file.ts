import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { readSheet } from 'read-excel-file/web-worker'
import {
  type DecodeText,
  decodeFile,
  type EncodingNotice,
  type TextEncoding,
} from '../../../shared/formats/detect-encoding.ts'
import {
  readTable,
  type Table,
  type TableReading,
  tableFromSheet,
} from '../../../shared/formats/read-table.ts'
import { type FileProblem, MOST_FILE_BYTES } from './import-protocol.ts'

/** A file that turned out to be a table. */
export interface OpenedFile {
  readonly name: string
  /** SHA-256 of the bytes, hex. */
  readonly hash: string
  readonly encoding: TextEncoding | 'xlsx'
  readonly notices: readonly EncodingNotice[]
  readonly table: Table
}

export type OpenedOrProblem =
  | { readonly tag: 'opened'; readonly file: OpenedFile }
  | { readonly tag: 'problem'; readonly problem: FileProblem }

/** The platform's decoder behind the port that the formats ask for. */
const decodeText: DecodeText = (bytes, encoding, fatal) => {
  try {
    return new TextDecoder(encoding, { fatal }).decode(bytes)
  } catch {
    return null
  }
}

/** Reads a file by its content, never by its name: encoding or workbook, then header and rows. */
export async function openFile(file: File): Promise<OpenedOrProblem> {
  if (file.size > MOST_FILE_BYTES) {
    return problem({ tag: 'tooLarge', sizeBytes: file.size, mostBytes: MOST_FILE_BYTES })
  }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const decoded = decodeFile(bytes, decodeText)
    const about = { name: file.name, hash: bytesToHex(sha256(bytes)) }
    if (decoded.tag === 'text') {
      const { encoding, notices } = decoded
      return fromReading(readTable(decoded.text), { ...about, encoding, notices })
    }
    if (decoded.looksLike !== 'zip') return problem({ tag: 'notText', looksLike: decoded.looksLike })
    const sheet = await readWorkbook(bytes)
    if (sheet === null) return problem({ tag: 'notWorkbook' })
    return fromReading(tableFromSheet(sheet), { ...about, encoding: 'xlsx', notices: [] })
  } catch (error) {
    // The file was moved, or is held by another program.
    return problem({ tag: 'unreadable', detail: String(error) })
  }
}

const problem = (of: FileProblem): OpenedOrProblem => ({ tag: 'problem', problem: of })

function fromReading(reading: TableReading, about: Omit<OpenedFile, 'table'>): OpenedOrProblem {
  if (reading.tag !== 'table') return problem({ tag: reading.tag })
  return { tag: 'opened', file: { ...about, table: reading.table } }
}

/** The first sheet's cells as text; null for a zip that is no workbook. */
async function readWorkbook(bytes: Uint8Array<ArrayBuffer>): Promise<string[][] | null> {
  try {
    const rows = await readSheet<string>(bytes.buffer, { parseNumber: (text) => text, trim: false })
    return rows.map((row) => row.map(cellText))
  } catch {
    return null
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  // A workbook's times carry no zone: what is written there is the shop's clock.
  if (cell instanceof Date) return cell.toISOString().slice(0, 19).replace('T', ' ')
  const text = String(cell)
  return /^[+-]?\d+(?:\.\d+)?(?:E[+-]?\d+)?$/i.test(text) ? numberText(text) : text
}

/** Sixteen and more digits survive only where the file holds them as they are; a float has lost them, and says so. */
function numberText(text: string): string {
  if (/^[+-]?\d+$/.test(text)) return text
  const value = Number(text)
  if (Number.isInteger(value) && Math.abs(value) >= 1e15) {
    return value.toExponential(5).replace('e', 'E')
  }
  return String(value)
}
