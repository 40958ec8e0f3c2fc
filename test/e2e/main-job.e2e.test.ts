import { describe, it } from 'vitest'
import { dayInBrowser } from './support/day-in-browser.ts'

describe('the main job in the browser host, with the network off', () => {
  it('RCV-1 PUT-3 PIK-2 PAK-1 LBL-2 SHP-2 ARC-1 seed 1: from first start to the archive', () =>
    dayInBrowser(1, 22))
})
