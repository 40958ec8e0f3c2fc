import { type BrowserContext, chromium } from 'playwright-core'
import { chromiumArguments, ensureChromium } from '../../../scripts/find-chromium.mjs'

/**
 * A browser with a profile directory of its own, as a person's is; it can be closed, killed and opened again.
 * @param more further arguments of Chromium, for instance a camera
 */
export async function openBrowser(
  profile: string,
  locale = 'zh-CN',
  more: readonly string[] = [],
): Promise<BrowserContext> {
  const executablePath = await ensureChromium()
  return chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: [...chromiumArguments, ...more],
    viewport: { width: 1366, height: 768 },
    locale,
    timezoneId: 'Asia/Shanghai',
    colorScheme: 'light',
  })
}
