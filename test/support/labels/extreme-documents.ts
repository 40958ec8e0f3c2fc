import { BUILT_IN_LAYOUTS } from '../../../src/shared/labels/built-in-layouts.ts'
import type { LabelDocument, LabelParty, LayoutDocument } from '../../../src/shared/labels/label-document.ts'
import type { LabelLayout } from '../../../src/shared/labels/label-layout.ts'
import { createDice, type Dice } from '../../simulation/dice.ts'

/** One label to be printed. */
export interface PrintCase {
  readonly document: LabelDocument
  /** `null`: papers that flow. */
  readonly layout: LabelLayout | null
}

/** A parcel with all that is printed for it, ordinary or at its extremes, by its seed; every layout once. */
export function parcelCases(seed: number): PrintCase[] {
  const dice = createDice(seed)
  const documents: LayoutDocument[] = [
    waybill(dice),
    sku(dice),
    sku(dice),
    bin(dice),
    carton(dice),
    putWall(dice),
  ]
  const labels = BUILT_IN_LAYOUTS.flatMap((layout): PrintCase[] => {
    const document = documents.find(({ kind }) => kind === layout.kind)
    return document === undefined ? [] : [{ document, layout }]
  })
  return [...labels, { document: list(dice), layout: null }, { document: controlSheet(dice), layout: null }]
}

/** Every layout with what most parcels have. */
export function ordinaryCases(): PrintCase[] {
  return BUILT_IN_LAYOUTS.flatMap((layout): PrintCase[] => {
    const sized = layout.layoutId.startsWith('size')
    const document = sized ? MEASURED : ORDINARY.find(({ kind }) => kind === layout.kind)
    return document === undefined ? [] : [{ document, layout }]
  })
}

const PIECE: LayoutDocument = {
  kind: 'sku',
  code: '6901234567892',
  name: '男士直筒休闲西裤',
  colour: '黑色',
  size: '32',
  skuCode: 'K7001/黑色/32',
}
const MEASURED: LayoutDocument = {
  ...PIECE,
  code: 'PB0000123456',
  measure: { name: '腰围', millimetres: 772 },
}
const ORDINARY: readonly LayoutDocument[] = [
  {
    kind: 'waybill',
    courierCode: 'YTO',
    courierName: '圆通速递',
    waybillNumber: 'YT8800123456789',
    sortCode: '571-B03-07 12',
    destination: '杭州转运中心',
    recipient: { name: '张*', phone: '*******5678', address: '浙江省杭州市余杭区文一西路969号*幢*室' },
    sender: {
      name: '李*',
      company: '朝夕裤坊',
      phone: '*******1907',
      address: '江苏省苏州市工业园区星湖街328号',
    },
    orderNumbers: ['20261122-000137'],
    items: [
      { text: '2031/蓝/31', quantity: 1 },
      { text: 'K7001/黑色/32', quantity: 2 },
    ],
    pieceCount: 1,
    weightGrams: 1658,
    packerName: '王小芳',
    note: '放门卫处',
    printedAt: '2026-11-22 14:36',
    copy: 0,
    sample: false,
  },
  PIECE,
  { kind: 'bin', code: 'A-03-02-15', kindName: '拣货位', category: '裤装' },
  {
    kind: 'carton',
    sscc: '095287654321012346',
    from: '朝夕裤坊',
    to: '浙江省杭州市余杭区文一西路969号',
    orderNumbers: ['20261122-000137'],
    waybillNumber: 'YT8800123456789',
    number: 2,
    count: 5,
    items: [{ text: 'K7001/黑色/32', quantity: 24 }],
    weightGrams: 12_400,
    printedAt: '2026-11-22 14:36',
    sample: false,
  },
  { kind: 'put-wall', code: 'SLOT-A-03', slot: 'A-03', wall: '播种墙' },
]

const NAMES = [
  '张*',
  '欧阳**',
  '𠮷龑',
  '',
  'Łukasz O’Brien-Müller',
  'محمد بن *****',
  '😀👨‍👩‍👧 小**',
  '古丽***·买买提',
  '王'.repeat(60),
]
const PHONES = ['*******5678', '', '+44 ****** 1234', '0571-******78']
const ADDRESSES = [
  '浙江省杭州市余杭区文一西路969号*幢*室',
  '',
  '内蒙古自治区呼伦贝尔市鄂伦春自治旗大杨树镇'.repeat(15).slice(0, 300),
  'Unit **, 221B Baker Street, London NW1 6XE, United Kingdom',
  'شارع الملك فهد، الرياض ١٢٣٤',
  '广东省\n深圳市\t南山区 粤海街道 ^XZ~JA"PRINT 1,9"',
]
const NUMBERS = [10, 12, 13, 15, 18, 20, 28, 40]

function party(dice: Dice): LabelParty {
  return {
    name: dice.pick(NAMES),
    ...(dice.chance(0.3)
      ? { company: dice.pick(['朝夕裤坊', '中国（上海）自由贸易试验区某某国际贸易有限责任公司第三分公司']) }
      : {}),
    phone: dice.pick(PHONES),
    address: dice.pick(ADDRESSES),
    ...(dice.chance(0.5) ? { postcode: '311121' } : {}),
  }
}

const digits = (dice: Dice, count: number): string =>
  Array.from({ length: count }, () => String(dice.below(10))).join('')

