import { normaliseCode } from '../../../shared/base/text.ts'
import { type ShopClock, shippingDeadline } from '../../../shared/domain/orders/deadline.ts'
import { orderIdOf, type PlatformStatus, type Recipient } from '../../../shared/domain/orders/order.ts'
import type { IncomingOrder } from '../../../shared/station/commands/command.ts'

/** Recipients are invented; the phone numbers lie in ranges that are not given out. */
const PEOPLE: readonly (readonly [name: string, phone: string, place: string, street: string])[] = [
  ['卢晓梅', '17000003373', '江苏省 苏州市 昆山市', '和平路 12 号 3 幢 201 室'],
  ['欧阳静', '17000004418', '浙江省 杭州市 西湖区', '文三路 90 号 5 单元 602 室'],
  ['陈建国', '17000001907', '广东省 广州市 天河区', '体育西路 55 号 1801 房'],
  ['王一诺', '17000002266', '四川省 成都市 武侯区', '科华北路 8 号 2 栋 3 单元 12 楼'],
  ['赵敏', '17000005521', '上海 上海市 徐汇区', '漕溪北路 333 号 1104 室'],
  ['孙浩然', '17000006634', '北京 北京市 朝阳区', '望京街 10 号 2 号楼 905 室'],
  ['周雨桐', '17000007745', '湖北省 武汉市 洪山区', '珞喻路 129 号 教工宿舍 7 栋'],
  ['吴俊杰', '17000008856', '福建省 厦门市 思明区', '湖滨南路 76 号 1503 室'],
  ['郑佳怡', '17000009967', '山东省 青岛市 市南区', '香港中路 30 号 4 单元 401 室'],
  ['冯子轩', '17000001078', '陕西省 西安市 雁塔区', '小寨东路 126 号 1 幢 1202 室'],
]

interface DemoOrder {
  /** Index into the people. */
  readonly to: number
  /** Minutes between the payment and now. */
  readonly paidBefore: number
  readonly lines: readonly (readonly [skuCode: string, quantity: number])[]
  readonly message?: string
  readonly status?: PlatformStatus
}

const order = (to: number, paidBefore: number, ...lines: DemoOrder['lines'][number][]): DemoOrder => ({
  to,
  paidBefore,
  lines,
})

/** A day of a small shop. The first one is late; a jeans order says which waist it wants, another does not. */
const ORDERS: readonly DemoOrder[] = [
  order(2, 2_900, ['2004-奶油-L', 1]),
  { ...order(0, 610, ['2031-深蓝-31', 1]), message: '腰围要77厘米的，不要大' },
  { ...order(1, 580, ['2031-浅蓝-29', 1], ['2004-雾蓝-M', 1]), message: '尽快发货，谢谢' },
  order(3, 540, ['2004-奶油-L', 2], ['2010-琥珀-500ml', 2]),
  order(4, 500, ['2002-碎花-S', 1]),
  order(4, 470, ['2012-雾蓝-350ml', 1]),
  order(5, 455, ['2010-透明-350ml', 4]),
  order(6, 430, ['2004-黑色-XL', 1], ['2004-黑色-L', 1], ['2006-条纹-M', 1]),
  order(7, 400, ['2008-墨绿-M', 1]),
  order(8, 372, ['2004-雾蓝-S', 2]),
  order(9, 351, ['2013-琥珀-均码', 1]),
  { ...order(2, 333, ['2032-黑色-30', 1]), message: '腰围 2尺3' },
  order(1, 300, ['2002-藕粉-M', 1], ['2004-奶油-M', 1]),
  order(3, 284, ['2011-透明-280ml', 2]),
  order(5, 262, ['2004-奶油-S', 1]),
  order(6, 240, ['2008-姜黄-L', 1]),
  order(0, 221, ['2012-奶油-350ml', 2], ['2012-砖红-350ml', 2]),
  order(7, 190, ['2006-条纹-S', 1]),
  order(8, 171, ['2010-薄荷-500ml', 1], ['2010-薄荷-350ml', 1]),
  order(9, 150, ['2004-黑色-M', 3]),
  { ...order(4, 128, ['2013-透明-均码', 1]), message: '易碎，请多包一层' },
  order(2, 96, ['2002-碎花-M', 1]),
  order(5, 64, ['2004-雾蓝-L', 1], ['2004-奶油-L', 1]),
  { ...order(6, 41, ['2031-深蓝-30', 1]), status: 'unpaid' },
  { ...order(3, 700, ['2008-墨绿-S', 1]), status: 'closed' },
]

const STATUS_TEXT: Partial<Record<PlatformStatus, string>> = {
  unpaid: '等待买家付款',
  paid: '买家已付款，等待卖家发货',
  closed: '交易关闭',
}

/** The demo orders as their file would bring them, paid in the hours before `now`. */
export function demoOrders(now: number, clock: ShopClock): IncomingOrder[] {
  return ORDERS.map((demo, index) =>
    incomingOrder(demo, String(1_930_000_000_000_701 + index * 11), now, clock),
  )
}

function incomingOrder(demo: DemoOrder, number: string, now: number, clock: ShopClock): IncomingOrder {
  const status = demo.status ?? 'paid'
  const at = now - demo.paidBefore * 60_000
  const recipient = recipientOf(demo.to, number)
  return {
    recipient,
    platform: {
      orderId: orderIdOf('taobao', number),
      source: 'taobao',
      number,
      status,
      statusText: STATUS_TEXT[status] ?? '',
      createdAt: at - 90_000,
      paidAt: status === 'unpaid' ? null : at,
      deadlineAt: shippingDeadline(at, clock),
      buyer: `tb_demo_${demo.to + 1}`,
      message: demo.message ?? '',
      memo: '',
      personRef: recipient.personRef,
      destination: [recipient.province, recipient.city, recipient.district].join(' '),
      lines: demo.lines.map(([code, quantity], line) => ({
        lineNo: line + 1,
        skuCode: normaliseCode(code),
        title: code,
        attributes: '',
        quantity,
        priceFen: null,
      })),
      totalFen: null,
      encoding: 'gb18030',
      flag: status === 'paid' ? 'red' : 'none',
    },
  }
}

function recipientOf(index: number, number: string): Recipient {
  const [name = '', phone = '', place = '', street = ''] = PEOPLE[index % PEOPLE.length] ?? []
  const [province = '', city = '', district = ''] = place.split(' ')
  const personRef = `demo-${number}`
  const where = { province, city, district, street, postcode: '', country: 'CN' }
  return { personRef, name, company: '', phone, ...where }
}

/** Pieces that the paid orders want, by SKU. */
export function demoDemand(): ReadonlyMap<string, number> {
  const wanted = new Map<string, number>()
  for (const { status = 'paid', lines } of ORDERS)
    for (const [code, quantity] of status === 'paid' ? lines : [])
      wanted.set(normaliseCode(code), (wanted.get(normaliseCode(code)) ?? 0) + quantity)
  return wanted
}
