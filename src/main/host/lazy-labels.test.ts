import { describe, expect, it } from 'vitest'
import { createLazyLabels } from './lazy-labels.ts'

const DOCUMENT = { kind: 'bin', code: 'A-01', kindName: '拣货位', category: '' } as const

describe('lazy labels', () => {
  it('LBL-1 make the renderer once, for whoever asks first', async () => {
    let made = 0
    const labels = createLazyLabels(async () => {
      made++
      return {
        layout: () => [],
        render: async () => ({ bytes: new Uint8Array([made]), missingGlyphs: [], faults: [] }),
      }
    })
    expect(made).toBe(0)
    await Promise.all([labels.layout(DOCUMENT), labels.layout(DOCUMENT)])
    const options = { language: 'zpl', dpi: 203, darkness: null, gapUm: 2000, layout: null } as const
    expect((await labels.render(DOCUMENT, options)).bytes).toEqual(new Uint8Array([1]))
  })

  it('LBL-1 try again after the renderer could not be made', async () => {
    let attempts = 0
    const labels = createLazyLabels(async () => {
      if (++attempts === 1) throw new Error('no fonts')
      return {
        layout: () => [],
        render: async () => ({ bytes: new Uint8Array(0), missingGlyphs: [], faults: [] }),
      }
    })
    await expect(labels.layout(DOCUMENT)).rejects.toThrow('no fonts')
    expect(await labels.layout(DOCUMENT)).toEqual([])
  })
})
