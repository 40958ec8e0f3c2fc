import type { PrinterCondition, PrinterLanguage } from '../../../shared/protocol/print-contract.ts'
import type { PrinterHealth } from './printer-driver.ts'

/** How a printer is asked how it is, and how its answer is read; null until all of it is there. */
export interface StatusLanguage {
  readonly question: Uint8Array
  read(answer: Uint8Array): PrinterHealth | null
}

/** Null for languages that have no such question. */
export function statusLanguage(language: PrinterLanguage): StatusLanguage | null {
  if (language === 'zpl') return { question: Buffer.from('~HS'), read: readZplStatus }
  if (language === 'tspl') return { question: Buffer.from('\x1b!?', 'latin1'), read: readTsplStatus }
  return null
}

/**
 * ZPL II `~HS`: three strings `<STX>…<ETX><CR><LF>`. Of the first: paper out and pause; of the second: head up and
 * ribbon out (ZPL II Programming Guide, "Host Status Return").
 */
export function readZplStatus(answer: Uint8Array): PrinterHealth | null {
  const text = Buffer.from(answer).toString('latin1')
  const strings = text
    .split('\x03')
    .slice(0, -1)
    .map((string) => string.slice(string.indexOf('\x02') + 1).split(','))
  const [first, second] = strings
  if (first === undefined || second === undefined) return null
  // Other devices answer with something of their own; that is no reason to hold a label back.
  if (first.length < 9 || second.length < 4) return { condition: 'unknown', detail: printable(text) }
  const flag = (field: string | undefined): boolean => field?.trim() === '1'
  const said: [boolean, PrinterCondition, string][] = [
    [flag(first[1]), 'outOfPaper', 'paper out'],
    [flag(second[2]), 'coverOpen', 'head up'],
    [flag(second[3]), 'stopped', 'ribbon out'],
    [flag(first[2]), 'stopped', 'pause'],
  ]
  return firstTrue(said) ?? { condition: Number(first[4]) > 0 ? 'busy' : 'ready', detail: '' }
}

/** TSPL `<ESC>!?`: one byte of flags (TSPL/TSPL2 Programming Manual, "Status Polling"). */
export function readTsplStatus(answer: Uint8Array): PrinterHealth | null {
  const flags = answer[0]
  if (flags === undefined) return null
  const bit = (number: number): boolean => (flags & (1 << number)) !== 0
  const said: [boolean, PrinterCondition, string][] = [
    [bit(2), 'outOfPaper', 'out of paper'],
    [bit(0), 'coverOpen', 'head opened'],
    [bit(6), 'coverOpen', 'cover opened'],
    [bit(1), 'stopped', 'paper jam'],
    [bit(3), 'stopped', 'out of ribbon'],
    [bit(4), 'stopped', 'pause'],
  ]
  return firstTrue(said) ?? { condition: bit(5) ? 'busy' : 'ready', detail: '' }
}

function firstTrue(said: readonly [boolean, PrinterCondition, string][]): PrinterHealth | null {
  const found = said.find(([holds]) => holds)
  return found === undefined ? null : { condition: found[1], detail: found[2] }
}

function printable(text: string): string {
  return text
    .replace(/[^\x20-\x7e]/g, ' ')
    .trim()
    .slice(0, 100)
}

/**
 * What follows a label that came from a courier, so that the next label finds the printer as its owner set it.
 *
 * ZPL: `^JUR` recalls the saved settings, print mode, media tracking and width included (`^MM`, `^MN`, `^PW`; Programming
 * Guide, "^JU"); what a format leaves behind until power is off (`^LH`, `^LS`, `^PO`, `^PM`, `^LR`, `^FW`) is set back by
 * itself, because not every printer that speaks ZPL knows `^JU`. TSPL has no recall: what a label file may set and our own
 * labels do not is set to the manual's defaults.
 */
export function modeReset(language: PrinterLanguage): Uint8Array {
  switch (language) {
    case 'zpl':
      return Buffer.from('\n^XA^JUR^XZ\n^XA^LH0,0^LS0^PON^PMN^LRN^FWN^XZ\n')
    case 'tspl':
      return Buffer.from(
        '\r\nDIRECTION 0\r\nREFERENCE 0,0\r\nSHIFT 0\r\nOFFSET 0 mm\r\nSET PEEL OFF\r\nSET CUTTER OFF\r\nSET TEAR ON\r\nCLS\r\n',
      )
    case 'pdf':
      return new Uint8Array()
  }
}
