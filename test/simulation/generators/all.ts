import { catalogue } from './catalogue.ts'
import { dispatch, merging } from './dispatch.ts'
import { evidence } from './evidence.ts'
import type { Generator } from './generator.ts'
import { handover } from './handover.ts'
import { details, people, resolutions } from './office.ts'
import { orderDesk } from './order-desk.ts'
import { orders } from './orders.ts'
import { corrections, packing } from './packing.ts'
import { found, picking, takingBack, waves } from './picking.ts'
import { putaway } from './putaway.ts'
import { supplies } from './supplies.ts'
import { notices, receiving } from './receiving.ts'
import { fetches, labelsFirst, numbersUp, pools, writeOffs } from './waybills.ts'

/** Every domain's people. A new type of event needs a generator here: a test looks for it. */
export const GENERATORS: readonly Generator[] = [
  receiving,
  notices,
  putaway,
  orders,
  orderDesk,
  picking,
  waves,
  found,
  takingBack,
  packing,
  corrections,
  handover,
  catalogue,
  merging,
  dispatch,
  pools,
  fetches,
  labelsFirst,
  numbersUp,
  writeOffs,
  people,
  details,
  resolutions,
  supplies,
  evidence,
]
