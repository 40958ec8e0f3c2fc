import { z } from 'zod'
import { MOST_SLOTS } from './slots.ts'

/** How a station picks; each has its own put-wall (PIK-1). */
const PickSettingsSchema = z.object({
  /** Orders that `CMD-NEXT` takes at once. */
  batchSize: z.number().int().min(1).max(60).catch(1),
  sorting: z.enum(['whilePicking', 'afterwards']).catch('whilePicking'),
  /** The slot is scanned after every piece. */
  confirmPuts: z.boolean().catch(false),
  /** Beginning of the slots' codes: ASCII, as it is printed. */
  wall: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{0,11}$/)
    .catch('WALL'),
  slots: z.number().int().min(1).max(MOST_SLOTS).catch(12),
  /** Zones whose aisles are walked to and fro. */
  serpentineZones: z.array(z.string().max(20)).max(50).catch([]),
})
export type PickSettings = z.infer<typeof PickSettingsSchema>

/** Name of the setting that holds a station's way of picking. */
export const pickSetting = (stationId: string): string => `picking:${stationId}`

/** Reads the stored setting; what is missing or makes no sense is as it was at the start. */
export function readPickSettings(value: unknown): PickSettings {
  const members = typeof value === 'object' && value !== null ? value : {}
  return PickSettingsSchema.parse(members)
}
