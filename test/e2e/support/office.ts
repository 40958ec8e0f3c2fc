import type { Page } from 'playwright-core'
import type { Floor } from './floor.ts'

export interface ImportResult {
  readonly accepted: number
  readonly unchanged: number
  readonly refused: number
}

const AREA_OF = {
  catalogue: 'catalogue',
  bins: 'stock',
  orders: 'orders',
  notice: 'receive',
  waybills: 'settings',
} as const

/** Takes files in as a person does: choose, look at the preview, go on, read the result. */
export async function importFiles(
  floor: Floor,
  kind: keyof typeof AREA_OF,
  paths: readonly string[],
): Promise<ImportResult> {
  const { page } = floor
  await floor.go(AREA_OF[kind])
  await page
    .locator(`input[data-import="${kind}"]`)
    .first()
    .setInputFiles([...paths])
  await page.locator('[data-action="import"]').first().click()
  const result = page.locator('[data-import-result]').first()
  await result.waitFor({ timeout: 120_000 }).catch(async (cause: unknown) => {
    throw new Error(`no result; the page says: ${await page.locator('body').textContent()}`, { cause })
  })
  const number = async (name: string): Promise<number> => Number(await result.getAttribute(name))
  const counts = {
    accepted: await number('data-accepted'),
    unchanged: await number('data-unchanged'),
    refused: await number('data-refused'),
  }
  await closeDialogs(page)
  return counts
}

async function closeDialogs(page: Page): Promise<void> {
  const close = page.locator('[data-action="close-import"]')
  if (await close.count()) await close.first().click()
}

/** First start: the form of interface.md, two people. */
export async function setUp(page: Page): Promise<void> {
  const values = {
    shopName: '蜀都精品',
    stationName: 'PC-1',
    managerName: '张主管',
    managerPin: '4711',
    managerBadge: '1001',
    clerkName: '王收货',
    clerkPin: '4712',
    clerkBadge: '1002',
  }
  for (const [name, value] of Object.entries(values)) await page.locator(`input[name="${name}"]`).fill(value)
  await page.locator('[data-action="begin"]').click()
  await page.locator('main[data-route="home"]').waitFor()
}

/** STK-3 on screen. */
export async function rebuildCompare(floor: Floor): Promise<string | null> {
  await floor.go('stock')
  await floor.page.locator('[data-action="rebuild-compare"]').click()
  const outcome = floor.page.locator('[data-rebuild]')
  await outcome.waitFor({ timeout: 60_000 })
  return outcome.getAttribute('data-rebuild')
}
