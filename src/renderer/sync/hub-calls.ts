import type { HostClient, HubUnreachable } from '../../shared/protocol/host-contract.ts'
import {
  type HubRefusal,
  type SyncAnswer,
  type SyncCall,
  type SyncRequest,
  syncAnswerSchemas,
} from '../../shared/protocol/sync-messages.ts'

/** What a single question to the hub came to. */
export type HubAsked<C extends SyncCall> =
  | { readonly tag: 'answer'; readonly value: SyncAnswer<C>; readonly clockOffsetMs: number }
  | { readonly tag: 'refused'; readonly refusal: HubRefusal; readonly clockOffsetMs: number }
  | { readonly tag: 'notEnrolled' }
  | HubUnreachable
  | { readonly tag: 'badAnswer' | 'hostGone'; readonly detail: string }

/** Asks the hub one thing beside the stream, from any window; never rejects. */
export async function askHub<C extends SyncCall>(
  host: HostClient,
  call: C,
  body: SyncRequest<C>,
  timeoutMs = 10_000,
): Promise<HubAsked<C>> {
  const answer = await host.call('hub.call', { call, body, timeoutMs }).catch((error: unknown) => ({
    tag: 'hostGone' as const,
    detail: String(error),
  }))
  if (answer.tag !== 'answered') return answer
  const parsed = syncAnswerSchemas[call].safeParse(answer.value)
  if (!parsed.success) return { tag: 'badAnswer', detail: parsed.error.message.slice(0, 200) }
  return { tag: 'answer', value: parsed.data as SyncAnswer<C>, clockOffsetMs: answer.clockOffsetMs }
}