function code(dice: Dice): string {
  const length = dice.pick(NUMBERS)
  const prefix = dice.pick(['', 'YT', 'SF', 'JDVA', 'EA', 'lp-', '>;', 'A^~"'])
  return (prefix + digits(dice, length)).slice(0, length)
}

function items(dice: Dice): { text: string; quantity: number }[] {
  const count = dice.pick([0, 1, 1, 2, 5, 40])
  return Array.from({ length: count }, (_, index) => ({
    text: dice.pick([
      `K7${index}/藏青色加绒/XXL`,
      '2031/蓝/31',
      `男士直筒休闲西裤${'加长'.repeat(index % 9)}/黑/32`,
    ]),
    quantity: dice.between(1, 12),
  }))
}

function waybill(dice: Dice): LayoutDocument {
  return {
    kind: 'waybill',
    courierCode: 'YTO',
    courierName: dice.pick(['圆通速递', '中国邮政速递物流股份有限公司', 'SF']),
    waybillNumber: code(dice),
    sortCode: dice.pick(['571-B03-07 12', '', '杭州转运中心 07-12-0034-A']),
    destination: dice.pick(['杭州转运中心', '', '龑靐齉爨']),
    recipient: party(dice),
    sender: party(dice),
    orderNumbers: Array.from({ length: dice.pick([0, 1, 1, 9]) }, () => `20261122-${digits(dice, 6)}`),
    items: items(dice),
    pieceCount: dice.between(1, 40),
    weightGrams: dice.chance(0.2) ? null : dice.between(1, 60_000),
    packerName: dice.pick(['王小芳', '', '欧阳娜娜·阿不都热依木']),
    ...(dice.chance(0.3) ? { note: 'a "quoted" note\nin two lines ^FS' } : {}),
    printedAt: '2026-11-22 14:36',
    copy: dice.pick([0, 0, 2]),
    sample: dice.chance(0.15),
  }
}

function sku(dice: Dice): LayoutDocument {
  const measured = dice.chance(0.5)
  return {
    kind: 'sku',
    code: dice.pick([
      '6901234567892',
      'PB0000123456',
      'ABCDEFGHIJKLMNOPQRSTUVW-XYZ',
      '2031-BLU-31',
      '12345678901234567890',
    ]),
    name: dice.pick(['西裤', '男士直筒休闲西裤 春秋款加绒加厚高弹力免烫商务正装长裤']),
    colour: dice.pick(['黑色', '藏青色加绒', '']),
    size: dice.pick(['32', 'XXXL', '170/88A']),
    skuCode: dice.pick(['K7001/黑色/32', '']),
    ...(measured ? { measure: { name: '腰围', millimetres: dice.between(500, 1300) } } : {}),
  }
}

function bin(dice: Dice): LayoutDocument {
  return {
    kind: 'bin',
    code: dice.pick(['A-03-02-15', 'B1', 'RETURNS-AND-QUARANTINE-12']),
    kindName: dice.pick(['拣货位', '退货暂存']),
    category: dice.pick(['裤装', '']),
  }
}

function carton(dice: Dice): LayoutDocument {
  const body = `0${digits(dice, 16)}`
  const sum = Array.from(body).reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1),
    0,
  )
  return {
    kind: 'carton',
    sscc: `${body}${(10 - (sum % 10)) % 10}`,
    from: '朝夕裤坊',
    to: dice.pick(ADDRESSES),
    orderNumbers: [`20261122-${digits(dice, 6)}`],
    waybillNumber: dice.chance(0.5) ? `YT${digits(dice, 13)}` : '',
    number: 1,
    count: dice.between(1, 99),
    items: items(dice),
    weightGrams: dice.chance(0.3) ? null : dice.between(1, 60_000),
    printedAt: '2026-11-22 14:36',
    sample: dice.chance(0.15),
  }
}

function putWall(dice: Dice): LayoutDocument {
  const slot = `A-${digits(dice, 2)}`
  return { kind: 'put-wall', code: `SLOT-${slot}`, slot, wall: dice.pick(['一号墙', '播种墙']) }
}

function list(dice: Dice): LabelDocument {
  return {
    kind: 'list',
    list: dice.pick([
      'goods-in-note',
      'handover-list',
      'pick-slip',
      'exchange-list',
      'delivery-note',
    ] as const),
    title: dice.pick(['入库单', '交接单', '拣货单']),
    number: `GR-20261122-${digits(dice, 4)}`,
    facts: [{ name: '供应商', value: '杭州织造有限公司' }],
    columns: [
      { title: 'SKU', weight: 3, align: 'left' },
      { title: '数量', weight: 1, align: 'right' },
    ],
    rows: Array.from({ length: dice.pick([0, 3, 45]) }, (_, index) => [
      `K70${index} 男士休闲裤`,
      String(index),
    ]),
    totals: ['合计 990 件'],
    signatures: [{ role: '收货', name: '王小芳' }],
    sample: dice.chance(0.2),
  }
}

function controlSheet(dice: Dice): LabelDocument {
  const codes = [
    'CMD-NEW',
    'CMD-CONFIRM',
    'CMD-BACK',
    'CMD-HOLD',
    'CMD-FINISH',
    `QTY-${dice.between(1, 999)}`,
  ]
  return {
    kind: 'control-sheet',
    title: '控制条码',
    codes: codes.map((value) => ({ code: value, words: `指令 ${value.slice(4)}` })),
  }
}
