import { common as commonEn } from './en/common.ts'
import { couriers as couriersEn } from './en/couriers.ts'
import { data as dataEn } from './en/data.ts'
import { evidence as evidenceEn } from './en/evidence.ts'
import { labels as labelsEn } from './en/labels.ts'
import { office as officeEn } from './en/office.ts'
import { orders as ordersEn } from './en/orders.ts'
import { shell as shellEn } from './en/shell.ts'
import { start as startEn } from './en/start.ts'
import { dispatch as dispatchEn } from './en/dispatch.ts'
import { floor as floorEn } from './en/floor.ts'
import { picking as pickingEn } from './en/picking.ts'
import { printing as printingEn } from './en/printing.ts'
import { safety as safetyEn } from './en/safety.ts'
import { scales as scalesEn } from './en/scales.ts'
import { sync as syncEn } from './en/sync.ts'
import { common as commonZh } from './zh-CN/common.ts'
import { couriers as couriersZh } from './zh-CN/couriers.ts'
import { data as dataZh } from './zh-CN/data.ts'
import { evidence as evidenceZh } from './zh-CN/evidence.ts'
import { labels as labelsZh } from './zh-CN/labels.ts'
import { office as officeZh } from './zh-CN/office.ts'
import { orders as ordersZh } from './zh-CN/orders.ts'
import { shell as shellZh } from './zh-CN/shell.ts'
import { start as startZh } from './zh-CN/start.ts'
import { dispatch as dispatchZh } from './zh-CN/dispatch.ts'
import { floor as floorZh } from './zh-CN/floor.ts'
import { picking as pickingZh } from './zh-CN/picking.ts'
import { printing as printingZh } from './zh-CN/printing.ts'
import { safety as safetyZh } from './zh-CN/safety.ts'
import { scales as scalesZh } from './zh-CN/scales.ts'
import { sync as syncZh } from './zh-CN/sync.ts'

/** Every word a person reads, by language and area. An area is one file per language. */
export const resources = {
  'zh-CN': {
    common: commonZh,
    couriers: couriersZh,
    data: dataZh,
    dispatch: dispatchZh,
    evidence: evidenceZh,
    floor: floorZh,
    labels: labelsZh,
    office: officeZh,
    orders: ordersZh,
    picking: pickingZh,
    printing: printingZh,
    safety: safetyZh,
    scales: scalesZh,
    shell: shellZh,
    start: startZh,
    sync: syncZh,
  },
  en: {
    common: commonEn,
    couriers: couriersEn,
    data: dataEn,
    dispatch: dispatchEn,
    evidence: evidenceEn,
    floor: floorEn,
    labels: labelsEn,
    office: officeEn,
    orders: ordersEn,
    picking: pickingEn,
    printing: printingEn,
    safety: safetyEn,
    scales: scalesEn,
    shell: shellEn,
    start: startEn,
    sync: syncEn,
  },
} as const

/** The languages the station speaks. */
export type Language = keyof typeof resources
