import type { Printer, PrinterLanguage, PrinterPath } from '../../../shared/protocol/print-contract.ts'

/** Paper sizes in use, millimetres (formats.md, and the house's own labels). */
const PAPER_PRESETS = [
  [76, 130],
  [100, 110],
  [100, 150],
  [100, 177],
  [100, 180],
  [100, 203],
  [100, 210],
  [50, 30],
  [60, 40],
  [100, 50],
  [210, 297],
] as const

/** The printer that is built in. */
export const FILE_PRINTER = 'file'

/** A printer as the form holds it: texts and millimetres. */
export interface PrinterValues {
  readonly name: string
  readonly via: PrinterPath['via']
  readonly host?: string
  readonly port?: number
  readonly url?: string
  readonly queue?: string
  readonly language: PrinterLanguage
  readonly dpi: 203 | 300
  /** `label`, `100x180` or `custom`. */
  readonly paper: string
  readonly widthMm?: number
  readonly heightMm?: number
  readonly gapMm: number
  readonly darkness: number | null
  readonly sparePrinterId: string
}

/** A printer that nobody has described yet: a label printer on the network. */
export const NEW_PRINTER: PrinterValues = {
  name: '',
  via: 'tcp',
  host: '',
  port: 9100,
  language: 'zpl',
  dpi: 203,
  paper: '100x180',
  gapMm: 2,
  darkness: null,
  sparePrinterId: '',
}

const UM = 1000

const presetKey = (widthMm: number, heightMm: number): string => `${widthMm}x${heightMm}`

export const PRESET_KEYS: readonly string[] = PAPER_PRESETS.map(([width, height]) => presetKey(width, height))

/** What the form shows of a printer. */
export function valuesOf(printer: Printer): PrinterValues {
  const { name, path, language, dpi, paper, gapUm, darkness, sparePrinterId } = printer
  const size = paper ? { widthMm: paper.widthUm / UM, heightMm: paper.heightUm / UM } : null
  const preset = size ? presetKey(size.widthMm, size.heightMm) : 'label'
  const known = preset === 'label' || PRESET_KEYS.includes(preset)
  return {
    name,
    via: path.via,
    ...(path.via === 'tcp' ? { host: path.host, port: path.port } : {}),
    ...(path.via === 'ipp' ? { url: path.url } : {}),
    ...(path.via === 'cups' || path.via === 'windows' ? { queue: path.queue } : {}),
    language,
    dpi,
    paper: known ? preset : 'custom',
    ...(known || !size ? {} : size),
    gapMm: gapUm / UM,
    darkness,
    sparePrinterId: sparePrinterId ?? '',
  }
}

/** The printer that the form describes. */
export function printerOf(printerId: string, values: PrinterValues): Printer {
  return {
    printerId,
    name: values.name.trim(),
    path: pathOf(values),
    language: values.language,
    dpi: values.dpi,
    paper: paperOf(values),
    gapUm: Math.round(values.gapMm * UM),
    darkness: values.darkness,
    sparePrinterId: values.sparePrinterId === '' ? null : values.sparePrinterId,
  }
}

function pathOf(values: PrinterValues): PrinterPath {
  switch (values.via) {
    case 'file':
      return { via: 'file' }
    case 'tcp':
      return { via: 'tcp', host: (values.host ?? '').trim(), port: values.port ?? 9100 }
    case 'ipp':
      return { via: 'ipp', url: (values.url ?? '').trim() }
    case 'cups':
    case 'windows':
      return { via: values.via, queue: (values.queue ?? '').trim() }
  }
}

function paperOf({ paper, widthMm, heightMm }: PrinterValues): Printer['paper'] {
  if (paper === 'label') return null
  const [width, height] = paper === 'custom' ? [widthMm, heightMm] : paper.split('x').map(Number)
  return { widthUm: Math.round((width ?? 0) * UM), heightUm: Math.round((height ?? 0) * UM) }
}

/** A host name or an address, without a scheme or a path. */
export const HOST_PATTERN = /^[A-Za-z0-9]([A-Za-z0-9.:_-]{0,251}[A-Za-z0-9])?$/
export const IPP_PATTERN = /^ipps?:\/\/\S{1,292}$/

/** `192.168.1.60:9100`, a URL, a queue: where the printer is, in one line. */
export function pathText(path: PrinterPath): string {
  switch (path.via) {
    case 'file':
      return ''
    case 'tcp':
      return `${path.host}:${path.port}`
    case 'ipp':
      return path.url
    case 'cups':
    case 'windows':
      return path.queue
  }
}
