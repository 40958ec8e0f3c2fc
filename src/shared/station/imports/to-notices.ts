import { groupBy } from '../../base/group-by.ts'
import { normaliseCode } from '../../base/text.ts'
import type { NoticeRecord } from '../../formats/records.ts'
import type { NoticeRow } from '../tables.ts'
import { cutText } from './limits.ts'

/**
 * The notices of a file (RCV-1), in its order: rows of one number are one notice. The number is kept in its comparing
 * form, which is what a scan brings. A supplier on any row names the supplier of all.
 */
export function toNotices(records: Iterable<NoticeRecord>): Omit<NoticeRow, 'stamp'>[] {
  const groups = groupBy(records, (record) => cutText(normaliseCode(record.noticeNo), 80))
  return [...groups].map(([noticeNo, rows]) => ({
    noticeNo,
    supplier: cutText(rows.find((row) => row.supplier !== '')?.supplier ?? '', 120),
    lines: rows.map(({ skuKey, quantity, priceFen }) => ({ skuCode: skuKey, quantity, priceFen })),
  }))
}
