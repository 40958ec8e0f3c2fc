/** A Taobao address in its parts; what the text does not give is ''. */
export interface AddressParts {
  readonly province: string
  readonly city: string
  readonly district: string
  readonly street: string
  readonly postcode: string
}

const POSTCODE = /[(（](\d{6})[)）]\s*$/
const THREE_WORDS = /^(\S+)\s+(\S+)\s+(\S+)(?:\s+([\s\S]*))?$/
const TWO_WORDS = /^(\S+)\s+(\S+)$/
const DISTRICT = /(?:区|县|市|旗|镇|乡|街道|盟|州|岛|域)$/

/**
 * Splits `省 市 区 street(postcode)`. Only the last bracket counts as a postcode, so streets may hold brackets, quotes
 * and blanks. Cities without districts (东莞市) keep the third word in the street; `000000` is no postcode. Parts that
 * are missing stay empty: ORD-5 asks about them.
 */
export function splitTaobaoAddress(address: string): AddressParts {
  const bracket = POSTCODE.exec(address)
  const code = bracket?.[1] ?? ''
  const text = (bracket ? address.slice(0, bracket.index) : address).trim()
  const postcode = code === '000000' ? '' : code
  const words = THREE_WORDS.exec(text)
  if (!words) {
    const two = TWO_WORDS.exec(text)
    if (!two) return { province: '', city: '', district: '', street: text, postcode }
    return { province: two[1] ?? '', city: two[2] ?? '', district: '', street: '', postcode }
  }
  const [, province = '', city = '', third = '', rest = ''] = words
  if (DISTRICT.test(third)) return { province, city, district: third, street: rest, postcode }
  return { province, city, district: '', street: rest === '' ? third : `${third} ${rest}`, postcode }
}
