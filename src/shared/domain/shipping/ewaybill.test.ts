import { describe, expect, it } from 'vitest'
import type { CourierAccount, CourierParty } from '../../protocol/courier-contract.ts'
import { type EwaybillOrder, isIncompleteParty, isMaskedParty, plainPhone } from './ewaybill.ts'
import { KDNIAO, kdniaoText } from './ewaybill-kdniao.ts'
import { KUAIDI100 } from './ewaybill-kuaidi100.ts'
import { senderOf } from './ewaybill-sender.ts'

const PARTY: CourierParty = {
  name: '卢小明',
  company: '',
  phone: '17100003373',
  province: '江苏省',
  city: '苏州市',
  district: '昆山市',
  street: '和平路12号',
  postcode: '',
}
const ORDER: EwaybillOrder = {
  parcelKey: 'K1',
  recipient: PARTY,
  sender: PARTY,
  goods: '牛仔裤',
  quantity: 2,
  weightGrams: 1234,
  remark: '',
}
const payer = (over: Partial<CourierAccount>) => ({
  partnerKey: 'pw',
  account: {
    accountId: 'a1',
    service: 'kuaidi100',
    courier: 'STO',
    url: 'https://api.kuaidi100.com',
    user: 'KEY',
    partnerId: 'P1',
    net: 'N1',
    partnerCode: '',
    payType: '',
    expType: '',
    active: true,
    ...over,
  } as const,
})

describe('people on an e-waybill', () => {
  it.each([
    { name: '张*' },
    { name: '张＊＊' },
    { phone: '131****1907' },
    { phone: '138xxxx1907' },
    { street: '和平路**号' },
  ])('LBL-5 are masked: %o', (over) => {
    expect(isMaskedParty({ ...PARTY, ...over })).toBe(true)
  })

  it('LBL-5 are not masked by an x in a name or one star in a street', () => {
    expect(isMaskedParty({ ...PARTY, name: 'Maxxx Müller', street: '五*星路 1号' })).toBe(false)
  })

  it('LBL-5 are incomplete without name, phone or any address', () => {
    expect(isIncompleteParty(PARTY)).toBe(false)
    const none = { province: '', city: '', district: '', street: ' ' }
    for (const over of [{ name: ' ' }, { phone: '110' }, none])
      expect(isIncompleteParty({ ...PARTY, ...over })).toBe(true)
  })

  it.each([
    ["'17100003373", '17100003373'],
    ['+86 17100003373', '17100003373'],
    ['86-17100003373', '17100003373'],
    ['０571-12345678', '0571-12345678'],
    ['+1 555-0100', '+1 555-0100'],
  ])('LBL-5 phone %s goes as %s', (given, sent) => {
    expect(plainPhone(given)).toBe(sent)
  })

  it.each([
    ['浙江省 杭州市 西湖区 样品路1号', ['浙江省', '杭州市', '西湖区', '样品路1号']],
    ['浙江省杭州市西湖区样品路1号', ['浙江省', '杭州市', '西湖区', '样品路1号']],
    ['北京市朝阳区样品路1号', ['北京市', '北京市', '朝阳区', '样品路1号']],
    ['广西壮族自治区南宁市青秀区样品路1号', ['广西壮族自治区', '南宁市', '青秀区', '样品路1号']],
    ['1 Fictional Lane', ['', '', '', '1 Fictional Lane']],
  ])('LBL-5 the shop in %s is split into its parts', (address, parts) => {
    const { province, city, district, street } = senderOf({ name: '样品铺', phone: '1', address })
    expect([province, city, district, street]).toEqual(parts)
  })
})

