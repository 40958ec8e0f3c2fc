import { useCallback, useEffect, useState } from 'react'
import { HostError } from '../../../shared/protocol/host-contract.ts'
import type { CourierAccountState } from '../../../shared/protocol/courier-contract.ts'
import { FETCH_TABLES, type FetchPlan, planFetches } from '../../../shared/station/plan-fetches.ts'
import { type StationApp, useStation } from '../../app/station-app.ts'

/** The fetching goes on in the background, in this window or another. */
const ROUND_MS = 3_000

/** The accounts and how their fetching stands; null before the first look. */
export interface KnownAccounts {
  readonly accounts: readonly CourierAccountState[]
  readonly plan: FetchPlan
}

/** Looks every few seconds, and at once after a change. */
export function useAccounts(): {
  readonly known: KnownAccounts | null
  /** Why nothing could be read; null when it could. */
  readonly trouble: string | null
  look(): Promise<void>
} {
  const station = useStation()
  const [known, setKnown] = useState<KnownAccounts | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const look = useCallback(async () => {
    try {
      setKnown(await readAccounts(station))
      setTrouble(null)
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }, [station])
  useEffect(() => {
    void look()
    const timer = setInterval(() => void look(), ROUND_MS)
    return () => clearInterval(timer)
  }, [look])
  return { known, trouble, look }
}

async function readAccounts({ host, store, env }: StationApp): Promise<KnownAccounts> {
  const { accounts } = await host.call('courier.accounts', {})
  const usable = accounts.filter(({ account, hasSecret }) => account.active && hasSecret)
  const input = { ...env.identity, accounts: usable.map(({ account }) => account), shop: env.shop, most: 0 }
  const plan = await store.read(FETCH_TABLES, (tx) => planFetches(tx, input))
  return { accounts, plan }
}

/** What a failed call says of itself. */
export const faultOf = (error: unknown): string =>
  error instanceof HostError ? error.fault.detail : String(error)
