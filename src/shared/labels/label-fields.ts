import { parseSscc } from '../formats/sscc.ts'
import type {
  BinDocument,
  CartonDocument,
  LabelParty,
  LayoutDocument,
  PutWallDocument,
  SkuDocument,
  WaybillDocument,
} from './label-document.ts'
import type { LayoutKind } from './label-layout.ts'
import type { Symbology } from './label-model.ts'

/**
 * The fields that a layout may place, and what a document puts into each of them (LBL-1). The words on labels are
 * Chinese terms; the editor's names for the fields are the renderer's.
 */

/** `text`: one line; `block`: lines that wrap; `bars`: Code 128, as QR where it is too long; `qr`: always QR. */
export type FieldType = 'text' | 'block' | 'bars' | 'qr'

export interface FieldSpec {
  readonly field: string
  readonly type: FieldType
  /** False: without it the label would be of no use (its code) or would mislead (the mark of a reprint). */
  readonly hideable: boolean
  /** `framed`: in a box that is drawn when there is something in it; `faint`: grey, behind the rest. */
  readonly look?: 'framed' | 'faint'
  /** Widest module of its bars. */
  readonly maxModuleUm?: number
}

/** What stands in a field; `lines` break where they end, and wrap besides. */
export type FieldValue =
  | { readonly value: 'text'; readonly text: string }
  | { readonly value: 'lines'; readonly lines: readonly string[] }
  | { readonly value: 'code'; readonly code: string; readonly symbology: Symbology }

const text = (field: string): FieldSpec => ({ field, type: 'text', hideable: true })
const block = (field: string): FieldSpec => ({ field, type: 'block', hideable: true })

/** Fields of each kind, codes that must be there first. */
export const FIELDS_OF: Readonly<Record<LayoutKind, readonly FieldSpec[]>> = {
  waybill: [
    { field: 'waybillBars', type: 'bars', hideable: false, maxModuleUm: 375 },
    { field: 'stubBars', type: 'bars', hideable: true, maxModuleUm: 375 },
    { field: 'waybillQr', type: 'qr', hideable: true },
    { field: 'mark', type: 'text', hideable: false, look: 'framed' },
    { field: 'sampleMark', type: 'text', hideable: true, look: 'faint' },
    { field: 'stubSampleMark', type: 'text', hideable: true, look: 'faint' },
    ...['courierName', 'printedAt', 'pieceCount', 'weight', 'sortCode', 'waybillNumber'].map(text),
    ...['destinationTerm', 'destination', 'recipientTerm', 'recipientName', 'recipientPhone'].map(text),
    block('recipientAddress'),
    ...['senderTerm', 'senderName', 'senderPhone'].map(text),
    block('senderAddress'),
    ...['signerTerm', 'signedAtTerm', 'stubNumber', 'stubRecipientTerm'].map(text),
    block('stubRecipient'),
    ...['contentsTerm', 'contentsCount'].map(text),
    ...['contents', 'remark'].map(block),
    ...['packer', 'stubPieceCount', 'stubWeight'].map(text),
  ],
  sku: [
    { field: 'codeBars', type: 'bars', hideable: false, maxModuleUm: 375 },
    { field: 'codeQr', type: 'qr', hideable: true },
    block('name'),
    ...['variant', 'colourSize', 'measure', 'code', 'skuCode'].map(text),
  ],
  bin: [
    { field: 'codeBars', type: 'bars', hideable: false, maxModuleUm: 500 },
    { field: 'codeQr', type: 'qr', hideable: true },
    ...['code', 'kindName', 'category'].map(text),
  ],
  carton: [
    { field: 'ssccBars', type: 'bars', hideable: false, maxModuleUm: 500 },
    { field: 'waybillQr', type: 'qr', hideable: true },
    { field: 'mark', type: 'text', hideable: false, look: 'framed' },
    { field: 'sampleMark', type: 'text', hideable: true, look: 'faint' },
    ...['ssccTerm', 'sscc', 'fromTerm'].map(text),
    block('from'),
    text('toTerm'),
    block('to'),
    ...['cartonOf', 'waybillNumber', 'weight', 'printedAt', 'contentsTerm', 'contentsCount'].map(text),
    ...['contents', 'orders'].map(block),
  ],
  'put-wall': [
    { field: 'codeBars', type: 'bars', hideable: false, maxModuleUm: 375 },
    { field: 'codeQr', type: 'qr', hideable: true },
    ...['slot', 'wall', 'code'].map(text),
  ],
}

