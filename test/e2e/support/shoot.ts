import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Keeps a picture of the page in the directory that `PACKBENCH_SHOTS` names; does nothing without it. */
export async function shoot(page: Page, name: string): Promise<void> {
  const directory = process.env.PACKBENCH_SHOTS
  if (directory === undefined || directory === '') return
  mkdirSync(directory, { recursive: true })
  await page.screenshot({ path: join(directory, `${name}.png`) })
}
