import type { BarsItem, LabelItem } from '../label-model.ts'

/**
 * Bars that the printer may set itself. Its command lines know characters of their own (`^ ~ > " \\`), and makers
 * differ in how these are escaped; so a value goes into a command only when it has nothing but these plain characters,
 * and every other one is drawn dot by dot. What stands in a command can thus never be one.
 */
const PLAIN_VALUE = /^[0-9A-Za-z ./+$%*-]{1,80}$/

/** True for bars whose value may stand in a command. */
export function isPrinterBars(item: LabelItem): item is BarsItem {
  return item.item === 'bars' && PLAIN_VALUE.test(item.value)
}
