import type { FastifyReply } from 'fastify'
import type { HubRefusal } from '../../shared/protocol/sync-messages.ts'

/** Why a request is not heard, before it has the hub's time on it. */
export interface Refusal {
  readonly tag: HubRefusal['tag']
  readonly detail: string
}

const STATUS_OF_REFUSAL: Readonly<Record<HubRefusal['tag'], number>> = {
  badRequest: 400,
  unknownStation: 401,
  badSignature: 401,
  clockOff: 401,
  replayed: 401,
  revoked: 403,
  unknownCall: 404,
  tooLarge: 413,
  ending: 503,
  // To the station it is the same as a hub that is not there: try again later.
  internal: 503,
}

/** Name of the header that tells the hub's time with every answer, milliseconds since 1970. */
export const HUB_TIME_HEADER = 'packbench-hub-time'

/** Sends a refusal as `HubRefusalSchema` wants it. */
export function refuse(
  reply: FastifyReply,
  refusal: Refusal,
  hubTime: number,
  status?: number,
): FastifyReply {
  const body: HubRefusal = { ...refusal, hubTime }
  return reply
    .code(status ?? STATUS_OF_REFUSAL[refusal.tag])
    .header(HUB_TIME_HEADER, hubTime)
    .send(body)
}
