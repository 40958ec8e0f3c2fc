import { describe, expect, it } from 'vitest'
import { mergeGroupId, mergeKeyOf } from './merge-orders.ts'

const order = { source: 'taobao' as const, buyer: 'tb001' }
const recipient = {
  name: '卢小明',
  company: '',
  phone: '17100003373',
  province: '江苏省',
  city: '苏州市',
  district: '昆山市',
  street: '和平路12号 3幢1单元201室',
  country: 'CN',
}
const key = mergeKeyOf(order, recipient)

describe('orders that may be merged', () => {
  it('ORD-4 are alike whatever their blanks, punctuation, width and country code', () => {
    expect(key).not.toBeNull()
    const typed = { ...recipient, street: '和平路１２号，3幢1单元201室', phone: '+86 171-0000-3373' }
    expect(mergeKeyOf(order, typed)).toBe(key)
    expect(mergeKeyOf({ ...order, buyer: 'TB001 ' }, recipient)).toBe(key)
  })

  it.each([
    ['buyer', { ...order, buyer: 'tb002' }, recipient],
    ['shop', { ...order, source: 'shopify' as const }, recipient],
    ['name', order, { ...recipient, name: '卢小亮' }],
    ['phone', order, { ...recipient, phone: '17100003374' }],
    ['house', order, { ...recipient, street: '和平路12号 3幢1单元202室' }],
    ['district', order, { ...recipient, district: '吴江区' }],
  ])('ORD-4 are not alike with another %s', (_what, other, whom) => {
    expect(mergeKeyOf(other, whom)).not.toBe(key)
  })

  it('ORD-4 masked data must be the same, and enough of the phone be seen', () => {
    const masked = { ...recipient, name: '卢**', phone: '171****3373', street: '和平路12号****' }
    expect(mergeKeyOf(order, masked)).toBe(mergeKeyOf(order, { ...masked }))
    expect(mergeKeyOf(order, masked)).not.toBe(key)
    expect(mergeKeyOf(order, { ...masked, name: '卢*明' })).not.toBe(mergeKeyOf(order, masked))
    expect(mergeKeyOf(order, { ...masked, phone: '*******3373' })).toBeNull()
    expect(mergeKeyOf(order, { ...masked, phone: '***********' })).toBeNull()
  })

  it('ORD-4 nobody can say of orders without a buyer, a name or a street', () => {
    expect(mergeKeyOf({ ...order, buyer: '' }, recipient)).toBeNull()
    expect(mergeKeyOf(order, { ...recipient, street: ' ' })).toBeNull()
    expect(mergeKeyOf(order, { ...recipient, name: '' })).toBeNull()
  })

  it('ORD-4 a group is named by its orders alone', () => {
    expect(mergeGroupId(['b', 'a'])).toBe(mergeGroupId(['a', 'b']))
    expect(mergeGroupId(['a', 'b'])).not.toBe(mergeGroupId(['a', 'c']))
  })
})
