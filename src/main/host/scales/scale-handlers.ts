import type { ScaleResponses } from '../../../shared/protocol/scale-contract.ts'
import type { Handlers } from '../answer-call.ts'
import type { Scales } from './scales.ts'

/** The contract's methods, carried out by the scale of this PC: the same for live work and for the demo. */
export function scaleHandlers(scales: Scales): Pick<Handlers, keyof ScaleResponses> {
  return {
    'scale.describe': async () => scales.describe(),
    'scale.ports': () => scales.ports(),
    'scale.configure': ({ settings }) => scales.configure(settings),
    'scale.wait': (request) => scales.wait(request),
    'scale.weigh-again': async () => scales.weighAgain(),
  }
}
