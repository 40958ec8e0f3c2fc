import { block, code, defineLayout, frame, rule, text } from './define-layout.ts'

const SMALL = { size: 2.7, min: 2 } as const
const line = (y: number, thickness: number) => rule(3, y, 94, thickness)

/**
 * 面单, 100 × 180 mm: the courier's part of 110 mm above the perforation, the contents below (formats.md). Nothing is
 * printed across the perforation.
 */
export const WAYBILL_100X180 = defineLayout({
  layoutId: 'waybill-100x180',
  kind: 'waybill',
  width: 100,
  height: 180,
  fields: [
    text('courierName', [5, 3.5, 48, 12.5], { size: 8, min: 3.5, bold: true }),
    text('mark', [54, 5.6, 17, 8], { size: 4.2, min: 2.2, bold: true, align: 'center' }),
    text('printedAt', [72, 4.4, 23, 3.5], { ...SMALL, align: 'right' }),
    text('pieceCount', [72, 8, 23, 3.5], { ...SMALL, align: 'right' }),
    text('weight', [72, 11.6, 23, 3.5], { ...SMALL, align: 'right' }),
    text('sortCode', [5, 16.5, 90, 20], { size: 16, min: 4, bold: true, align: 'center' }),
    code('waybillBars', [3.5, 39, 93, 15]),
    text('waybillNumber', [5, 54.6, 90, 5], { size: 4.6, min: 2.5, bold: true, align: 'center' }),
    text('destinationTerm', [5, 61, 9, 8], { size: 2.6 }),
    text('destination', [15, 61, 80, 8], { size: 6, min: 2.6, bold: true }),
    text('recipientTerm', [3, 69, 9, 23], { size: 6, bold: true, align: 'center' }),
    text('recipientName', [14, 70, 45.5, 5.4], { size: 5, min: 2.2, bold: true }),
    text('recipientPhone', [61, 70, 34, 5.4], { size: 5, min: 2.2, bold: true, align: 'right' }),
    block('recipientAddress', [14, 76, 81, 15.4], { size: 4.35, min: 1.9 }),
    text('senderTerm', [3, 92, 9, 15], { size: 4.4, bold: true, align: 'center' }),
    text('senderName', [14, 92.8, 28.6, 3.4], { size: 3, min: 2.2, bold: true }),
    text('senderPhone', [44, 92.8, 22, 3.4], { size: 3, min: 2.2, bold: true, align: 'right' }),
    block('senderAddress', [14, 96.7, 52, 9.8], { size: 2.6, min: 1.9 }),
    text('signerTerm', [68, 92.8, 28, 3], { size: 2.6 }),
    text('signedAtTerm', [68, 103.2, 28, 3], { size: 2.6 }),
    text('sampleMark', [3, 69, 94, 23], { size: 21, bold: true, align: 'center' }),
    code('stubBars', [3.5, 114.6, 73, 11.5]),
    text('stubNumber', [5, 126.6, 70, 4], { size: 3.4, min: 2, bold: true, align: 'center' }),
    code('waybillQr', [78, 113.4, 18.5, 18.5]),
    text('stubRecipientTerm', [5, 132.5, 5, 8.4], { size: 3.4, bold: true }),
    block('stubRecipient', [10.5, 132.5, 84.5, 8.4], { size: 3, min: 1.9, vertical: 'middle' }),
    text('contentsTerm', [5, 142, 30, 3.4], { size: 2.7, bold: true }),
    text('contentsCount', [45, 142, 50, 3.4], { ...SMALL, bold: true, align: 'right' }),
    block('contents', [5, 146, 90, 18.4], { size: 3.4, min: 1.9 }),
    block('remark', [5, 165.4, 90, 5.6], { size: 2.6, min: 1.9, vertical: 'middle' }),
    text('packer', [5, 171.4, 34, 5.2], SMALL),
    text('stubPieceCount', [41, 171.4, 16, 5.2], SMALL),
    text('stubWeight', [58, 171.4, 37, 5.2], { ...SMALL, align: 'right' }),
    text('stubSampleMark', [3, 142, 94, 23], { size: 21, bold: true, align: 'center' }),
  ],
  rules: [
    frame([3, 3, 94, 104], 0.5),
    line(16, 0.25),
    line(37, 0.5),
    line(60.5, 0.5),
    line(69, 0.25),
    line(92, 0.25),
    rule(12, 69, 0.25, 38),
    rule(67, 92, 0.25, 15),
    rule(68, 102.4, 28, 0.15),
    frame([3, 113, 94, 64], 0.5),
    line(132, 0.25),
    line(141.4, 0.25),
    line(165, 0.25),
    line(171.2, 0.25),
  ],
})
