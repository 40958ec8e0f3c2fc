/** Names of the shop's settings about orders. */
export const ORDER_SETTINGS = {
  /** Hours after payment at the latest (ORD-3). */
  shipWithinHours: 'shipWithinHours',
  /** `{pick, pack, handOver}` in hours after payment (ORD-3). */
  stepHours: 'stepHours',
  /** `{wish, minutes}` (ORD-2). */
  noteRules: 'noteRules',
} as const