/** The field's nature, undefined when the kind has no such field. */
export function fieldSpec(kind: LayoutKind, field: string): FieldSpec | undefined {
  return FIELDS_OF[kind].find((spec) => spec.field === field)
}

/** What the document puts into each field of its kind. */
export function fieldValues(document: LayoutDocument): Readonly<Record<string, FieldValue>> {
  switch (document.kind) {
    case 'waybill':
      return waybillValues(document)
    case 'sku':
      return skuValues(document)
    case 'bin':
      return binValues(document)
    case 'carton':
      return cartonValues(document)
    case 'put-wall':
      return putWallValues(document)
  }
}

const words = (value: string): FieldValue => ({ value: 'text', text: value })
const lines = (...values: readonly (string | undefined)[]): FieldValue => ({
  value: 'lines',
  lines: values.flatMap((value) => (value ? [value] : [])),
})
const code128 = (code: string): FieldValue => ({ value: 'code', code, symbology: 'code128' })

function waybillValues(waybill: WaybillDocument): Readonly<Record<string, FieldValue>> {
  const { recipient, sender, sample } = waybill
  const number = code128(waybill.waybillNumber)
  const grouped = words(groupDigits(waybill.waybillNumber))
  const pieces = words(`件数 ${waybill.pieceCount}`)
  const weight = words(`重量 ${weightText(waybill.weightGrams)}`)
  const mark = [sample ? '样张' : '', waybill.copy > 0 ? `补打 ${waybill.copy}` : '']
  const sampleMark = words(sample ? '样张样张' : '')
  return {
    waybillBars: number,
    stubBars: number,
    waybillQr: number,
    mark: words(mark.filter(Boolean).join(' ')),
    sampleMark,
    stubSampleMark: sampleMark,
    courierName: words(waybill.courierName || waybill.courierCode),
    printedAt: words(waybill.printedAt),
    pieceCount: pieces,
    weight,
    // Without a sort code the destination takes its place.
    sortCode: words(waybill.sortCode || waybill.destination),
    waybillNumber: grouped,
    destinationTerm: words('目的地'),
    destination: words(waybill.destination),
    recipientTerm: words('收'),
    recipientName: words(recipient.name),
    recipientPhone: words(recipient.phone),
    recipientAddress: addressLines(recipient),
    senderTerm: words('寄'),
    senderName: words(sender.name),
    senderPhone: words(sender.phone),
    senderAddress: addressLines(sender),
    signerTerm: words('签收人'),
    signedAtTerm: words('时间'),
    stubNumber: grouped,
    stubRecipientTerm: words('收'),
    stubRecipient: words([recipient.name, recipient.phone, recipient.address].filter(Boolean).join('  ')),
    ...contentValues(waybill.items),
    remark: words(
      [`订单 ${waybill.orderNumbers.join(' ')}`, waybill.note ? `备注 ${waybill.note}` : '']
        .filter(Boolean)
        .join('｜'),
    ),
    packer: words(`打包 ${waybill.packerName || '—'}`),
    stubPieceCount: pieces,
    stubWeight: weight,
  }
}

const addressLines = (party: LabelParty): FieldValue =>
  lines(party.company, [party.address, party.postcode ?? ''].filter(Boolean).join('  '))

