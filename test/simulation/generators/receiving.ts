import {
  type Generator,
  isMeasured,
  CLERK,
  command,
  MANAGER,
  measure,
  type Planned,
  type Scene,
  scans,
  skuOf,
} from './generator.ts'

const SIGNED = ['CMD-FINISH', CLERK, MANAGER] as const

function counted(scene: Scene): string[] {
  const { dice } = scene
  const sku = skuOf(dice)
  const code = dice.chance(0.5) ? sku.code : (sku.barcodes[0] ?? sku.code)
  if (isMeasured(sku)) return [code, measure(dice), ...(dice.chance(0.5) ? [code, measure(dice)] : [])]
  const defect = dice.chance(0.2) ? ['CMD-DEFECT'] : []
  const undone = dice.chance(0.2) ? [code, 'CMD-BACK'] : []
  return [code, `QTY-${dice.between(1, 9)}`, ...defect, ...undone]
}

/** Goods-in by scanner: blind and against a notice, with signatures, an unknown code now and then. */
export const receiving: Generator = {
  name: 'receiving',
  weight: 10,
  makes: ['GoodsReceived', 'HangTagAssigned', 'SkuCodeLinked', 'SkusImported'],
  plan: async (scene) => {
    const { dice, tx } = scene
    const notices = await tx.range('notices', null, {})
    const opening = notices.length > 0 && dice.chance(0.4) ? dice.pick(notices).noticeNo : 'CMD-NEW'
    const unknown = dice.chance(0.15) ? unknownCode(scene) : []
    return scans('receive', opening, ...counted(scene), ...unknown, ...counted(scene), ...SIGNED)
  },
}

function unknownCode({ dice, fresh }: Scene): string[] {
  const code = fresh('NEW')
  return dice.chance(0.5) ? [code, 'ANS-1', '6901000000022'] : [code, 'ANS-2']
}

/** Suppliers' notices; the same one comes in on several stations. */
export const notices: Generator = {
  name: 'notices',
  weight: 2,
  makes: ['NoticeImported'],
  plan: async ({ dice }): Promise<Planned[]> => {
    const lines = [
      { skuCode: skuOf(dice).code, quantity: dice.between(1, 8), priceFen: dice.between(100, 900) },
    ]
    const notice = { noticeNo: `CG${dice.between(1, 5)}`, supplier: dice.pick(['甲厂', '乙厂']), lines }
    return [command({ type: 'ImportNotice', file: 'notice.csv', notice })]
  },
}
