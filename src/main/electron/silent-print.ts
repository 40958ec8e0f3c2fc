import { BrowserWindow } from 'electron'
import { renderLabelSvg } from '../../shared/labels/backends/svg.ts'
import type { SilentPrint } from '../host/printers/windows-printer.ts'

const LIMIT_MS = 60_000

/**
 * Prints label pages on a queue of the system without a dialog. The page size goes along in micrometres, because named
 * sizes are passed over in silent printing. Not yet tried on Windows.
 */
export const silentPrint: SilentPrint = async ({ queue, title, pages, size }) => {
  const window = new BrowserWindow({
    show: false,
    title,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false },
  })
  try {
    const [width, height] = [size.widthUm / 1000, size.heightUm / 1000]
    const style = `@page{size:${width}mm ${height}mm;margin:0}body{margin:0}svg{display:block;break-after:page}`
    const html = `<!doctype html><meta charset="utf-8"><style>${style}</style>${pages.map(renderLabelSvg).join('')}`
    await window.loadURL(`data:text/html;base64,${Buffer.from(html).toString('base64')}`)
    return await new Promise<string | null>((resolve) => {
      const timer = setTimeout(() => resolve(`no answer in ${LIMIT_MS} ms`), LIMIT_MS)
      window.webContents.print(
        {
          silent: true,
          printBackground: true,
          deviceName: queue,
          margins: { marginType: 'none' },
          pageSize: { width: size.widthUm, height: size.heightUm },
        },
        (success, reason) => {
          clearTimeout(timer)
          resolve(success ? null : reason)
        },
      )
    })
  } finally {
    window.destroy()
  }
}
