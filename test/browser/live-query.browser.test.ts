import { liveQuery } from 'dexie'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { describe, expect, it } from 'vitest'
import { createDexieStore } from '../../src/renderer/data/dexie-store.ts'
import { openStationDatabase, type StationDatabase } from '../../src/renderer/data/station-database.ts'
import { turns } from '../../src/renderer/data/turns.ts'
import { useLiveQuery } from '../../src/renderer/data/use-live-query.ts'
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

interface TwoReasonsProps {
  readonly database: StationDatabase
  readonly told: (text: string) => void
}

/** A part of a screen that reads two rows, one after the other, and tells what it would show. */
function TwoReasons({ database, told }: TwoReasonsProps): null {
  const reasons = useLiveQuery(async () => {
    const first = await database.todos.get('a')
    const second = await database.todos.get('b')
    return `${first?.reason} ${second?.reason}`
  }, [database])
  told(reasons ?? '')
  return null
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

  it('a row that was read before it was written leaves one list and comes to another, and disturbs no third', async () => {
    const { database, store } = await openStore()
    const row = (state: 'ready' | 'short', deadlineAt: number) =>
      ({ orderId: 'O1', state, deadlineAt, flag: 'none' }) as const
    await store.write(TABLE_NAMES, async (tx) => tx.put('readiness', row('short', 1)))
    const runs = { ready: 0, short: 0, held: 0 }
    const list = (state: keyof typeof runs) =>
      follow(async () => {
        runs[state]++
        const rows = await database.readiness
          .where('[state+deadlineAt]')
          .between([state, 0], [state, 9])
          .toArray()
        return rows.map(({ deadlineAt }) => deadlineAt)
      })
    const keys = follow(() => database.readiness.where('state').equals('short').limit(9).primaryKeys())
    const count = follow(() => database.readiness.where('state').equals('ready').count())
    const [ready, short, held] = [list('ready'), list('short'), list('held')]
    await Promise.all([ready.until([]), short.until([1]), held.until([]), keys.until(['O1']), count.until(0)])
    const change = (state: 'ready' | 'short', deadlineAt: number) =>
      store.write(TABLE_NAMES, async (tx) => {
        await tx.get('readiness', 'O1')
        tx.put('readiness', row(state, deadlineAt))
      })
    await change('ready', 2)
    await Promise.all([ready.until([2]), short.until([]), keys.until([]), count.until(1)])
    await change('ready', 3)
    await ready.until([3])
    // Without a look beforehand it may have stood anywhere.
    await store.write(TABLE_NAMES, async (tx) => tx.put('readiness', row('short', 4)))
    await Promise.all([ready.until([]), short.until([4]), keys.until(['O1']), count.until(0)])
    const before = runs.held
    await change('ready', 5)
    await store.write(TABLE_NAMES, async (tx) => {
      await tx.where('readiness', 'state', 'ready')
      tx.delete('readiness', 'O1')
    })
    await Promise.all([ready.until([]), count.until(0)])
    expect(runs.held).toBe(before)
    for (const query of [ready, short, held, keys, count]) query.stop()
  })

  it('a thousand rows in one write are told as one change of everything', async () => {
    const { database, store } = await openStore()
    const query = follow(() => database.readiness.where('state').equals('ready').count())
    await query.until(0)
    await store.write(TABLE_NAMES, async (tx) => {
      const rows = Array.from({ length: 1000 }, (_, n) => ({ orderId: `O${n}`, state: 'ready' as const }))
      tx.putMany(
        'readiness',
        rows.map((row, deadlineAt) => ({ ...row, deadlineAt, flag: 'none' as const })),
      )
    })
    await query.until(1000)
    query.stop()
  })

  it('the hook of the screens goes on following while scans come', async () => {
    const { database, store } = await openStore()
    const texts: string[] = []
    const root = createRoot(document.createElement('div'))
    const scans = setInterval(() => void turns.first(() => database.meta.get('none').then()), 30)
    root.render(createElement(TwoReasons, { database, told: (text) => void texts.push(text) }))
    for (let n = 1; n <= 5; n++)
      for (const todoId of ['a', 'b']) {
        await store.write(TABLE_NAMES, async (tx) => tx.put('todos', todo(todoId, `${todoId}${n}`)))
        const other = todoId === 'a' && n > 1 ? `b${n - 1}` : todoId === 'a' ? 'undefined' : `b${n}`
        await expect.poll(() => texts.at(-1)).toBe(`a${n} ${other}`)
      }
    clearInterval(scans)
    root.unmount()
  })

  it('lists that each scan makes ask anew do not keep everybody else waiting', async () => {
    const { database, store } = await openStore()
    const roots = Array.from({ length: 6 }, () => createRoot(document.createElement('div')))
    for (const root of roots) root.render(createElement(TwoReasons, { database, told: () => undefined }))
    let scanned = 0
    const scan = () =>
      turns.first(() => store.write(TABLE_NAMES, async (tx) => tx.put('todos', todo('a', String(++scanned)))))
    const scans = setInterval(() => void scan(), 40)
    await expect.poll(() => scanned, { timeout: 10_000 }).toBeGreaterThan(60)
    const before = scanned
    await turns.later(() => database.meta.get('none'))
    // Each of the lists may have a turn before it, but not every question that they have given up.
    expect(scanned - before).toBeLessThan(150)
    clearInterval(scans)
    for (const root of roots) root.unmount()
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