describe('requests', () => {
  it('LBL-5 快递100 is asked for a number alone, with the key as its order', () => {
    const { text, fields, path } = KUAIDI100.take(payer({}), ORDER)
    expect([path, fields.method]).toEqual(['/label/order', 'order'])
    expect(JSON.parse(text)).toMatchObject({
      printType: 'NON',
      kuaidicom: 'shentong',
      partnerId: 'P1',
      partnerKey: 'pw',
      orderId: 'K1',
      reorder: false,
      weight: 1.234,
      count: 2,
      payType: 'MONTHLY',
    })
  })

  it('LBL-5 快递鸟 is asked for one parcel without a page of a label', () => {
    const { text, fields } = KDNIAO.take(payer({ courier: 'YUNDA' }), ORDER)
    expect(fields.RequestType).toBe('1007')
    expect(JSON.parse(text)).toMatchObject({
      OrderCode: 'K1',
      ShipperCode: 'YD',
      Quantity: 1,
      PayType: 3,
      IsReturnPrintTemplate: '0',
    })
  })

  it('LBL-5 a number goes back under what its courier called it', () => {
    const given = { parcelKey: 'K1', waybillNumber: '773', labelData: { kdComOrderNum: 'C9' } }
    expect(JSON.parse(KUAIDI100.giveBack(payer({}), given).text)).toMatchObject({
      kuaidinum: '773',
      orderId: 'C9',
    })
    const back = JSON.parse(KDNIAO.giveBack(payer({}), given).text)
    expect(back).toMatchObject({ OrderCode: 'K1', ExpNo: '773' })
  })

  it('LBL-5 what 快递鸟 forbids goes in its wide form, in one line', () => {
    expect(kdniaoText(`a'b"c#d&e+f<g>h\n i`)).toBe('a’b”c＃d＆e＋f＜g＞h  i')
  })
})

describe('answers', () => {
  const kd = (code: number, data?: unknown) =>
    KUAIDI100.readTaken({ success: code === 200, code, message: 'm', data }, 'K1')
  const kn = (ResultCode: string, Reason: string, Order?: unknown) =>
    KDNIAO.readTaken({ Success: ResultCode === '100', ResultCode, Reason, Order }, 'K1')

  it.each([
    [30001, 'badParameters', 'no'],
    [30002, 'badSignature', 'no'],
    [30003, 'badAccount', 'no'],
    [30004, 'noBalance', 'no'],
    [-1, 'serviceDown', 'maybe'],
    [30011, 'other', 'maybe'],
    [39999, 'other', 'no'],
  ] as const)('LBL-5 快递100 %i: %s, given %s', (code, trouble, given) => {
    expect(kd(code)).toMatchObject({ tag: 'refused', trouble, given })
  })

  it.each([
    ['101', '缺少必要参数', 'badParameters', 'no'],
    ['105', '数据签名验证失败', 'badSignature', 'no'],
    ['104', '商户ID不存在', 'badAccount', 'no'],
    ['105', '电子面单余额不足', 'noBalance', 'no'],
    ['105', '系统繁忙，请稍后再试', 'serviceDown', 'maybe'],
    ['106', '该订单号已下单成功', 'other', 'maybe'],
  ] as const)('LBL-5 快递鸟 %s %s: %s, given %s', (code, reason, trouble, given) => {
    expect(kn(code, reason)).toMatchObject({ tag: 'refused', trouble, given })
  })

  it('LBL-5 a repeated order of 快递鸟 is used where it names exactly our order', () => {
    const order = { OrderCode: 'K1', LogisticCode: '4310', MarkDestination: '300' }
    expect(kn('106', '已下单', order)).toMatchObject({ tag: 'given', waybillNumber: '4310', sortCode: '300' })
    expect(kn('106', '已下单', { ...order, OrderCode: 'K2' })).toMatchObject({
      trouble: 'notOurs',
      given: 'maybe',
    })
    expect(kn('100', '成功', { ...order, LogisticCode: '' })).toMatchObject({ trouble: 'wrongNumber' })
  })

  it.each([null, 'page', 7, [], {}, { data: { kuaidinum: '1' } }])(
    'LBL-5 %o is no answer: nobody is sure',
    (answer) => {
      for (const protocol of [KUAIDI100, KDNIAO])
        expect(protocol.readTaken(answer, 'K1')).toMatchObject({
          tag: 'refused',
          given: 'maybe',
          again: true,
        })
    },
  )

  it('LBL-5 of what comes with a number only codes are kept', () => {
    const data = {
      kuaidinum: 773,
      bulkpen: '571',
      label: 'https://x/y',
      recMan: '卢小明',
      road: 'x'.repeat(400),
    }
    const taken = kd(200, data)
    expect(taken).toMatchObject({ tag: 'given', waybillNumber: '773', labelData: { bulkpen: '571' } })
    expect(taken.tag === 'given' && Object.keys(taken.labelData)).toEqual(['bulkpen'])
  })

  it('LBL-5 a number that was given back before is back', () => {
    expect(KDNIAO.readReturned({ Success: false, ResultCode: '105', Reason: '订单已取消' })).toEqual({
      tag: 'returned',
    })
    expect(KUAIDI100.readReturned({ success: false, code: 30009, message: '查无此单' })).toMatchObject({
      tag: 'refused',
    })
  })
})
