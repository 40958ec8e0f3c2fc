import type { Page } from 'playwright-core'

/** What a floor screen answered. */
export interface Verdict {
  readonly verdict: string
  readonly reason: string
  readonly rule: string
  readonly seq: number
  readonly text: string
}

/** A person at the station: goes to screens, scans with a keyboard wedge, and reads the verdict. */
export interface Floor {
  readonly page: Page
  go(route: string): Promise<void>
  /** Scans one code: keys in a burst, ended by Enter; waits for its verdict. */
  scan(code: string): Promise<Verdict>
  /** Scans several; each must give the reason that stands beside it. */
  expectReasons(...pairs: readonly (readonly [code: string, reason: string])[]): Promise<void>
  read(): Promise<Verdict>
}

const STATUS = '[role="status"][data-seq]'

export function floorOf(page: Page): Floor {
  const read = async (): Promise<Verdict> =>
    page.locator(STATUS).evaluate((element) => ({
      verdict: element.getAttribute('data-verdict') ?? '',
      reason: element.getAttribute('data-reason') ?? '',
      rule: element.getAttribute('data-rule') ?? '',
      seq: Number(element.getAttribute('data-seq')),
      text: element.textContent ?? '',
    }))
  const scan = async (code: string): Promise<Verdict> => {
    const before = (await read()).seq
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
    await page.waitForFunction(
      ([selector, seq]) => Number(document.querySelector(selector)?.getAttribute('data-seq')) > seq,
      [STATUS, before] as const,
    )
    return read()
  }
  return {
    page,
    read,
    scan,
    go: async (route) => {
      await page.evaluate((hash) => {
        location.hash = hash
      }, `#/${route}`)
      await page.locator(`main[data-route="${route}"]`).waitFor()
      if (['receive', 'putaway', 'pick', 'pack', 'handover'].includes(route))
        await page.locator(STATUS).waitFor()
      // Nothing editable has the focus, as after a click beside a field.
      await page.evaluate(() =>
        document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined,
      )
    },
    expectReasons: async (...pairs) => {
      for (const [code, reason] of pairs) {
        const verdict = await scan(code)
        if (verdict.reason !== reason)
          throw new Error(
            `scan ${code}: wanted ${reason}, got ${verdict.verdict} ${verdict.reason}: ${verdict.text}`,
          )
      }
    },
  }
}
