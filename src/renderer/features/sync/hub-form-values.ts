import { readHubAddress } from '../../sync/hub-address.ts'

/** What the form that joins a hub asks for. */
export interface HubFormValues {
  readonly stationName: string
  readonly hubUrl: string
  readonly hubCode: string
}
export type HubField = keyof HubFormValues
export type HubProblem = 'missing' | 'badUrl' | 'badCode' | 'tooLong'

export const EMPTY_HUB_FORM: HubFormValues = { stationName: '', hubUrl: '', hubCode: '' }

const MOST_NAME_CHARACTERS = 60
const CODE_SIGNS = 12

/** What keeps the form from being sent, by field; empty when nothing does. */
export function validateHubForm(values: HubFormValues): Partial<Record<HubField, HubProblem>> {
  const problems: Partial<Record<HubField, HubProblem>> = {}
  const name = nameProblem(values.stationName)
  if (name !== null) problems.stationName = name
  const address = readHubAddress(values.hubUrl)
  if (address.tag !== 'address') problems.hubUrl = address.tag === 'empty' ? 'missing' : 'badUrl'
  const signs = values.hubCode.normalize('NFKC').replace(/[^0-9a-z]/gi, '').length
  if (signs !== CODE_SIGNS) problems.hubCode = signs === 0 ? 'missing' : 'badCode'
  return problems
}

/** What is wrong with a station's name, or null. */
export function nameProblem(name: string): HubProblem | null {
  const length = [...name.trim()].length
  return length === 0 ? 'missing' : length > MOST_NAME_CHARACTERS ? 'tooLong' : null
}
