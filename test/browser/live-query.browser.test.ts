import { liveQuery } from 'dexie'
import { describe, expect, it } from 'vitest'
import { createDexieStore } from '../../src/renderer/data/dexie-store.ts'
import { openStationDatabase } from '../../src/renderer/data/station-database.ts'
import { fullJob } from '../../src/shared/station/print-job.ts'
import { TABLE_NAMES } from '../../src/shared/station/tables.ts'

const todo = (todoId: string, reason = '') => ({
  todoId,
  kind: 'countSku' as const,
  subject: 'A',
  reason,
  at: 1,
  done: false,
})

async function openStore() {
  const database = openStationDatabase(`live-${crypto.randomUUID()}`)
  await database.open()
  return { database, store: createDexieStore(database) }
}

/** Follows a query; `until` waits for a value. */
function follow<T>(query: () => Promise<T>) {
  const seen: T[] = []
  const subscription = liveQuery(query).subscribe({ next: (value) => void seen.push(value) })
  const until = (value: T) => expect.poll(() => seen.at(-1)).toEqual(value)
  return { until, stop: () => subscription.unsubscribe() }
}

describe('screens follow the store', () => {
  it('a row, a count, an index range and a store read see each write and each delete', async () => {
    const { database, store } = await openStore()
    const row = follow(async () => (await database.todos.get('a'))?.reason ?? null)
    const count = follow(() => database.todos.count())
    const byIndex = follow(
      async () => (await database.printJobs.where('state').equals('queued').toArray()).length,
    )
    const read = follow(() =>
      store.read(['todos'], async (tx) => (await tx.range('todos', null, {})).map((r) => r.todoId)),
    )
    await row.until(null)
    await store.write(TABLE_NAMES, async (tx) => tx.put('todos', todo('a', 'first')))
    await row.until('first')
    await count.until(1)
    await read.until(['a'])
    await store.write(TABLE_NAMES, async (tx) => {
      tx.put('todos', todo('a', 'second'))
      tx.put('todos', todo('b'))
      const document = { kind: 'bin' as const, code: 'A', kindName: '', category: '' }
      tx.put(
        'printJobs',
        fullJob({
          jobId: 'j',
          document,
          personRef: null,
          subject: '',
          state: 'queued',
          createdAt: 1,
          reason: '',
          detail: '',
          file: '',
        }),
      )
    })
    await row.until('second')
    await count.until(2)
    await read.until(['a', 'b'])
    await byIndex.until(1)
    await database.printJobs.update('j', { state: 'printed' })
    await byIndex.until(0)
    await store.write(TABLE_NAMES, async (tx) => tx.delete('todos', 'a'))
    await row.until(null)
    await count.until(1)
    await read.until(['b'])
    for (const query of [row, count, byIndex, read]) query.stop()
  })

  it('a write that failed is not told', async () => {
    const { database, store } = await openStore()
    let runs = 0
    const query = follow(async () => {
      runs++
      return database.todos.count()
    })
    await query.until(0)
    const before = runs
    await expect(
      store.write(TABLE_NAMES, async (tx) => {
        tx.put('todos', todo('a'))
        throw new Error('power cut')
      }),
    ).rejects.toThrow('power cut')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(runs).toBe(before)
    query.stop()
  })
})
