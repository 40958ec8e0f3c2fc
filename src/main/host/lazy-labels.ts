import type { LabelPort } from './print-jobs.ts'

/** How long after the start the fonts are loaded, if nothing was printed before: the page loads first. */
const WARM_UP_AFTER_MS = 3_000

/**
 * Makes the label renderer when it is first needed, or a few seconds after the start. Its libraries and fonts
 * take a second or two to load, and a station should open without waiting for that. A failure is tried anew at the next label.
 */
export function createLazyLabels(make: () => Promise<LabelPort> = loadRenderer): LabelPort {
  let made: Promise<LabelPort> | null = null
  const get = (): Promise<LabelPort> => {
    if (made === null) {
      const making = make()
      made = making
      making.catch(() => {
        if (made === making) made = null
      })
    }
    return made
  }
  setTimeout(() => get().catch(() => undefined), WARM_UP_AFTER_MS).unref()
  return {
    layout: async (document, layout) => (await get()).layout(document, layout),
    render: async (document, options) => (await get()).render(document, options),
  }
}

async function loadRenderer(): Promise<LabelPort> {
  const { createLabelRenderer } = await import('./labels/label-renderer.ts')
  return createLabelRenderer()
}
