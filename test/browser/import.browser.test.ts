import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StationApp } from '../../src/renderer/app/station-app.ts'
import { openStationDatabase, type StationDatabase } from '../../src/renderer/data/station-database.ts'
import { exportBytes } from '../../src/renderer/features/exports/export-bytes.ts'
import { readExport } from '../../src/renderer/features/exports/export-rows.ts'
import { encodeGb18030 } from '../../src/renderer/features/exports/gb18030.ts'
import type {
  ImportPreview,
  ImportResult,
  StationImportKind,
} from '../../src/renderer/features/imports/import-protocol.ts'
import {
  cancelImport,
  changeMapping,
  chooseFiles,
  goOnWithImport,
  useImport,
} from '../../src/renderer/features/imports/import-store.ts'
import { DEFAULT_SHOP_CLOCK } from '../../src/shared/domain/orders/deadline.ts'

let database: StationDatabase
let station: StationApp

beforeEach(async () => {
  database = openStationDatabase(`import-test-${crypto.randomUUID()}`)
  await database.open()
  const identity = { stationId: 'st', generation: 'g1', warehouseId: 'main' }
  const shop = { name: '', phone: '', address: '' }
  const env = {
    identity,
    stationCode: 'T1',
    shopClock: DEFAULT_SHOP_CLOCK,
    shop,
    sample: false,
    newId: () => crypto.randomUUID(),
  }
  // What the import store takes of a station; screens are not part of this test.
  station = { database, env } as unknown as StationApp
})

afterEach(async () => {
  useImport.setState({ state: { phase: 'idle' }, refusedWhileBusy: false })
  await database.delete()
})

async function phase<P extends string>(wanted: P) {
  await expect.poll(() => useImport.getState().state.phase, { timeout: 20_000 }).toBe(wanted)
  return useImport.getState().state
}

async function preview(kind: StationImportKind, ...files: File[]): Promise<ImportPreview> {
  chooseFiles(station, kind, files)
  const state = await phase('preview')
  if (state.phase !== 'preview') throw new Error('no preview')
  return state.preview
}

async function finish(): Promise<ImportResult> {
  goOnWithImport()
  const state = await phase('done')
  if (state.phase !== 'done') throw new Error('no result')
  return state.result
}

async function take(kind: StationImportKind, ...files: File[]): Promise<ImportResult> {
  await preview(kind, ...files)
  return finish()
}

const counts = ({ accepted, unchanged, refused, waiting }: ImportResult) => [
  accepted,
  unchanged,
  refused,
  waiting.orders + waiting.items,
]

const csv = (name: string, ...lines: string[]) => new File([`${lines.join('\r\n')}\r\n`], name)
const gb = (name: string, ...lines: string[]) => new File([encodeGb18030(`${lines.join('\r\n')}\r\n`)], name)

const PAID = '买家已付款，等待卖家发货'
const orderFile = (...rows: [number: string, status: string][]) =>
  gb(
    'ExportOrderList.csv',
    '"订单编号","买家会员名","总金额","买家实际支付金额","订单状态","买家留言","收货人姓名","收货地址 ","联系手机","订单创建时间","订单付款时间 ","宝贝总数量"',
    ...rows.map(
      ([number, status]) =>
        `"=""${number}""","tb","10.00","10.00","${status}","","张三","江苏省 苏州市 昆山市 和平路3号(215300)","'13800001111","2026-10-01 09:00:00","2026-10-01 09:05:00","1"`,
    ),
  )
const itemFile = (...rows: [number: string, sku: string, status?: string][]) =>
  gb(
    'ExportOrderDetailList.csv',
    '"订单编号","标题","价格","购买数量","外部系统编号","商品属性","套餐信息","备注","订单状态","商家编码"',
    ...rows.map(
      ([number, sku, status = PAID]) =>
        `"=""${number}""","牛仔裤","10.00","1","","","","","${status}","${sku}"`,
    ),
  )
const N1 = '1930000000000001'
const N2 = '1930000000000002'
const orderOf = async (number: string) => (await database.orders.get(`taobao/${number}`))?.platform

const CATALOGUE = '商家编码,货号,商品名称,类目,颜色,尺码,条形码,重量(克)'
const skuRow = (index: number, more = '') => `S-${index}${more},S,裤子,裤,蓝,31,,500`

