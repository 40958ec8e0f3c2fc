import type { CourierParty } from '../../protocol/courier-contract.ts'
import { splitTaobaoAddress } from '../../formats/taobao-address.ts'

const PROVINCE = /(?:省|自治区|特别行政区|市)$/u
/** Province or city of its own, city, district, and the rest, written without blanks. */
const UNSPACED =
  /^(.{2,9}?(?:省|自治区|特别行政区)|(?:北京|上海|天津|重庆)市?)?(.{2,9}?(?:市|自治州|地区|盟))?(.{1,9}?(?:区|县|旗|市))?(.*)$/su

/** The shop as the sender of a parcel; its address is one text, which services want in its parts. */
export function senderOf(shop: {
  readonly name: string
  readonly phone: string
  readonly address: string
}): CourierParty {
  const text = shop.address.trim()
  const spaced = splitTaobaoAddress(text)
  // Any three words look like the parts of an address; a province has a name of its own kind.
  const parts = PROVINCE.test(spaced.province) ? spaced : splitUnspaced(text)
  const { province, city, district, street } = parts
  return {
    name: shop.name,
    company: shop.name,
    phone: shop.phone,
    province,
    city,
    district,
    street: street === '' ? text : street,
    postcode: spaced.postcode,
  }
}

function splitUnspaced(text: string) {
  const [, province = '', city = '', district = '', street = ''] = UNSPACED.exec(text) ?? []
  // 北京市朝阳区 …: the city is the province.
  const isCity = /^(?:北京|上海|天津|重庆)/u.test(province)
  return { province, city: city === '' && isCity ? province : city, district, street: street.trim() }
}
