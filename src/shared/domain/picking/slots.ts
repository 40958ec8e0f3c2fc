import type { PickTask, SlotOfOrder } from './pick-task.ts'

/** The most slots that a wall may have. */
export const MOST_SLOTS = 99

/** Code of slot `number` (from 1) of a wall, ASCII as it is printed: `WALL-03`. */
export const slotCode = (wall: string, number: number): string => `${wall}-${String(number).padStart(2, '0')}`

/** What people call a slot: `WALL-03` is 3. */
export function slotName(code: string): string {
  const digits = /(\d+)$/.exec(code)?.[1]
  return digits === undefined ? code : String(Number(digits))
}

/** Codes of a wall's slots that nobody's pieces are in, the lowest first. */
export function freeSlots(
  { wall, slots }: { readonly wall: string; readonly slots: number },
  taken: ReadonlySet<string>,
): string[] {
  return Array.from({ length: slots }, (_, index) => slotCode(wall, index + 1)).filter(
    (code) => !taken.has(code),
  )
}

/** The slot that an order's pieces go into; null without a wall. */
export function slotOf(task: Pick<PickTask, 'batch'>, orderId: string): SlotOfOrder | null {
  return task.batch?.slots.find((slot) => slot.orderId === orderId) ?? null
}
