/** What a buyer, or somebody for him, wrote about couriers; codes in the order in which they are named. */
export interface CourierWish {
  readonly wanted: readonly string[]
  readonly unwanted: readonly string[]
}

/** How people call the couriers in messages. Latin names stand alone: `STOP` and `lisf` name nobody. */
const NAMES: readonly (readonly [code: string, pattern: string])[] = [
  ['STO', '申通|(?<![A-Z])STO(?![A-Z])'],
  ['YTO', '圆通|(?<![A-Z])YTO(?![A-Z])'],
  ['ZTO', '中通|(?<![A-Z])ZTO(?![A-Z])'],
  ['YUNDA', '韵达|YUNDA'],
  ['JT', '极兔|J&T'],
  ['SF', '顺丰|順豐|顺风|(?<![A-Z])SF(?![A-Z])'],
  ['EMS', '邮政|(?<![A-Z])EMS(?![A-Z])'],
  ['JD', '京东快递|京东物流'],
  ['DBL', '德邦'],
]

const ANY_NAME = new RegExp(NAMES.map(([, pattern]) => `(${pattern})`).join('|'), 'gi')

/** Words that turn a name into a refusal, in the same clause before it. */
const REFUSAL = /不|别|勿|拒|除了?|避免|没有|NOT?\b|DON'?T|EXCEPT|AVOID/i

const CLAUSE_END = /[,，。;；.!！?？\n]/

/** A name behind one of these carries the refusal of the name before it on: 不要圆通和申通. */
const LIST_WORD = /^[\s、和或与及跟/]*(?:快递|速递|速运)?[\s、和或与及跟/]*$/

/**
 * Reads the couriers that messages ask for or refuse (ORD-7): `请发顺丰` → wants SF, `不要圆通` → refuses YTO. A
 * courier that is both asked for and refused is refused.
 */
export function readCourierWish(texts: readonly string[]): CourierWish {
  const wanted = new Set<string>()
  const unwanted = new Set<string>()
  for (const text of texts) readText(text.slice(0, 1000).normalize('NFKC'), wanted, unwanted)
  return { wanted: [...wanted].filter((code) => !unwanted.has(code)), unwanted: [...unwanted] }
}

function readText(text: string, wanted: Set<string>, unwanted: Set<string>): void {
  let clauseFrom = 0
  let refused = false
  for (const match of text.matchAll(ANY_NAME)) {
    const before = text.slice(clauseFrom, match.index)
    const clause = before.split(CLAUSE_END).at(-1) ?? ''
    const isSameClause = clause === before
    refused = (isSameClause && refused && LIST_WORD.test(before)) || REFUSAL.test(clause)
    const named = NAMES.find((_, index) => match[index + 1] !== undefined)
    if (named) (refused ? unwanted : wanted).add(named[0])
    clauseFrom = match.index + match[0].length
  }
}
