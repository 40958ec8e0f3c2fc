import { describe, expect, it } from 'vitest'
import { isHubHere, readHubAddress } from './hub-address.ts'

describe('hub address', () => {
  it('takes what the hub prints and what people type', () => {
    const open = { tag: 'address', url: 'http://192.168.1.5:4400', open: true }
    for (const typed of ['http://192.168.1.5:4400', ' 192.168.1.5:4400/ ', '１９２.168.1.5：4400'])
      expect(readHubAddress(typed)).toEqual(open)
    expect(readHubAddress('https://hub.example.cn/wms/')).toEqual({
      tag: 'address',
      url: 'https://hub.example.cn/wms',
      open: false,
    })
  })

  it('SEC-2 an unencrypted address is told from the PC itself', () => {
    for (const here of ['http://localhost:4400', 'http://127.0.0.1:4400', 'http://[::1]:4400']) {
      expect(readHubAddress(here)).toMatchObject({ open: false })
      expect(isHubHere(here)).toBe(true)
    }
    expect(isHubHere('http://127.0.0.1.evil.cn')).toBe(false)
    expect(readHubAddress('localhost.evil.cn')).toMatchObject({ open: true })
  })

  it('refuses what is no address of a hub', () => {
    expect(readHubAddress('  ')).toEqual({ tag: 'empty' })
    for (const bad of ['ftp://a', 'http://u:p@a', 'http://a/?x=1', 'http://', 'http://a b:x'])
      expect(readHubAddress(bad)).toEqual({ tag: 'bad' })
  })
})
