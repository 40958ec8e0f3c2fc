import { describe, expect, it } from 'vitest'
import { createMemoryStore } from './memory-store.ts'
import { rememberingTx } from './remembering-tx.ts'
import type { WriteTx } from './store.ts'
import type { DemandRow } from './tables.ts'

const demand = (lineId: string, quantity: number): DemandRow => ({
  lineId,
  orderId: 'o',
  lineNo: 1,
  skuCode: 's',
  quantity,
  measured: false,
  wantedMm: null,
  toleranceMm: 0,
  deadlineAt: 1,
  allocated: [],
  shortQuantity: 0,
})

/** Counts what reaches the store. */
function counted(tx: WriteTx) {
  const counts = { reads: 0, puts: 0, deletes: 0 }
  const counting: WriteTx = {
    ...tx,
    getMany: (table, keys) => {
      counts.reads += keys.length
      return tx.getMany(table, keys)
    },
    put: (table, row) => {
      counts.puts++
      tx.put(table, row)
    },
    delete: (table, key) => {
      counts.deletes++
      tx.delete(table, key)
    },
  }
  return { counts, tx: counting }
}

describe('a transaction that remembers', () => {
  it('reads and writes a row once, and answers what was put last', async () => {
    const store = createMemoryStore()
    await store.write(['demand'], async (plain) => {
      const { counts, tx: counting } = counted(plain)
      const tx = rememberingTx(counting)
      expect(await tx.get('demand', 'a')).toBeUndefined()
      tx.put('demand', demand('a', 1))
      tx.put('demand', demand('a', 2))
      expect((await tx.get('demand', 'a'))?.quantity).toBe(2)
      tx.flush()
      expect(counts).toEqual({ reads: 1, puts: 1, deletes: 0 })
    })
    expect(await store.read(['demand'], (tx) => tx.get('demand', 'a'))).toEqual(demand('a', 2))
  })

  it('asks an index only after the store has what was held back', async () => {
    const store = createMemoryStore()
    await store.write(['demand'], async (plain) => plain.put('demand', demand('old', 1)))
    const seen = await store.write(['demand'], async (plain) => {
      const tx = rememberingTx(plain)
      tx.put('demand', demand('new', 1))
      tx.delete('demand', 'old')
      const rows = await tx.where('demand', 'orderId', 'o')
      tx.flush()
      return rows.map((row) => row.lineId)
    })
    expect(seen).toEqual(['new'])
    expect(await store.read(['demand'], (tx) => tx.count('demand'))).toBe(1)
  })

  it('deletes nothing that was never there, and brings back what was deleted', async () => {
    const store = createMemoryStore()
    await store.write(['demand'], async (plain) => plain.put('demand', demand('kept', 1)))
    await store.write(['demand'], async (plain) => {
      const { counts, tx: counting } = counted(plain)
      const tx = rememberingTx(counting)
      await tx.getMany('demand', ['none'])
      tx.delete('demand', 'none')
      tx.delete('demand', 'kept')
      tx.flush()
      expect(counts.deletes).toBe(1)
      tx.put('demand', demand('kept', 5))
      tx.flush()
    })
    expect((await store.read(['demand'], (tx) => tx.get('demand', 'kept')))?.quantity).toBe(5)
  })
})
