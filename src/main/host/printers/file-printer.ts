import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFileDurably } from '../durable-file.ts'
import { errorText, isDiskFull } from '../system-error.ts'
import type { PrinterDriver } from './printer-driver.ts'

/**
 * "Save as file": `labels/<job id>.<pdf|zpl|tspl>`. The label's appearance under its name is the print, so that a crash
 * leaves no doubt.
 * @param directory `labels/` of the space
 */
export function createFilePrinter(directory: string): PrinterDriver {
  return {
    keepsFile: true,
    probe: async () => ({ condition: 'ready', detail: '' }),
    send: async ({ jobId, language, bytes }, { commit }) => {
      await commit()
      try {
        await writeFileDurably(join(directory, `${jobId}.${language}`), bytes, 0o600)
        return { tag: 'printed', detail: '' }
      } catch (error) {
        const trouble = isDiskFull(error) ? 'diskFull' : 'other'
        return { tag: 'notSent', trouble, detail: errorText(error) }
      }
    },
    recover: async ({ jobId, language }) =>
      (await isThere(join(directory, `${jobId}.${language}`)))
        ? { tag: 'printed', detail: '' }
        : { tag: 'notSent', trouble: 'hostStopped', detail: '' },
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
