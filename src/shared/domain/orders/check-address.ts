import { z } from 'zod'
import type { Recipient } from './order.ts'

/** What is wrong with an address; each has words on screen. */
export const AddressDoubtSchema = z.enum([
  'provinceMissing',
  'cityMissing',
  'districtMissing',
  'streetMissing',
  'phoneMissing',
  'phoneOdd',
  'unreachable',
])
export type AddressDoubt = z.infer<typeof AddressDoubtSchema>

const PROVINCES =
  /^(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)/
/** Their phones follow plans of their own. */
const OTHER_PHONES = /^(?:台湾|香港|澳门)/
/** Cities without districts, and counties that stand directly under their province. */
const WITHOUT_DISTRICT =
  /^(?:东莞|中山|儋州|嘉峪关|济源|仙桃|潜江|天门|神农架|石河子|阿拉尔|图木舒克|五家渠|北屯|铁门关|双河|可克达拉|昆玉|胡杨河|新星|白杨|五指山|琼海|文昌|万宁|东方|定安|屯昌|澄迈|临高|白沙|昌江|乐东|陵水|保亭|琼中|省直辖|自治区直辖)/
const CHINA = /^(?:CN|CHN|CHINA|PRC|中国.*|中华人民共和国)$/i
const HAN = /\p{Script=Han}/u

const MOBILE = /^1[3-9]\d{9}$/
const LANDLINE = /^0\d{9,11}$/
const SERVICE = /^[48]00\d{7}$/
/** `138****1907`: platforms hide the middle; the parcel's label comes from them then. */
const MASKED = /^[\d*]{7,16}$/

type Address = Omit<Recipient, 'personRef'>

/** What the address itself does not say. */
export interface CheckOptions {
  /** Whether any courier of the shop goes there; without it, one does. */
  readonly reaches?: (recipient: Address) => boolean
  /** False for shops whose files have no district (Shopify, WooCommerce): it stands in their streets. */
  readonly hasDistricts?: boolean
}

/**
 * ORD-5: province, city and district present, phone plausible or masked, some courier goes there. Chinese rules hold
 * for Chinese addresses alone; of others only the street is wanted. Empty: nothing is in doubt.
 */
export function checkAddress(recipient: Address, options: CheckOptions = {}): AddressDoubt[] {
  const { reaches = () => true, hasDistricts = true } = options
  const doubts = isChinese(recipient) ? chineseDoubts(recipient, hasDistricts) : foreignDoubts(recipient)
  return reaches(recipient) ? doubts : [...doubts, 'unreachable']
}

/** Where no country is given, the script tells. */
function isChinese({ country, province, city, district, street }: Address): boolean {
  const named = country.trim()
  return named === '' ? HAN.test(province + city + district + street) : CHINA.test(named)
}

function chineseDoubts(recipient: Address, hasDistricts: boolean): AddressDoubt[] {
  const { province, city, district, street } = recipient
  const doubts: AddressDoubt[] = []
  if (!isProvince(province)) doubts.push('provinceMissing')
  if (city.trim() === '') doubts.push('cityMissing')
  if (hasDistricts && district.trim() === '' && !WITHOUT_DISTRICT.test(city.trim()))
    doubts.push('districtMissing')
  if (street.trim() === '') doubts.push('streetMissing')
  return [...doubts, ...phoneDoubts(recipient.phone, OTHER_PHONES.test(province.trim()))]
}

/** Shops abroad write provinces of China in Latin letters; only what is written in Chinese is compared with the list. */
function isProvince(province: string): boolean {
  const text = province.trim()
  return HAN.test(text) ? PROVINCES.test(text) : text !== ''
}

function phoneDoubts(phone: string, elsewhere: boolean): AddressDoubt[] {
  const plain = phone
    .normalize('NFKC')
    .replace(/[\s()']/g, '')
    .replace(/^(?:\+|00)?86-?(?=[01])/, '')
  if (plain === '') return ['phoneMissing']
  if (elsewhere) return []
  // Platforms lend numbers with an extension: 17000001234-5678.
  const [main = '', extension = ''] = plain
    .replace(/^(0\d{2,3})-(?=\d{7})/, '$1')
    .replace(/^([48]00)-?(\d{3})-?(?=\d{4})/, '$1$2')
    .split(/-|转|,|#|ext\.?/i)
  if (/\*/.test(main)) return MASKED.test(main) ? [] : ['phoneOdd']
  const plausible = MOBILE.test(main) || LANDLINE.test(main) || SERVICE.test(main)
  return plausible && /^\d{0,6}$/.test(extension) ? [] : ['phoneOdd']
}

const foreignDoubts = ({ street, city }: Address): AddressDoubt[] =>
  street.trim() === '' && city.trim() === '' ? ['streetMissing'] : []
