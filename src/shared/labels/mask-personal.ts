import type { LabelParty } from './label-document.ts'

/**
 * Masking for the copies that leave the house (LBL-2; GB/T 41833: hide at least one character of the name, six
 * digits of the phone, and the unit and room). Every function gives the same when applied twice, so that data which
 * a platform has masked already passes through.
 */

const HIDDEN = '*'

/**
 * Keeps the first character of every word and stars the rest; a word of one character is starred whole, so that at
 * least one character of any name is hidden. Works on code points: 𠮷 is one character.
 */
export function maskName(name: string): string {
  return name.trim().replace(/[^\s·•・]+/gu, maskWord)
}

function maskWord(word: string): string {
  const characters = Array.from(word)
  const [first = ''] = characters
  return characters.length === 1 ? HIDDEN : first + HIDDEN.repeat(characters.length - 1)
}

/** A digit of any script, a spoken digit, or an earlier star. */
const PHONE_DIGIT = /[\p{N}*零〇幺一二三四五六七八九]/u
/** Letters may spell a number; hanzi such as 转 and 分机 do not. */
const PHONE_LETTER = /(?!\p{Script=Han})\p{L}/u

/**
 * Stars every digit but the last four, by which parcels are collected; of numbers shorter than ten fewer stay, so
 * that six are hidden, of six or fewer none. Two numbers in one field count as one long number. Letters are starred,
 * signs and hanzi between the digits stay.
 */
export function maskPhone(phone: string): string {
  const characters = Array.from(phone.normalize('NFKC').trim())
  const digits = characters.filter((character) => PHONE_DIGIT.test(character)).length
  const hidden = digits - Math.max(0, Math.min(4, digits - 6))
  let seen = 0
  return characters
    .map((character) => {
      if (PHONE_DIGIT.test(character)) {
        seen += 1
        return seen <= hidden ? HIDDEN : character
      }
      return PHONE_LETTER.test(character) ? HIDDEN : character
    })
    .join('')
}

/** Digits and letters of a unit, also `3-2`, `12A`, `*` from an earlier masking. */
const UNIT = '[0-9A-Za-z*#]+(?:\\s*[-—–~]\\s*[0-9A-Za-z*#]+)*\\s*'
const CHINESE_NUMBER = '[零〇一二两三四五六七八九十百甲乙丙丁]+\\s*'
/** `三层镇`, `二楼村` are places: a marker before such a word hides nothing. */
const NOT_A_PLACE = '(?![镇乡村县区市街路屯庄])'

const ADDRESS_RULES: readonly (readonly [RegExp, string])[] = [
  // Bracketed and quoted parts carry gate codes, floors and remarks; an unclosed one is hidden to its end.
  [
    /\(.*?(?:\)|$)|【.*?(?:】|$)|\[.*?(?:\]|$)|「.*?(?:」|$)|『.*?(?:』|$)|《.*?(?:》|$)|<.*?(?:>|$)/gsu,
    HIDDEN,
  ],
  [/“.*?(?:”|$)|".*?(?:"|$)|‘.*?(?:’|$)|(?<![\p{L}\p{N}])'.*?(?:'(?![\p{L}\p{N}])|$)/gsu, HIDDEN],
  [
    new RegExp(`(?:${UNIT}|${CHINESE_NUMBER})(号楼|号房|幢|栋|单元|室|层|楼)${NOT_A_PLACE}`, 'gu'),
    `${HIDDEN}$1`,
  ],
  [new RegExp(`${UNIT}(座|房|户|门|梯|铺|档|厅)${NOT_A_PLACE}`, 'gu'), `${HIDDEN}$1`],
  [/[东西南北中]单元/gu, `${HIDDEN}单元`],
  [
    /\b(unit|apt|apartment|room|rm|suite|ste|flat|floor|fl|level|lvl|bldg|building|block|blk|tower)\b[.:]?\s*(?:no\.?\s*)?#?\s*[0-9A-Za-z*]+(?:\s*[-/]\s*[0-9A-Za-z*]+)*/giu,
    `$1 ${HIDDEN}`,
  ],
  [/\b\d+(?:st|nd|rd|th)\s+(floor|fl)\b/giu, `${HIDDEN} $1`],
  [/#\s*[0-9A-Za-z*]+(?:\s*[-/]\s*[0-9A-Za-z*]+)*/gu, HIDDEN],
  [/(?<![\p{L}\p{N}])\d+\/?F(?![\p{L}\p{N}])/gu, `${HIDDEN}F`],
  // The unit before the house number, `5/34 High Street`.
  [/(?<![\p{L}\p{N}])\d+[A-Za-z]?\/(?=\d)/gu, `${HIDDEN}/`],
  // `3-2-501`; `969-1号` is a house number and stays.
  [
    /(?<![0-9A-Za-z])(?:[A-Za-z]|[A-Za-z]?\d+[A-Za-z]?)(?:\s*[-—–]\s*[A-Za-z]?\d+[A-Za-z]?)+(?![0-9A-Za-z号])/gu,
    HIDDEN,
  ],
  // A bare room at the end, `969号501`; after a street's name it is the house number and stays.
  [/(?<=[\p{Script=Han}*]\s*)(?<![路街道巷弄]\s*)(?<![0-9A-Za-z])[A-Za-z]?\d+[A-Za-z]?\s*$/gu, HIDDEN],
  [/\*(?:\s*\*)+/gu, HIDDEN],
]

/**
 * Keeps province, city, district, street and house number; hides building, unit, floor and room (幢 号楼 单元 室 …,
 * `Unit 5`, `Apt 3B`, `#05-12`, `3-2-501`) and whatever stands in brackets or quotes. In doubt it hides.
 */
export function maskAddress(address: string): string {
  let masked = address.normalize('NFKC').replace(/\s+/gu, ' ').trim()
  // One rule's star can complete another rule's pattern, so go on until nothing changes.
  for (let pass = 0; pass < 8; pass += 1) {
    const next = ADDRESS_RULES.reduce((text, [pattern, mask]) => text.replace(pattern, mask), masked).trim()
    if (next === masked) break
    masked = next
  }
  return masked
}

/**
 * A party as it goes on a label that leaves the house: masked unless the courier wants it in full. A company is no
 * person and stays, and so does the postcode.
 */
export function maskParty(party: LabelParty, on: boolean): LabelParty {
  if (!on) return party
  return {
    ...party,
    name: maskName(party.name),
    phone: maskPhone(party.phone),
    address: maskAddress(party.address),
  }
}

/** Name of the setting that switches masking for one courier; anything but `false` means on. */
export const maskWaybillSetting = (courier: string): string => `maskWaybill:${courier}`
