import { afterAll, beforeAll, describe } from 'vitest'
import type { HubStore } from '../../src/hub/hub-store.ts'
import { hubRig } from '../support/hub-rig.ts'
import { generationTests, passingOnTests, pushTests, transactionTests } from './hub-store-events.suite.ts'
import { grantTests, leaseTests } from './hub-store-scarce.suite.ts'
import { snapshotTests, stationTests } from './hub-store-stations.suite.ts'

/** What every hub store must do under the hub's rules, whatever it is made of (decision 12). */
export function hubStoreSuite(name: string, open: () => Promise<HubStore>): void {
  describe(`hub store: ${name}`, () => {
    let store: HubStore
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store.close())
    const rig = () => hubRig(store)

    pushTests(rig)
    generationTests(rig)
    passingOnTests(rig)
    transactionTests(rig)
    leaseTests(rig)
    grantTests(rig)
    snapshotTests(rig)
    stationTests(rig)
  })
}
