import { ORDER_SETTINGS } from '../../domain/orders/order-settings.ts'
import { PACKING_RULES } from '../../domain/packing/packing-rules.ts'
import { mayAct, type Person } from '../../domain/people/person.ts'
import { COURIER_RULES } from '../../domain/shipping/choose-courier-table.ts'
import type { CommandEffect } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import type { StationCommand } from './command.ts'

/** Settings that name the shop and rule its day; others, such as how far an export came, belong to the work. */
const MANAGERS_SETTINGS: ReadonlySet<string> = new Set([
  'shopName',
  'shopPhone',
  'shopAddress',
  'cutOffHour',
  ...Object.values(ORDER_SETTINGS),
  COURIER_RULES,
  PACKING_RULES,
])

/** Beginnings of settings that rule all stations: their names, and how labels look (LBL-1, LBL-2). */
const MANAGERS_PREFIXES = ['station:', 'labelLayout:', 'labelChoice:', 'maskWaybill:', 'labelling:'] as const

const MANAGERS_COMMANDS: ReadonlySet<string> = new Set([
  'SavePerson',
  'ResolveDiscrepancy',
  'TakeNumbersUp',
  'WriteOffNumbers',
  'SaveSupply',
])

/** The orders' desk is customer service's (ORD-2, ORD-5). */
const DESK_COMMANDS: ReadonlySet<string> = new Set([
  'FlagOrder',
  'HoldOrder',
  'NoteOrder',
  'RecordTransfer',
  'ConfirmOrder',
])

/**
 * SEC-1: people and the shop's settings are a manager's, checked here where it is decided. Before there are any people
 * the station is being set up. Null when the command may go on.
 */
export async function refuseRole(
  tx: ReadTx,
  command: StationCommand,
  person: Person | null,
): Promise<CommandEffect | null> {
  const wanted = isManagers(command) ? 'manager' : DESK_COMMANDS.has(command.type) ? 'customerService' : null
  if (wanted === null || mayAct(person, wanted)) return null
  return (await tx.count('people')) === 0 ? null : { answer: { tag: 'roleWanted' } }
}

function isManagers(command: StationCommand): boolean {
  if (MANAGERS_COMMANDS.has(command.type)) return true
  return (
    command.type === 'SaveSettings' &&
    Object.keys(command.settings).some(
      (name) => MANAGERS_SETTINGS.has(name) || MANAGERS_PREFIXES.some((prefix) => name.startsWith(prefix)),
    )
  )
}
