import { err, ok, type Result } from '../../base/result.ts'
import { normaliseCode } from '../../base/text.ts'
import { courierCodeOf } from '../../domain/shipping/couriers.ts'
import type { WaybillRecord } from '../../formats/records.ts'
import type { PoolNumber } from '../commands/command.ts'
import { cutText, longField, type Misfit } from './limits.ts'

/**
 * A row of a pool file as the station keeps it (LBL-5). A courier named in words is kept by its code. The place in the
 * pool is the moment of the import (epoch ms) plus the row: file order within a file, and behind earlier pools unless
 * one of those had more rows than milliseconds have gone by since, which changes the order of use and nothing else.
 */
export function toPoolNumber(
  record: WaybillRecord,
  place: { readonly importedAt: number; readonly index: number },
): Result<PoolNumber, Misfit> {
  const courier = courierCodeOf(normaliseCode(record.courier)) ?? normaliseCode(record.courier)
  const misfit = longField([
    ['courier', courier, 20],
    ['number', record.numberKey, 60],
  ])
  if (misfit) return err(misfit)
  const position = place.importedAt + place.index
  return ok({ courier, number: record.numberKey, sortCode: cutText(record.sortCode, 60), position })
}
