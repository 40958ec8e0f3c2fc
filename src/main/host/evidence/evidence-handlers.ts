import type { EvidenceResponses } from '../../../shared/protocol/evidence-contract.ts'
import type { Space } from '../../../shared/protocol/host-contract.ts'
import type { Handlers } from '../answer-call.ts'
import type { Evidence } from './evidence.ts'
import type { EvidenceDesk } from './evidence-settings.ts'

/** Carries the page's calls to the evidence of their space; settings are the PC's. */
export function evidenceHandlers(
  of: (space: Space) => Promise<Evidence>,
  desk: () => Promise<EvidenceDesk>,
): Pick<Handlers, keyof EvidenceResponses> {
  return {
    'evidence.state': async ({ space }) => (await of(space)).state(),
    'evidence.configure': async (settings) => {
      await (await desk()).configure(settings)
      const live = await of('live')
      await live.tidy()
      return live.state()
    },
    'evidence.begin': async ({ space, ...rest }) => (await of(space)).begin(rest),
    'evidence.append': async ({ space, ...rest }) => (await of(space)).append(rest),
    'evidence.pause': async ({ space, ...rest }) => (await of(space)).pause(rest),
    'evidence.still': async ({ space, ...rest }) => (await of(space)).still(rest),
    'evidence.lose': async ({ space, ...rest }) => (await of(space)).lose(rest),
    'evidence.seal': async ({ space, ...rest }) => (await of(space)).seal(rest),
    'evidence.noted': async ({ space, ...rest }) => (await of(space)).noted(rest),
    'evidence.discard': async ({ space, ...rest }) => (await of(space)).discard(rest),
    'evidence.find': async ({ space, ...rest }) => (await of(space)).find(rest),
  }
}
