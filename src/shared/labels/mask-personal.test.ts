import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskAddress, maskName, maskParty, maskPhone } from './mask-personal.ts'

/** How many characters of the digits remain readable. */
const readable = (text: string): number => Array.from(text).filter((c) => /[\p{N}八]/u.test(c)).length

describe('maskName', () => {
  it.each([
    ['张三', '张*'],
    ['欧阳娜娜', '欧***'],
    ['龑', '*'],
    ['𠮷', '*'],
    ['𠮷野家', '𠮷**'],
    ['张 三', '* *'],
    ['阿卜杜拉·买买提', '阿***·买**'],
    ['Jean-Luc Picard', 'J******* P*****'],
    ['A B', '* *'],
    ['张*丰', '张**'],
    ['', ''],
    ['  ', ''],
  ])('LBL-2 hides all of %s but initials', (name, masked) => expect(maskName(name)).toBe(masked))

  it('LBL-2 hides at least one character of any name, never splits a pair, and is stable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (name) => {
        const masked = maskName(name)
        if (/[^\s·•・]/u.test(name)) expect(masked).toContain('*')
        expect(masked).not.toMatch(/\p{Cs}/u)
        expect(maskName(masked)).toBe(masked)
      }),
    )
  })
})

describe('maskPhone', () => {
  it.each([
    ['13812345678', '*******5678'],
    ['131****1907', '*******1907'],
    ['１３８１２３４５６７８', '*******5678'],
    ['0571-88889999', '****-****9999'],
    ['0571-8888 1234', '****-**** 1234'],
    ['010 6505 1234', '*** **** 1234'],
    ['+44 20 7946 0958', '+** ** **** 0958'],
    ['+81-3-1234-5678', '+**-*-****-5678'],
    ['0061 412 345 678', '**** *** **5 678'],
    ['0571-88889999转123', '****-*******9转123'],
    ['1-800-FLOWERS', '*-***-*******'],
    ['tel 1234567', '*** ******7'],
    ['+1 (415) 555-2671', '+* (***) ***-2671'],
    ['6688', '****'],
    ['8888999', '******9'],
    ['13800001111/13900002222', '***********/*******2222'],
    ['', ''],
  ])('LBL-2 %s becomes %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked))

  it('LBL-2 hides at least six digits, or all of them, however they are written; stable', () => {
    const digit = fc.constantFrom(...'0123456789', '８', '٣', '八', 'a', '转', ' ', '-', '+')
    fc.assert(
      fc.property(fc.array(digit, { maxLength: 30 }), (parts) => {
        const phone = parts.join('')
        const masked = maskPhone(phone)
        const digits = readable(phone)
        expect(digits - readable(masked)).toBeGreaterThanOrEqual(Math.min(6, digits))
        expect(maskPhone(masked)).toBe(masked)
      }),
    )
  })
})

describe('maskAddress', () => {
  it.each([
    [
      '浙江省杭州市余杭区仓前街道文一西路969号3幢2单元501室',
      '浙江省杭州市余杭区仓前街道文一西路969号*幢*单元*室',
    ],
    ['北京市朝阳区建国路88号SOHO现代城A座1203', '北京市朝阳区建国路88号SOHO现代城*座*'],
    ['上海市静安区南京西路1266号恒隆广场(5楼501，门禁1234)', '上海市静安区南京西路1266号恒隆广场*'],
    ['江苏省苏州市工业园区星湖街328号“创意产业园”', '江苏省苏州市工业园区星湖街328号*'],
    ['广东省深圳市南山区桃园路19-2号6号楼三单元', '广东省深圳市南山区桃园路19-2号*号楼*单元'],
    ['广东省广州市天河区龙口西路100号3-2-501', '广东省广州市天河区龙口西路100号*'],
    ['浙江省台州市三门县海游街道5号', '浙江省台州市三门县海游街道5号'],
    ['天津市南开区鼓楼大街12', '天津市南开区鼓楼大街12'],
    ['四川省成都市武侯区武侯祠大街２３１号附１栋２０２', '四川省成都市武侯区武侯祠大街231号附*栋*'],
    ['Unit 5, 34 High Street, Sydney', 'Unit *, 34 High Street, Sydney'],
    ['350 Fifth Avenue Apt. 3B, New York', '350 Fifth Avenue Apt *, New York'],
    ['5/34 High Street', '*/34 High Street'],
    ["12 O'Connell Street, 3rd Floor", "12 O'Connell Street, * Floor"],
    ['10 Bayfront Ave #05-12 Singapore', '10 Bayfront Ave * Singapore'],
    ['上海市（门禁 9876', '上海市*'],
    ['', ''],
  ])('LBL-2 hides unit and room in %s', (address, masked) => expect(maskAddress(address)).toBe(masked))

  it('LBL-2 no generated unit stays readable, the street stays, and masking is stable', () => {
    const street = '湖北省武汉市洪山区珞瑜路'
    const number = fc.integer({ min: 5001, max: 9999 })
    const unit = fc.oneof(
      number.map((n) => `${n}室`),
      number.map((n) => `${n}幢`),
      number.map((n) => ` ${n} 单元`),
      number.map((n) => `${n}号楼`),
      number.map((n) => `（${n}）`),
      number.map((n) => `"${n}"`),
      number.map((n) => ` Unit ${n}`),
      number.map((n) => ` apt #${n}`),
      number.map((n) => `A-${n}`),
    )
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 4 }), (units) => {
        const masked = maskAddress(`${street}1037号${units.join('')}`)
        expect(masked.startsWith(`${street}1037号`)).toBe(true)
        expect(masked.slice(`${street}1037号`.length)).not.toMatch(/[5-9]\d{3}/u)
        expect(maskAddress(masked)).toBe(masked)
      }),
    )
  })

  it('LBL-2 is stable on any text', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('3幢', '(', '"', '#5', '501', '*', '路', '楼', '-', '/'),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (parts) => {
        const masked = maskAddress(parts.join(''))
        expect(maskAddress(masked)).toBe(masked)
      }),
    )
  })
})

describe('maskParty', () => {
  const party = {
    name: '龑',
    company: '余杭科技',
    phone: '0571-8888 1234',
    address: '浙江省杭州市余杭区文一西路969号',
    postcode: '311121',
  }

  it('LBL-2 masks a name of one character whole, a landline, and leaves an address without a unit', () => {
    expect(maskParty(party, true)).toEqual({ ...party, name: '*', phone: '****-**** 1234' })
  })

  it('LBL-2 hides the unit and keeps company and postcode', () => {
    const masked = maskParty({ ...party, address: `${party.address}3幢2单元501室` }, true)
    expect(masked).toMatchObject({
      address: '浙江省杭州市余杭区文一西路969号*幢*单元*室',
      company: '余杭科技',
      postcode: '311121',
    })
  })

  it('LBL-2 leaves all as it is for a courier whose labels are not masked, and is stable', () => {
    expect(maskParty(party, false)).toEqual(party)
    const masked = maskParty(party, true)
    expect(maskParty(masked, true)).toEqual(masked)
  })
})
