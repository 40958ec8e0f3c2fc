import { Dexie } from 'dexie'
import { shopTime } from '../../../shared/domain/orders/deadline.ts'
import { COLLECTED } from '../../../shared/domain/shipping/collected.ts'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import type { TextEncoding } from '../../../shared/formats/detect-encoding.ts'
import type { CsvEncoding, ExportCell } from '../../../shared/formats/export-csv.ts'
import { answerEncoding, keepDigits, shippedRows } from '../../../shared/formats/shipped-file.ts'
import { binOfPlace, isOutside } from '../../../shared/ledger/place.ts'
import type { BalanceRow, ParcelRow } from '../../../shared/station/tables.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import type { ExportRequest } from './export-protocol.ts'

/** A file's rows, header first. */
export interface ExportTable {
  /** Added to the file's name. */
  readonly part: string
  readonly encoding: CsvEncoding
  readonly rows: ExportCell[][]
}

export interface ExportTables {
  readonly tables: readonly ExportTable[]
  readonly latest: number
}

type Tell = (done: number) => void

const PAGE = 500

/** Reads what an export holds, page by page. */
export function readExport(
  database: StationDatabase,
  request: ExportRequest,
  tell: Tell,
): Promise<ExportTables> {
  switch (request.kind) {
    case 'shipped':
      return readShipped(database, request, tell)
    case 'stock':
      return readStock(database, request, tell)
    case 'archive':
      return readArchive(database, request, tell)
  }
}

/** Parcels in a state by the time they were finished, a page at a time. */
async function* parcelPages(
  database: StationDatabase,
  state: ParcelRow['state'],
  since: number,
): AsyncGenerator<ParcelRow[]> {
  for (let offset = 0; ; offset += PAGE) {
    const page = await database.parcels
      .where('[state+finishedAt]')
      .between([state, since], [state, Dexie.maxKey], false, true)
      .offset(offset)
      .limit(PAGE)
      .toArray()
    if (page.length > 0) yield page
    if (page.length < PAGE) return
  }
}

/** ORD-9: what is packed or handed over and not voided, one file per platform, in the encoding that it came in. */
async function readShipped(
  database: StationDatabase,
  request: ExportRequest,
  tell: Tell,
): Promise<ExportTables> {
  const bySource = new Map<
    string,
    { encoding: TextEncoding; rows: Parameters<typeof shippedRows>[0][number][] }
  >()
  let done = 0
  let latest = request.since
  for (const state of ['packed', 'handedOver'] as const)
    for await (const page of parcelPages(database, state, request.since)) {
      const encodings = await orderEncodings(database, page)
      for (const { finish } of page) {
        if (!finish) continue
        latest = Math.max(latest, finish.at)
        const encoding = encodings.get(finish.orderIds[0] ?? '') ?? 'utf-8'
        const group = bySource.get(finish.source) ?? { encoding, rows: [] }
        const courier = courierName(finish.courier)
        // No courier has ever heard of the number of what the buyer collects (ORD-3).
        const waybillNumber = finish.courier === COLLECTED ? '' : finish.waybillNumber
        for (const orderNumber of finish.orderNumbers)
          group.rows.push({ orderNumber, courier, waybillNumber })
        bySource.set(finish.source, group)
      }
      done += page.length
      tell(done)
    }
  const tables = [...bySource].map(([source, { encoding, rows }]) => ({
    part: request.words[`source.${source}`] ?? source,
    encoding: answerEncoding(encoding),
    rows: shippedRows(rows),
  }))
  return { tables, latest }
}

async function orderEncodings(
  database: StationDatabase,
  parcels: readonly ParcelRow[],
): Promise<ReadonlyMap<string, TextEncoding>> {
  const rows = await database.orders.bulkGet(parcels.flatMap((parcel) => parcel.orderIds.slice(0, 1)))
  return new Map(
    rows.flatMap((row) => (row?.platform ? [[row.orderId, row.platform.encoding as TextEncoding]] : [])),
  )
}

/** What lies in the house, balance by balance. */
async function readStock(
  database: StationDatabase,
  request: ExportRequest,
  tell: Tell,
): Promise<ExportTables> {
  const rows: ExportCell[][] = [[...request.headers]]
  let after = ''
  let done = 0
  for (;;) {
    const page = await database.balances.where('key').above(after).limit(PAGE).toArray()
    const skus = await database.skus.bulkGet([...new Set(page.map((row) => row.skuCode))])
    const bySku = new Map(skus.flatMap((sku) => (sku ? [[sku.code, sku]] : [])))
    for (const row of page) {
      if (row.quantity === 0 || isOutside(row.place)) continue
      const sku = bySku.get(row.skuCode)
      rows.push([
        keepDigits(sku?.display ?? row.skuCode),
        sku?.item ?? '',
        sku?.name ?? '',
        sku?.colour ?? '',
        sku?.size ?? '',
        placeText(row, request),
        row.measureMm,
        request.words[`condition.${row.condition}`] ?? row.condition,
        row.quantity,
      ])
    }
    done += page.length
    tell(done)
    after = page.at(-1)?.key ?? after
    if (page.length < PAGE) break
  }
  return { tables: [{ part: '', encoding: 'utf-8-bom', rows }], latest: 0 }
}

function placeText(row: BalanceRow, request: ExportRequest): string {
  const bin = binOfPlace(row.place)
  if (bin !== null) return bin
  const [name = '', ...rest] = row.place.split(':')
  return [request.words[`place.${name}`] ?? name, ...rest].join(' ')
}

/** ARC-1: every parcel; the buyer is not in it, the waybill and the order number lead to him. */
async function readArchive(
  database: StationDatabase,
  request: ExportRequest,
  tell: Tell,
): Promise<ExportTables> {
  const rows: ExportCell[][] = [[...request.headers]]
  let done = 0
  for (let offset = 0; ; offset += PAGE) {
    const page = await database.parcels.orderBy('finishedAt').offset(offset).limit(PAGE).toArray()
    for (const parcel of page) if (parcel.finish) rows.push(archiveRow(parcel, parcel.finish, request))
    done += page.length
    tell(done)
    if (page.length < PAGE) break
  }
  return { tables: [{ part: '', encoding: 'utf-8-bom', rows }], latest: 0 }
}

function archiveRow(
  parcel: ParcelRow,
  finish: NonNullable<ParcelRow['finish']>,
  request: ExportRequest,
): ExportCell[] {
  const clock = { utcOffsetMinutes: request.utcOffsetMinutes, cutOffHour: 0 }
  const time = (at: number | undefined): string => (at === undefined ? '' : shopTime(at, clock))
  const items = finish.lines.map((line) => `${line.labelText}${line.quantity > 1 ? `×${line.quantity}` : ''}`)
  return [
    keepDigits(finish.waybillNumber),
    courierName(finish.courier),
    keepDigits(finish.orderNumbers.join(';')),
    finish.destination,
    items.join(';'),
    finish.lines.reduce((sum, line) => sum + line.quantity, 0),
    finish.weightGrams,
    finish.packerName,
    time(finish.at),
    time(parcel.handedOver?.at),
    parcel.handedOver?.handoverNo ?? '',
    request.words[`state.${parcel.state}`] ?? parcel.state,
  ]
}
