import { testOrder } from '../../../src/shared/station/test-station.ts'
import { command, type Generator, type Planned, type Scene } from './generator.ts'
import { numberOf } from './orders.ts'

/** Customer service at several stations: flags, holds, notes, transfers and confirmations of the same orders. */
export const orderDesk: Generator = {
  name: 'order-desk',
  weight: 5,
  makes: ['OrderFlagged', 'OrderHeld', 'OrderNoted', 'BankTransferRecorded', 'AddressConfirmed'],
  plan: async (scene): Promise<Planned[]> => {
    const { dice } = scene
    const number = numberOf(scene)
    const orderId = `taobao/${number}`
    switch (dice.below(5)) {
      case 0:
        return [
          command({
            type: 'FlagOrder',
            orderId,
            flag: dice.pick(['none', 'red', 'green', 'blue', 'purple']),
          }),
        ]
      case 1:
        return hold(scene, orderId)
      case 2:
        return [command({ type: 'NoteOrder', orderId, note: note(scene) })]
      case 3:
        return [transfer(scene, orderId)]
      default: {
        const street = `解放路${dice.below(9)}号`
        const recipient = dice.chance(0.5) ? { ...testOrder(number, []).recipient, street } : null
        return [command({ type: 'ConfirmOrder', orderId, what: ['address', 'courier'], recipient })]
      }
    }
  },
}

/** What is held is let go again sooner or later, or nothing would ship in the end. */
function hold({ dice }: Scene, orderId: string): Planned[] {
  const held = command({ type: 'HoldOrder', orderId, held: true, reason: `reason ${dice.below(9)}` })
  const free = command({ type: 'HoldOrder', orderId, held: false, reason: '' })
  return dice.chance(0.3) ? [held] : [held, free]
}

const note = ({ dice }: Scene) => ({
  name: '',
  spec: `spec ${dice.below(9)}`,
  shipOn: dice.chance(0.2) ? `2026-12-0${dice.between(1, 9)}` : null,
  delivery: dice.pick(['courier', 'door', 'fitting'] as const),
  extras: '',
  text: `text ${dice.below(100)}`,
})

const transfer = ({ dice, now }: Scene, orderId: string): Planned =>
  command({
    type: 'RecordTransfer',
    orderId,
    bank: dice.pick(['工商银行', '农业银行']),
    amountFen: dice.between(100, 9900),
    confirmedBy: '张主管',
    receivedAt: now - dice.below(100_000),
    withdrawn: dice.chance(0.2),
  })
