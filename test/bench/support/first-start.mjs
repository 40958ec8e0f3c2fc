/** The form of a first start, with one person, as it is filled in by hand. */
export async function setUp(page) {
  const values = {
    shopName: '蜀都精品',
    stationName: 'PC-1',
    managerName: '张主管',
    managerPin: '4711',
    managerBadge: '1001',
  }
  for (const [name, value] of Object.entries(values)) await page.locator(`input[name="${name}"]`).fill(value)
  await page.locator('[data-action="begin"]').click()
  await page.locator('main[data-route="home"]').waitFor()
}

/** Goes to a screen and waits for it. */
export async function goTo(page, route) {
  await page.evaluate((hash) => {
    location.hash = hash
  }, `#/${route}`)
  await page.locator(`main[data-route="${route}"]`).waitFor()
}

/** The packing screen, ready for a scanner: nothing editable has the focus. */
export async function goToPacking(page) {
  await goTo(page, 'pack')
  await page.locator('[role="status"][data-seq]').waitFor()
  await page.evaluate(() => document.activeElement?.blur?.())
}
