import { expect } from 'vitest'
import type { HubCaller } from '../../src/hub/hub-service.ts'
import type { SyncAnswer } from '../../src/shared/protocol/sync-messages.ts'
import type { HubRig } from '../support/hub-rig.ts'

export const pullAll = async ({ hub }: HubRig, caller: HubCaller, after = 0) =>
  hub.answer(caller, 'pull', { after, limit: 2000 })
export const results = (answer: SyncAnswer<'push'>) => {
  expect(answer.tag).toBe('taken')
  return answer.tag === 'taken' ? answer.results : []
}
export const tags = (answer: SyncAnswer<'push'>) =>
  results(answer).map(({ tag, sequence }) => `${tag} ${sequence}`)
