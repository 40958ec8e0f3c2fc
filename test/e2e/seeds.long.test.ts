import { describe, it } from 'vitest'
import { dayInBrowser } from './support/day-in-browser.ts'

const seeds = (process.env.PACKBENCH_SEEDS ?? '2,3').split(',').map(Number)

describe('the main job on many files', () => {
  for (const seed of seeds)
    it(`RCV-1 PUT-3 PIK-2 PAK-1 LBL-2 SHP-2 ARC-1 seed ${seed}: from first start to the archive`, () =>
      dayInBrowser(seed, 22))
})
