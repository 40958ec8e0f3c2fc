import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * What a scanner reads off a printed label, rasterised in black and white as a thermal printer does, by two renderers
 * that know nothing of each other. Answers the values of each.
 */
export function decodeLabel(pdf: string): {
  readonly poppler: readonly string[]
  readonly ghostscript: readonly string[]
} {
  const directory = mkdtempSync(join(tmpdir(), 'packbench-label-'))
  try {
    execFileSync('pdftoppm', ['-mono', '-r', '203', pdf, join(directory, 'poppler')])
    execFileSync('gs', [
      '-q',
      '-dNOPAUSE',
      '-dBATCH',
      '-sDEVICE=pbmraw',
      '-r203',
      `-sOutputFile=${directory}/gs-%d.pbm`,
      pdf,
    ])
    return { poppler: decode(directory, /^poppler/), ghostscript: decode(directory, /^gs-/) }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function decode(directory: string, name: RegExp): string[] {
  const images = readdirSync(directory).filter((file) => name.test(file))
  const output = execFileSync('zbarimg', ['-q', ...images.map((file) => join(directory, file))], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return String(output)
    .split('\n')
    .filter((line) => line !== '')
}
