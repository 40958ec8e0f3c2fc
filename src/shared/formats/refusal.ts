/** Why a row, or a whole file's column, was not taken in. One tag per rule; the words belong to the screen. */
export type RefusalReason =
  // the row as text
  | 'truncatedRow'
  | 'tooFewCells'
  | 'tooManyCells'
  | 'cellTooLong'
  | 'damagedText'
  | 'missingColumn'
  // a cell
  | 'missingField'
  | 'scientificNumber'
  | 'badNumber'
  | 'badAmount'
  | 'badTime'
  | 'badChoice'
  | 'badCode'
  | 'badCheckDigit'
  | 'wrongUnit'
  | 'outOfRange'
  | 'absoluteClaim'
  | 'unknownStatus'
  | 'unknownKind'
  // the row among others
  | 'duplicateCode'
  | 'duplicateBarcode'
  | 'duplicateNumber'
  | 'partlyShipped'
  | 'nothingToShip'
  | 'siblingRefused'

/** What the person can do about it, where that is not plain from the reason. */
export type RefusalRemedy =
  | 'exportAgain'
  | 'formatColumnAsText'
  | 'useGrams'
  | 'useMillimetres'
  | 'numberOnly'
  | 'rewordTitle'
  | 'fixSiblingRow'

/** One refused row: `line` is the line of the file on which the row starts (the header of a plain file is line 1). */
export interface Refusal {
  readonly line: number
  /** The field of the record, e.g. `weightGrams`; '' when the whole row is meant. */
  readonly field: string
  readonly reason: RefusalReason
  /** What stood in the file, at most 80 characters. */
  readonly value: string
  readonly remedy?: RefusalRemedy
}

/** Something a person should know about a row that was taken in all the same. */
export type NoticeReason = 'rowsDisagree' | 'unusualWaybillNumber' | 's10CheckDigit' | 'notPrintable'

/** A remark on an accepted row; same fields as a refusal. */
export interface Notice {
  readonly line: number
  readonly field: string
  readonly reason: NoticeReason
  readonly value: string
}

const MAX_VALUE_CHARACTERS = 80

/** The first 80 characters, never half of a surrogate pair. */
export function shortValue(value: string): string {
  if (value.length <= MAX_VALUE_CHARACTERS) return value
  const cut = value.slice(0, MAX_VALUE_CHARACTERS * 2)
  return [...cut].slice(0, MAX_VALUE_CHARACTERS).join('')
}

/** Builds a refusal with its value cut to what a table cell can show. */
export function refusal(parts: Refusal): Refusal {
  return { ...parts, value: shortValue(parts.value) }
}

/** Builds a notice with its value cut to what a table cell can show. */
export function notice(parts: Notice): Notice {
  return { ...parts, value: shortValue(parts.value) }
}
