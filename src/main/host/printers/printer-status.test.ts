import { describe, expect, it } from 'vitest'
import { modeReset, readTsplStatus, readZplStatus } from './printer-status.ts'

const zpl = (first: string, second: string) =>
  readZplStatus(Buffer.from(`\x02${first}\x03\r\n\x02${second}\x03\r\n\x020000,0\x03\r\n`))

describe('what printers say of themselves', () => {
  it('LBL-3 reads the host status of ZPL', () => {
    const fine = '000,0,0,0,0,2,6,0,00000000,1,000'
    expect(zpl('014,0,0,0623,000,0,0,0,000,0,0,0', fine)?.condition).toBe('ready')
    expect(zpl('014,0,0,0623,002,0,0,0,000,0,0,0', fine)?.condition).toBe('busy')
    expect(zpl('014,1,0,0623,000,0,0,0,000,0,0,0', fine)?.condition).toBe('outOfPaper')
    expect(zpl('014,0,1,0623,000,0,0,0,000,0,0,0', fine)).toMatchObject({
      condition: 'stopped',
      detail: 'pause',
    })
    expect(zpl('014,0,0,0623,000,0,0,0,000,0,0,0', '000,0,1,0,0,2,6,0')?.condition).toBe('coverOpen')
    expect(zpl('014,0,0,0623,000,0,0,0,000,0,0,0', '000,0,0,1,0,2,6,0')?.detail).toBe('ribbon out')
  })

  it('LBL-3 waits for the whole of it, and takes no nonsense for trouble', () => {
    expect(readZplStatus(Buffer.from('\x02014,1,0,0623'))).toBeNull()
    expect(readZplStatus(Buffer.from('\x02014,0,0,0623,000,0,0,0,000,0,0,0\x03\r\n'))).toBeNull()
    expect(zpl('hello', 'world')?.condition).toBe('unknown')
    expect(readTsplStatus(new Uint8Array())).toBeNull()
  })

  it('LBL-3 reads the status byte of TSPL', () => {
    const conditions = [0x00, 0x01, 0x02, 0x04, 0x05, 0x08, 0x10, 0x20].map(
      (byte) => readTsplStatus(Uint8Array.of(byte))?.condition,
    )
    expect(conditions).toEqual([
      'ready',
      'coverOpen',
      'stopped',
      'outOfPaper',
      'outOfPaper',
      'stopped',
      'stopped',
      'busy',
    ])
  })

  it("LBL-3 puts the printer's mode back without printing anything", () => {
    const zplReset = Buffer.from(modeReset('zpl')).toString()
    expect(zplReset).toContain('^JUR')
    // No field, hence no label.
    expect(zplReset).not.toMatch(/\^F[DOGT]/)
    expect(Buffer.from(modeReset('tspl')).toString()).not.toMatch(/PRINT|FEED|FORMFEED/)
    expect(modeReset('pdf')).toHaveLength(0)
  })
})
