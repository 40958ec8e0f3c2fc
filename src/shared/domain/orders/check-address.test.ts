import { describe, expect, it } from 'vitest'
import { checkAddress } from './check-address.ts'

const GOOD = {
  name: '卢小明',
  company: '',
  phone: '17100003373',
  province: '江苏省',
  city: '苏州市',
  district: '昆山市',
  street: '和平路12号',
  postcode: '215300',
  country: '',
}
const doubts = (over: Partial<typeof GOOD>) => checkAddress({ ...GOOD, ...over })

describe('address check', () => {
  it('ORD-5 lets a whole address pass and names each part that is missing', () => {
    expect(doubts({})).toEqual([])
    expect(doubts({ province: '' })).toEqual(['provinceMissing'])
    expect(doubts({ province: '江南省' })).toEqual(['provinceMissing'])
    expect(doubts({ city: ' ' })).toEqual(['cityMissing'])
    expect(doubts({ district: '' })).toEqual(['districtMissing'])
    expect(doubts({ street: '' })).toEqual(['streetMissing'])
    expect(doubts({ province: '', city: '', district: '', street: '苏州昆山', phone: '' })).toEqual([
      'provinceMissing',
      'cityMissing',
      'districtMissing',
      'phoneMissing',
    ])
  })

  it('ORD-5 knows municipalities and cities without districts', () => {
    expect(doubts({ province: '上海', city: '上海市', district: '闵行区' })).toEqual([])
    expect(doubts({ province: '广东省', city: '东莞市', district: '', street: '虎门镇 1号' })).toEqual([])
    expect(doubts({ province: '湖北省', city: '仙桃市', district: '' })).toEqual([])
  })

  it.each([
    ['17100003373', []],
    ['+86 171 0000 3373', []],
    ['8617100003373', []],
    ['17100003373-1234', []],
    ['17100003373转1234', []],
    ['131****1907', []],
    ['0571-12345678', []],
    ['0571-1234567-801', []],
    ['400-123-4567', []],
    ['１７１００００３３７３', []],
    ['1710000337', ['phoneOdd']],
    ['12345678901', ['phoneOdd']],
    ['***', ['phoneOdd']],
    ['见备注', ['phoneOdd']],
    ['', ['phoneMissing']],
  ] as const)('ORD-5 the phone %s gives %j', (phone, expected) => {
    expect(doubts({ phone })).toEqual(expected)
  })

  it('ORD-5 phones of Hong Kong and Taiwan follow their own plan', () => {
    expect(
      doubts({ province: '香港特别行政区', city: '香港岛', district: '中西区', phone: '21234567' }),
    ).toEqual([])
  })

  it('ORD-5 does not stop addresses abroad by Chinese rules', () => {
    const abroad = { province: 'NY', city: 'Testville', district: '', phone: '+1 555-0100', street: '1 Lane' }
    expect(doubts({ ...abroad, country: 'US' })).toEqual([])
    expect(doubts({ ...abroad, country: '' })).toEqual([])
    expect(doubts({ ...abroad, country: 'US', city: '', street: '' })).toEqual(['streetMissing'])
  })

  it('ORD-5 wants no district of shops whose files have none', () => {
    expect(checkAddress({ ...GOOD, district: '', country: 'CN' }, { hasDistricts: false })).toEqual([])
  })

  it('ORD-5 says when no courier goes there', () => {
    const nowhere = (where: { province: string }) => where.province !== '江苏省'
    expect(checkAddress(GOOD, { reaches: nowhere })).toEqual(['unreachable'])
    expect(checkAddress({ ...GOOD, province: '浙江省' }, { reaches: nowhere })).toEqual([])
  })
})
