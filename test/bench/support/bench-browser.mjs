import { chromium } from 'playwright-core'
import { chromiumArguments, ensureChromium } from '../../../scripts/find-chromium.mjs'

/** A Chromium with a profile directory on disk, as a person's is. */
export async function openBenchBrowser(profile) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await ensureChromium(),
    headless: true,
    args: chromiumArguments,
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  const page = context.pages()[0] ?? (await context.newPage())
  // Filling a large catalogue takes minutes.
  page.setDefaultTimeout(0)
  return { context, page }
}
