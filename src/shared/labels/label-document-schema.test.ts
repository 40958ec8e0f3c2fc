import { describe, expect, it } from 'vitest'
import type { LabelDocument } from './label-document.ts'
import { LabelDocumentSchema } from './label-document-schema.ts'
import { SAMPLE_LIST, SAMPLES } from './label-samples.test-support.ts'

const party = { name: '张*', company: 'A', phone: '1', address: 'B', postcode: '311121' }

/** Each kind with every key that it may have. */
const DOCUMENTS: readonly LabelDocument[] = [
  { ...SAMPLES.waybill, recipient: party, sender: party, note: '快' },
  { ...SAMPLES.sku, measure: { name: '腰围', millimetres: 772.5 } },
  SAMPLES.bin,
  SAMPLES.carton,
  SAMPLES['put-wall'],
  ...(['goods-in-note', 'handover-list', 'pick-slip', 'exchange-list', 'delivery-note'] as const).map(
    (list) => ({
      ...SAMPLE_LIST,
      list,
    }),
  ),
  { kind: 'control-sheet', title: '控制条码', codes: [{ code: 'CMD-NEW', words: '新' }] },
  { kind: 'courier-label', language: 'tspl', base64: 'Q0xTDQo=', waybillNumber: 'SF1' },
]

describe('LabelDocumentSchema', () => {
  it.each(DOCUMENTS.map((document) => [document.kind, document] as const))(
    'LBL-1 takes a %s whole',
    (_, document) => expect(LabelDocumentSchema.parse(document)).toEqual(document),
  )

  it.each<[string, unknown]>([
    ['no document', null],
    ['an unknown kind', { kind: 'poster' }],
    ['a text of more than 2,000 characters', { ...SAMPLES.bin, category: 'x'.repeat(2001) }],
    ['a missing key', { ...SAMPLES.bin, code: undefined }],
    [
      '501 items',
      { ...SAMPLES.waybill, items: Array.from({ length: 501 }, () => ({ text: 'a', quantity: 1 })) },
    ],
    ['a weight that is no number', { ...SAMPLES.waybill, weightGrams: Number.NaN }],
    ['a column without width', { ...SAMPLE_LIST, columns: [{ title: 'a', weight: 0, align: 'left' }] }],
    [
      'thirty-one facts',
      { ...SAMPLE_LIST, facts: Array.from({ length: 31 }, () => ({ name: 'a', value: 'b' })) },
    ],
    ['bytes that are no base64', { ...DOCUMENTS.at(-1), base64: '^XA' }],
  ])('LBL-1 refuses %s', (_, document) => {
    expect(LabelDocumentSchema.safeParse(document).success).toBe(false)
  })

  it('LBL-1 takes 2,000 characters and drops what it does not know', () => {
    const category = '裤'.repeat(2000)
    expect(LabelDocumentSchema.parse({ ...SAMPLES.bin, category, script: 'x' })).toEqual({
      ...SAMPLES.bin,
      category,
    })
  })
})
