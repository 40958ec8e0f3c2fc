import type { LabelDocument } from '../../../shared/labels/label-document.ts'

/**
 * A label with every kind of item and the words that stand on every waybill, so that all code is compiled and the
 * usual glyphs are drawn before the first parcel.
 */
export const WARM_UP: LabelDocument = {
  kind: 'waybill',
  courierCode: 'YTO',
  courierName: '圆通速递',
  waybillNumber: 'YT0000000000000',
  sortCode: '000-000',
  destination: '杭州转运中心',
  recipient: { name: '张*', phone: '*******0000', address: '浙江省杭州市余杭区文一西路969号*幢*室' },
  sender: { name: '李*', phone: '*******0000', address: '江苏省苏州市工业园区星湖街328号' },
  orderNumbers: ['1234567890'],
  items: [{ text: 'K7001/黑色/32', quantity: 2 }],
  pieceCount: 1,
  weightGrams: 500,
  packerName: '王*',
  printedAt: '2026-01-01 00:00',
  copy: 0,
  sample: false,
}
