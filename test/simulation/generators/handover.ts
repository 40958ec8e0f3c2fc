import { type Generator, scans } from './generator.ts'

/** Packed parcels go to the courier, who signs. */
export const handover: Generator = {
  name: 'handover',
  weight: 5,
  makes: ['ParcelsHandedOver'],
  plan: async ({ dice, tx }) => {
    const packed = (await tx.range('parcels', null, {})).filter((row) => row.state === 'packed')
    if (packed.length === 0) return []
    const chosen = packed.slice(0, dice.between(1, 4)).map((row) => row.waybillNumber)
    const fee = dice.chance(0.3) ? [`FEN-${dice.between(200, 900)}`] : []
    return scans('handover', 'STO', ...chosen, ...fee, 'ANS-1', 'CMD-FINISH', 'COURIER-LI')
  },
}
