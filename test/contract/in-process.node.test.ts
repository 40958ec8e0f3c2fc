import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHost } from '../../src/main/host/host.ts'
import { createLabelRenderer } from '../../src/main/host/labels/label-renderer.ts'
import { hostContractSuite } from './host-contract.suite.ts'

hostContractSuite('in process', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'packbench-host-'))
  const host = await createHost({
    directory,
    host: 'http',
    appVersion: '0.0.0',
    labels: await createLabelRenderer(),
    sealer: null,
    report: () => undefined,
  })
  return {
    call: host.call,
    close: async () => {
      await host.close()
      await rm(directory, { recursive: true })
    },
  }
})