/** The count stands apart, so that it stays readable where a long list is cut. */
function contentValues(items: WaybillDocument['items']): Readonly<Record<string, FieldValue>> {
  const pieces = items.reduce((sum, item) => sum + item.quantity, 0)
  return {
    contentsTerm: words('货品清单'),
    contentsCount: words(`共 ${items.length} 款 ${pieces} 件`),
    contents: words(
      items.map((item) => (item.quantity > 1 ? `${item.text}×${item.quantity}` : item.text)).join(';'),
    ),
  }
}

function skuValues(sku: SkuDocument): Readonly<Record<string, FieldValue>> {
  const colourSize = [sku.colour, sku.size].filter(Boolean).join(' / ')
  const measure = sku.measure ? `${sku.measure.name} ${(sku.measure.millimetres / 10).toFixed(1)} cm` : ''
  return {
    codeBars: code128(sku.code),
    codeQr: code128(sku.code),
    name: words(sku.name),
    variant: words([colourSize, measure].filter(Boolean).join('  ')),
    colourSize: words(colourSize),
    measure: words(measure),
    code: words(sku.code),
    // The SKU's own code only where it differs from the scanned one.
    skuCode: words(sku.skuCode === sku.code ? '' : sku.skuCode),
  }
}

function binValues(bin: BinDocument): Readonly<Record<string, FieldValue>> {
  return {
    codeBars: code128(bin.code),
    codeQr: code128(bin.code),
    code: words(bin.code),
    kindName: words(bin.kindName),
    category: words(bin.category),
  }
}

function cartonValues(carton: CartonDocument): Readonly<Record<string, FieldValue>> {
  const sscc = parseSscc(carton.sscc)
  return {
    // A wrong check digit makes no bars at all, so that nobody books a carton that does not exist.
    ssccBars: { value: 'code', code: sscc === null ? carton.sscc : `00${sscc}`, symbology: 'gs1-128' },
    waybillQr: code128(carton.waybillNumber),
    mark: words(carton.sample ? '样张' : ''),
    sampleMark: words(carton.sample ? '样张样张' : ''),
    ssccTerm: words('SSCC'),
    sscc: words(sscc === null ? carton.sscc : groupSscc(sscc)),
    fromTerm: words('发'),
    from: words(carton.from),
    toTerm: words('收'),
    to: words(carton.to),
    cartonOf: words(`第 ${carton.number} 箱 / 共 ${carton.count} 箱`),
    waybillNumber: words(carton.waybillNumber === '' ? '' : `运单 ${groupDigits(carton.waybillNumber)}`),
    weight: words(`重量 ${weightText(carton.weightGrams)}`),
    printedAt: words(carton.printedAt),
    ...contentValues(carton.items),
    orders: words(`订单 ${carton.orderNumbers.join(' ')}`),
  }
}

function putWallValues(wall: PutWallDocument): Readonly<Record<string, FieldValue>> {
  return {
    codeBars: code128(wall.code),
    codeQr: code128(wall.code),
    slot: words(wall.slot),
    wall: words(wall.wall),
    code: words(wall.code),
  }
}

/** `YT 8800 1234 5678 9`: digits in fours, letters as they stand; longer than 16 stays close. */
function groupDigits(number: string): string {
  if (number.length > 16) return number
  return number.replace(/\d+/g, (digits) => ` ${digits.replace(/\d{4}(?=\d)/g, '$& ')} `).trim()
}

/** `(00) 0 9528765 432101234 6`: extension digit, company prefix of seven, serial reference, check digit. */
const groupSscc = (sscc: string): string =>
  `(00) ${sscc.slice(0, 1)} ${sscc.slice(1, 8)} ${sscc.slice(8, 17)} ${sscc.slice(17)}`

function weightText(weightGrams: number | null): string {
  return weightGrams === null ? '—' : `${(weightGrams / 1000).toFixed(3)} kg`
}
