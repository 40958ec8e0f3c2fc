import { expect, it } from 'vitest'
import { turns } from '../../src/renderer/data/turns.ts'

/** A window or a worker beside this one. */
function beside() {
  const channel = new BroadcastChannel('packbench-scans')
  const heard: unknown[] = []
  channel.onmessage = ({ data }) => heard.push(data)
  return { channel, heard }
}

const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

it('PAK-2 other windows and workers hear of a scan, and a scan of theirs is heard here', async () => {
  const { channel, heard } = beside()
  turns.announce()
  await turns.first(() => pass(5))
  await expect.poll(() => heard).toEqual(expect.arrayContaining(['coming', 'begun', 'done']))
  const witness = beside()
  const begunAt = performance.now()
  channel.postMessage('begun')
  // Channels hear in the order in which they were made: by now the turns have heard it too.
  await expect.poll(() => witness.heard).toContain('begun')
  const readAt = await turns.later(async () => performance.now())
  // The window of that scan never said that it is done; without its word the wait were over after 0.15 s.
  expect(readAt - begunAt).toBeGreaterThanOrEqual(400)
  witness.channel.close()
  channel.close()
})
