import { normaliseCode } from '../../../shared/base/text.ts'

/** What the first start asks (interface.md, scan-only grammar); the clerk's fields are empty where one person works. */
export interface SetUpValues {
  readonly shopName: string
  readonly stationName: string
  readonly managerName: string
  readonly managerPin: string
  /** The text after `BADGE-`. */
  readonly managerBadge: string
  readonly clerkName: string
  readonly clerkPin: string
  readonly clerkBadge: string
}

/** A field of the form. */
export type SetUpField = keyof SetUpValues

/** What is wrong with a field; words in the i18n area `office`, `setUp.problem`. */
export type SetUpProblem = 'missing' | 'tooLong' | 'pinDigits' | 'badgeTaken' | 'badgeCharacters'

export const EMPTY_SET_UP: SetUpValues = {
  shopName: '',
  stationName: '',
  managerName: '',
  managerPin: '',
  managerBadge: '',
  clerkName: '',
  clerkPin: '',
  clerkBadge: '',
}

const MOST_NAME_CHARACTERS = 60
/** A badge must fit a barcode: printable ASCII, no blanks. */
const BADGE = /^[\x21-\x7e]{1,40}$/

/** A badge as it was scanned or typed, without its prefix: `BADGE-1001` → `1001`. */
export function badgeText(raw: string): string {
  return raw.normalize('NFKC').replace(/^\s*BADGE-/i, '')
}

/** The values as they are stored: trimmed, PINs NFKC, badges in the form in which scans are compared. */
export function tidySetUp(values: SetUpValues): SetUpValues {
  const tidy = { ...values }
  for (const field of Object.keys(values) as SetUpField[])
    tidy[field] = values[field].normalize('NFKC').trim()
  return {
    ...tidy,
    managerBadge: normaliseCode(badgeText(tidy.managerBadge)),
    clerkBadge: normaliseCode(badgeText(tidy.clerkBadge)),
  }
}

/** True when a second person is being entered: any of the three fields holds something. */
export function hasClerk(values: SetUpValues): boolean {
  return [values.clerkName, values.clerkPin, values.clerkBadge].some((text) => text.trim() !== '')
}

/**
 * What keeps the station from starting, by field; empty when all is well. Takes raw values. PINs have 4 to 12 digits,
 * badges are needed because papers are signed by scanner alone, and two people have two badges (SEC-2, RCV-7).
 */
export function validateSetUp(raw: SetUpValues): Partial<Record<SetUpField, SetUpProblem>> {
  const values = tidySetUp(raw)
  const problems: Partial<Record<SetUpField, SetUpProblem>> = {}
  const note = (field: SetUpField, problem: SetUpProblem | null): void => {
    if (problem) problems[field] = problem
  }
  note('shopName', nameProblem(values.shopName))
  note('stationName', nameProblem(values.stationName))
  note('managerName', nameProblem(values.managerName))
  note('managerPin', pinProblem(values.managerPin))
  note('managerBadge', badgeProblem(values.managerBadge))
  if (!hasClerk(values)) return problems
  note('clerkName', nameProblem(values.clerkName))
  note('clerkPin', pinProblem(values.clerkPin))
  note(
    'clerkBadge',
    badgeProblem(values.clerkBadge) ?? (values.clerkBadge === values.managerBadge ? 'badgeTaken' : null),
  )
  return problems
}

function nameProblem(name: string): SetUpProblem | null {
  if (name === '') return 'missing'
  return [...name].length > MOST_NAME_CHARACTERS ? 'tooLong' : null
}

function pinProblem(pin: string): SetUpProblem | null {
  if (pin === '') return 'missing'
  return /^\d{4,12}$/.test(pin) ? null : 'pinDigits'
}

function badgeProblem(badge: string): SetUpProblem | null {
  if (badge === '') return 'missing'
  return BADGE.test(badge) ? null : 'badgeCharacters'
}
