import { describe, expect, it } from 'vitest'
import { hashOfRoute, routeNames, routeOfHash } from './use-route.ts'

describe('routes', () => {
  it('every screen has its address, and reads back', () => {
    for (const name of routeNames) expect(routeOfHash(`#/${name}`)).toEqual({ name, rest: [] })
  })

  it('what follows the screen survives hanzi, slashes and stray percent signs', () => {
    expect(routeOfHash(hashOfRoute('stock', ['2031-深蓝-31', 'a/b']))).toEqual({
      name: 'stock',
      rest: ['2031-深蓝-31', 'a/b'],
    })
    expect(routeOfHash('#/stock/100%')).toEqual({ name: 'stock', rest: ['100%'] })
  })

  it('an unknown address is home', () => {
    for (const hash of ['', '#', '#/', '#/nowhere/1']) expect(routeOfHash(hash).name).toBe('home')
  })
})
