import type { StationApp } from '../../app/station-app.ts'
import { demoDemand } from '../setup/demo-orders.ts'

const WAIST_MM = 770
/** Enough for a first handful of orders, and quickly there. */
const GOODS = 8
/** Badges of the demo's clerk and manager. */
const CLERK = 'BADGE-1002'
const MANAGER = 'BADGE-1001'

/**
 * Brings what the demo's first orders want onto the shelves, by the same scans as a person's: goods in, two signatures, put
 * away where the station suggests. What has no bin stays on the dock.
 */
export async function preparePractice(
  { scan, database }: Pick<StationApp, 'scan' | 'database'>,
  tell: (done: number, total: number) => void,
): Promise<void> {
  const wanted = [...demoDemand()].slice(0, GOODS)
  const total = 2 * wanted.length
  let done = 0
  const measured = new Set<string>()
  await scan('receive', 'CMD-NEW')
  for (const [code, quantity] of wanted) {
    const first = await scan('receive', code)
    if (first.answer.reason === 'measureWanted') {
      measured.add(code)
      await scan('receive', `MM-${WAIST_MM}`)
      for (let piece = 1; piece < quantity; piece++) {
        await scan('receive', code)
        await scan('receive', `MM-${WAIST_MM}`)
      }
    } else await scan('receive', `QTY-${quantity}`)
    tell(++done, total)
  }
  for (const raw of ['CMD-FINISH', CLERK, MANAGER]) await scan('receive', raw)
  const bins = await database.bins.toArray()
  const spare = bins.find((bin) => bin.kind === 'pick')?.code
  for (const [code, quantity] of wanted) {
    const pieces = measured.has(code) ? quantity : 1
    for (let piece = 0; piece < pieces; piece++) {
      let { answer } = await scan('putaway', code)
      if (measured.has(code)) ({ answer } = await scan('putaway', `MM-${WAIST_MM}`))
      else if (quantity > 1) ({ answer } = await scan('putaway', `QTY-${quantity}`))
      const bin = String(answer.nextParams?.bin ?? spare ?? '')
      if (bin !== '') await scan('putaway', bin)
    }
    tell(++done, total)
  }
}
