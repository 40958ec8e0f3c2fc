/** How the ids of waybill jobs begin. */
export const WAYBILL_JOBS = 'waybill-'

/** Id of a waybill's first print job; the host keeps it, so that a rebuilt station knows what was printed (LBL-4). */
export function waybillJobId(waybillNumber: string): string {
  return `${WAYBILL_JOBS}${waybillNumber.replace(/[^A-Za-z0-9._-]/g, '_')}`
}