describe('master data', () => {
  it('CAT-6 a catalogue is taken in, twice changes nothing, and refused rows are named with their cells', async () => {
    const file = csv(
      'goods.csv',
      CATALOGUE,
      skuRow(1),
      skuRow(2),
      'S-3,S,最好的裤子,裤,蓝,31,,500',
      skuRow(4),
    )
    const first = await take('catalogue', file)
    expect(counts(first)).toEqual([3, 0, 1, 0])
    expect(first.refusedFiles[0]?.rows[0]).toMatchObject({
      refusal: { line: 4, field: 'name', reason: 'absoluteClaim' },
      cells: ['S-3', 'S', '最好的裤子', '裤', '蓝', '31', '', '500'],
    })
    expect(await database.skus.count()).toBe(3)
    expect(counts(await take('catalogue', file))).toEqual([0, 3, 1, 0])
    const changed = csv('goods.csv', CATALOGUE, skuRow(1), 'S-2,S,长裤,裤,蓝,31,,500')
    expect(counts(await take('catalogue', changed))).toEqual([1, 1, 0, 0])
  })

  it('CAT-4 a barcode that another SKU of the station owns is refused', async () => {
    const row = (code: string) => `${code},S,裤子,裤,蓝,31,6901000000004,500`
    await take('catalogue', csv('a.csv', CATALOGUE, row('S-1')))
    const second = await take('catalogue', csv('b.csv', CATALOGUE, row('S-9'), skuRow(2)))
    expect(counts(second)).toEqual([1, 0, 1, 0])
    expect(second.refusedFiles[0]?.rows[0]?.refusal).toMatchObject({ line: 2, reason: 'duplicateBarcode' })
  })

  it('PUT-1, RCV-1, LBL-5 bins, notices and numbers are taken in once', async () => {
    const bins = csv('bins.csv', '货位,类型,容量,类目', 'A-01,拣货,10,裤', 'A-02,存储,,')
    const notice = csv('po.csv', '采购单号,供应商,商家编码,数量', 'PO-1,久久,S-1,3', 'PO-1,久久,S-2,2')
    const pool = csv(
      'pool.csv',
      'courier,waybill_no,sort_code',
      'STO,773020000000002,9',
      'STO,773020000000001,9',
    )
    for (const [kind, file] of [
      ['bins', bins],
      ['notice', notice],
      ['waybills', pool],
    ] as const) {
      expect(counts(await take(kind, file))).toEqual([2, 0, 0, 0])
      expect(counts(await take(kind, file))).toEqual([0, 2, 0, 0])
    }
    const numbers = await database.waybills.orderBy('[freeFor+position]').toArray()
    expect(numbers.map((row) => row.number)).toEqual(['773020000000002', '773020000000001'])
    expect((await database.notices.get('PO-1'))?.lines).toHaveLength(2)
  })

  it('Files: what does not belong here is named, and nothing is stored', async () => {
    const png = new File([Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a])], 'photo.csv')
    const { files } = await preview(
      'catalogue',
      png,
      orderFile([N1, PAID]),
      csv('x.csv', '甲,乙', '1,2'),
      new File([], 'e.csv'),
    )
    expect(files.map((file) => file.problem)).toEqual([
      { tag: 'notText', looksLike: 'picture' },
      { tag: 'wrongKind', found: 'taobao-orders' },
      { tag: 'missingColumns', columns: ['商家编码', '商品名称'] },
      { tag: 'empty' },
    ])
    cancelImport()
    expect(await database.records.count()).toBe(0)
  })

  it('Long work: a stopped import keeps what it took in, says so, and the rest comes later', async () => {
    const lines = Array.from({ length: 4000 }, (_, index) => skuRow(index))
    await preview('catalogue', csv('many.csv', CATALOGUE, ...lines))
    goOnWithImport()
    await expect
      .poll(() => {
        const { state } = useImport.getState()
        return state.phase === 'importing' && state.done > 0
      })
      .toBe(true)
    cancelImport()
    const state = await phase('done')
    if (state.phase !== 'done') throw new Error('no result')
    const { cancelled, accepted } = state.result
    expect(cancelled).toEqual({ done: accepted, total: 4000 })
    expect(await database.skus.count()).toBe(accepted)
    expect(accepted).toBeLessThan(4000)
    expect(counts(await take('catalogue', csv('many.csv', CATALOGUE, ...lines)))).toEqual([
      4000 - accepted,
      accepted,
      0,
      0,
    ])
  })
})

