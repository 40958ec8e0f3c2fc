import { Dexie } from 'dexie'
import { describe, expect, it } from 'vitest'
import { openStationDatabase } from '../../src/renderer/data/station-database.ts'

describe('a database of an older version', () => {
  it('PAK-11 SYN-4 opens with its rows, and finds the ready orders that have no label', async () => {
    const name = `upgrade-${crypto.randomUUID()}`
    const old = new Dexie(name)
    old.version(5).stores({
      orders: 'orderId,[queue+deadlineAt]',
      readiness: 'orderId,state,[state+deadlineAt],flagged',
    })
    await old
      .table('orders')
      .bulkPut(
        ['a', 'b', 'c', 'd'].map((orderId, index) => ({ orderId, queue: 'open', deadlineAt: 40 - index })),
      )
    await old.table('readiness').bulkPut([
      { orderId: 'a', state: 'ready', deadlineAt: 40, flag: 'red' },
      { orderId: 'b', state: 'ready', deadlineAt: 39, flag: 'red', labelled: true },
      { orderId: 'c', state: 'short', deadlineAt: 38, flag: 'yellow' },
      { orderId: 'd', state: 'ready', deadlineAt: 37, flag: 'red' },
    ])
    old.close()
    const database = openStationDatabase(name)
    await database.open()
    expect(await database.readiness.orderBy('bareDeadlineAt').primaryKeys()).toEqual(['d', 'a'])
    expect(await database.readiness.orderBy('orderId').primaryKeys()).toEqual(['a', 'b', 'c', 'd'])
    expect(await database.orders.count()).toBe(4)
    await database.delete()
  })
})
