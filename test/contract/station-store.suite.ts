import { describe, expect, it } from 'vitest'
import type { StationStore } from '../../src/shared/station/store.ts'
import { type BalanceRow, TABLE_NAMES } from '../../src/shared/station/tables.ts'

const balance = (key: string, over: Partial<BalanceRow> = {}): BalanceRow => ({
  key,
  place: 'dock',
  skuCode: 'A',
  batch: null,
  expiresOn: null,
  measureMm: null,
  condition: 'good',
  quantity: 1,
  ...over,
})

/** What every station store must do, whatever it is made of (decision 12). */
export function stationStoreSuite(name: string, open: () => Promise<StationStore>): void {
  describe(`station store: ${name}`, () => {
    it('PAK-2 makes a write happen completely or not at all', async () => {
      const store = await open()
      await store.write(TABLE_NAMES, async (tx) => tx.put('balances', balance('kept')))
      const failing = store.write(TABLE_NAMES, async (tx) => {
        tx.put('balances', balance('lost'))
        tx.delete('balances', 'kept')
        await tx.get('balances', 'lost')
        throw new Error('power cut')
      })
      await expect(failing).rejects.toThrow('power cut')
      const rows = await store.read(['balances'], (tx) => tx.range('balances', null, {}))
      expect(rows.map((row) => row.key)).toEqual(['kept'])
    })

    it('reads its own writes inside a transaction', async () => {
      const store = await open()
      const seen = await store.write(TABLE_NAMES, async (tx) => {
        tx.put('balances', balance('a', { quantity: 1 }))
        tx.put('balances', balance('a', { quantity: 2 }))
        tx.putMany('balances', [balance('b'), balance('c')])
        tx.delete('balances', 'b')
        return [
          await tx.get('balances', 'a'),
          await tx.where('balances', 'skuCode', 'A'),
          await tx.count('balances'),
        ] as const
      })
      expect(seen[0]?.quantity).toBe(2)
      expect(seen[1].map((row) => row.key)).toEqual(['a', 'c'])
      expect(seen[2]).toBe(2)
    })

    it('stays in its transaction however many plain promises stand between two requests', async () => {
      const store = await open()
      const idle = async (depth: number): Promise<number> => (depth === 0 ? 0 : (await idle(depth - 1)) + 1)
      const work = (fail: boolean) =>
        store.write(TABLE_NAMES, async (tx) => {
          for (let depth = 0; depth < 12; depth++) {
            tx.put('balances', balance(`deep-${depth}`))
            await idle(depth)
            await Promise.all([idle(depth), tx.where('balances', 'skuCode', 'A'), idle(3)])
          }
          if (fail) throw new Error('power cut')
          return tx.count('balances')
        })
      await expect(work(true)).rejects.toThrow('power cut')
      expect(await store.read(['balances'], (tx) => tx.count('balances'))).toBe(0)
      expect(await work(false)).toBe(12)
    })

    it('finds by index, multi-entry index and compound range, in order', async () => {
      const store = await open()
      await store.write(TABLE_NAMES, async (tx) => {
        tx.put('balances', balance('2', { skuCode: 'B' }))
        tx.put('balances', balance('1', { skuCode: 'B' }))
        for (const [position, freeFor] of [
          [3, 'STO'],
          [1, 'STO'],
          [2, ''],
          [1, 'SF'],
        ] as const) {
          const key = `${freeFor}/${position}`
          tx.put('waybills', {
            key,
            courier: 'STO',
            number: key,
            sortCode: '',
            position,
            loaded: true,
            loads: [],
            firstLoad: null,
            tenure: null,
            usedBy: null,
            users: [],
            burnt: false,
            freeFor,
          })
        }
        const movement = {
          batch: null,
          expiresOn: null,
          measureMm: null,
          condition: 'good' as const,
          quantity: 1,
          from: 'a',
          to: 'b',
        }
        const rest = { eventId: 'e', type: 't', at: 1, personId: null, skuCode: 'A' }
        tx.put('movements', {
          ...movement,
          ...rest,
          id: 'm1',
          entities: ['parcel:1', 'order:1'],
          keys: ['a|A', 'b|A'],
        })
      })
      const found = await store.read(['balances', 'waybills', 'movements'], async (tx) => ({
        balances: await tx.where('balances', 'skuCode', 'B'),
        free: await tx.range('waybills', '[freeFor+position]', {
          from: ['STO', 0],
          to: ['STO', 99],
          limit: 1,
        }),
        last: await tx.range('waybills', '[freeFor+position]', {
          from: ['STO', 0],
          to: ['STO', 99],
          limit: 1,
          reverse: true,
        }),
        movements: await tx.where('movements', 'entities', 'order:1'),
        many: await tx.getMany('balances', ['2', 'none', '1']),
      }))
      expect(found.balances.map((row) => row.key)).toEqual(['1', '2'])
      expect(found.free.map((row) => row.position)).toEqual([1])
      expect(found.last.map((row) => row.position)).toEqual([3])
      expect(found.movements).toHaveLength(1)
      expect(found.many.map((row) => row?.key)).toEqual(['2', undefined, '1'])
    })

    it('numbers records without gaps, also after a transaction that failed', async () => {
      const store = await open()
      const add = (id: string, fail = false) =>
        store.write(TABLE_NAMES, async (tx) => {
          tx.put('records', {
            kind: 'person',
            id,
            data: {
              what: 'recipient',
              recipient: {
                personRef: id,
                name: '',
                company: '',
                phone: '',
                province: '',
                city: '',
                district: '',
                street: '',
                postcode: '',
                country: '',
              },
            },
          })
          await tx.count('records')
          if (fail) throw new Error('power cut')
        })
      await add('one')
      await expect(add('never', true)).rejects.toThrow()
      await add('two')
      const records = await store.read(['records'], (tx) => tx.range('records', null, {}))
      expect(records.map((record) => [record.seq, record.id])).toEqual([
        [1, 'one'],
        [2, 'two'],
      ])
    })

    it('SYN-1 replaces a record that says its number, as when it leaves the outbox', async () => {
      const store = await open()
      const record = (note: string) =>
        ({ kind: 'sync', id: note, eventId: 'e-1', data: { cursor: 0, confirmed: [] } }) as never
      await store.write(['records'], async (tx) => tx.put('records', record('sent')))
      await store.write(['records'], async (tx) => {
        const [held] = await tx.where('records', 'eventId', 'e-1')
        if (held) tx.put('records', { ...held, id: 'confirmed' })
      })
      const rows = await store.read(['records'], (tx) => tx.range('records', null, {}))
      expect(rows.map(({ seq, id }) => [seq, id])).toEqual([[1, 'confirmed']])
    })

    it('keeps a unique index: one command id is recorded once', async () => {
      const store = await open()
      const add = () =>
        store.write(TABLE_NAMES, async (tx) => {
          tx.put('records', {
            kind: 'checkpoint',
            id: 'x',
            commandId: 'c1',
            checkpointAt: 0,
            data: { atSeq: 0, at: 0, balances: [], hash: '' },
          })
          await tx.count('records')
        })
      await add()
      await expect(add()).rejects.toThrow()
      expect(await store.read(['records'], (tx) => tx.count('records'))).toBe(1)
    })

    it('lets transactions that overlap follow one another: no increment is lost', async () => {
      const store = await open()
      const increment = () =>
        store.write(['balances'], async (tx) => {
          const row = (await tx.get('balances', 'n')) ?? balance('n', { quantity: 0 })
          tx.put('balances', { ...row, quantity: row.quantity + 1 })
        })
      await Promise.all(Array.from({ length: 20 }, increment))
      expect((await store.read(['balances'], (tx) => tx.get('balances', 'n')))?.quantity).toBe(20)
    })
  })
}