describe('orders', () => {
  it('ORD-1 Taobao orders and items chosen together; again changes nothing', async () => {
    const files = [orderFile([N1, PAID], [N2, PAID]), itemFile([N2, 'S-2'], [N1, 'S-1'])]
    expect(counts(await take('orders', ...files))).toEqual([2, 0, 0, 0])
    expect(await orderOf(N1)).toMatchObject({
      status: 'paid',
      encoding: 'gb18030',
      lines: [{ skuCode: 'S-1' }],
    })
    expect(await database.recipients.count()).toBe(2)
    expect(counts(await take('orders', ...files))).toEqual([0, 2, 0, 0])
  })

  it('ORD-1 each half waits for the other, whichever comes first', async () => {
    const { halves } = await preview('orders', orderFile([N1, PAID]))
    expect(halves).toEqual({ ordersAlone: 1, itemsAlone: 0 })
    expect(counts(await finish())).toEqual([0, 0, 0, 1])
    expect(await orderOf(N1)).toBeUndefined()
    const second = await take('orders', itemFile([N1, 'S-1'], [N2, 'S-2']))
    expect(counts(second)).toEqual([1, 0, 0, 1])
    expect(await orderOf(N1)).toMatchObject({ lines: [{ skuCode: 'S-1' }] })
    expect(counts(await take('orders', orderFile([N2, PAID])))).toEqual([1, 0, 0, 0])
    expect(await database.staged.count()).toBe(0)
  })

  it('ORD-2 a newer order file alone moves the status; an older one of before does not bring it back', async () => {
    const old = orderFile([N1, PAID], [N2, PAID])
    const items = itemFile([N1, 'S-1'], [N2, 'S-2'])
    await take('orders', old, items)
    const newer = orderFile([N1, '交易关闭'], [N2, PAID])
    expect(counts(await take('orders', newer))).toEqual([1, 1, 0, 0])
    expect(await orderOf(N1)).toMatchObject({ status: 'closed', lines: [{ skuCode: 'S-1' }] })
    expect(counts(await take('orders', old, items))).toEqual([0, 2, 0, 0])
    expect((await orderOf(N1))?.status).toBe('closed')
    await take('orders', orderFile([N1, '交易关闭'], [N2, '卖家已发货，等待买家确认']))
    expect((await orderOf(N2))?.status).toBe('shipped')
    expect(counts(await take('orders', old, items))).toEqual([0, 2, 0, 0])
    expect((await orderOf(N2))?.status).toBe('shipped')
  })

  it('ORD-2 a newer item file alone puts a line under refund and lifts it again', async () => {
    await take('orders', orderFile([N1, PAID]), itemFile([N1, 'S-1']))
    expect(counts(await take('orders', itemFile([N1, 'S-1', '退款中'])))).toEqual([1, 0, 0, 0])
    expect((await orderOf(N1))?.status).toBe('refunding')
    expect(counts(await take('orders', orderFile([N1, PAID])))).toEqual([0, 1, 0, 0])
    expect((await orderOf(N1))?.status).toBe('refunding')
    await take('orders', itemFile([N1, 'S-1', PAID], [N2, 'S-2']))
    expect((await orderOf(N1))?.status).toBe('paid')
  })

  it('ORD-1 an unknown table is mapped once and remembered', async () => {
    const file = () => csv('own.csv', '单子,货,数量,收货人', 'X-1,S-1,2,李四', 'X-1,S-2,1,李四')
    const first = await preview('orders', file())
    expect(first.files[0]?.mapping?.missing).toEqual(['number', 'skuCode'])
    changeMapping('0', { ...first.files[0]?.mapping?.mapping, number: '单子', skuCode: '货' })
    await expect
      .poll(() => {
        const { state } = useImport.getState()
        return state.phase === 'preview' && !state.busy && state.preview.files[0]?.recordCount
      })
      .toBe(1)
    expect(counts(await finish())).toEqual([1, 0, 0, 0])
    const again = await preview('orders', file())
    expect(again.files[0]?.mapping).toMatchObject({ remembered: true, missing: [] })
    expect(counts(await finish())).toEqual([0, 1, 0, 0])
  })
})

describe('workbooks and exports', () => {
  it('CAT-6 an exported workbook is taken in again, long numbers and guarded cells whole', async () => {
    const rows = [
      ['商家编码', '货号', '商品名称', '类目', '颜色', '尺码', '条形码', '重量(克)'],
      ['1930000000000001\t', 'S', '=1+1 裤', '裤', '蓝', '31', '6901000000004', 500],
    ]
    const bytes = await exportBytes({ part: '', encoding: 'utf-8-bom', rows }, 'xlsx')
    const { files } = await preview('catalogue', new File([bytes], 'goods.csv'))
    expect(files[0]).toMatchObject({ encoding: 'xlsx', recordCount: 1, refusedCount: 0 })
    await finish()
    expect(await database.skus.get('1930000000000001')).toMatchObject({
      name: '=1+1 裤',
      barcodes: ['6901000000004'],
      weightGrams: 500,
    })
  })

  it('ORD-9 the shipped file names packed and handed-over parcels by platform, never a voided one', async () => {
    await take('orders', orderFile([N1, PAID]), itemFile([N1, 'S-1']))
    const parcel = (parcelId: string, state: string, at: number) => {
      const finish = {
        parcelId,
        orderIds: [`taobao/${N1}`],
        orderNumbers: [N1],
        source: 'taobao',
        courier: 'STO',
        waybillNumber: `77302000000000${at}`,
        at,
      }
      return { parcelId, state, finish, finishedAt: at, orderIds: finish.orderIds }
    }
    const rows = [parcel('a', 'packed', 1), parcel('b', 'voided', 2), parcel('c', 'handedOver', 3)]
    await database.parcels.bulkPut(rows as never[])
    const request = {
      kind: 'shipped',
      form: 'csv',
      databaseName: database.name,
      since: 0,
      headers: [],
      words: { 'source.taobao': '淘宝' },
      stem: 's',
      utcOffsetMinutes: 480,
    } as const
    const all = await readExport(database, request, () => {})
    expect(all.latest).toBe(3)
    expect(all.tables).toMatchObject([{ part: '淘宝', encoding: 'gb18030' }])
    expect(all.tables[0]?.rows.slice(1).map((row) => row[2])).toEqual([
      '773020000000001\t',
      '773020000000003\t',
    ])
    const later = await readExport(database, { ...request, since: 1 }, () => {})
    expect(later.tables[0]?.rows).toHaveLength(2)
  })
})
