import { Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { MergeDialog } from './merge-dialog.tsx'
import { type MergeOffer, readMergeOffers } from './merge-offers.ts'
import './merging.css'

/** Looking through the whole queue is not for every scan that changes an order: only for new ones, and now and then. */
const LOOK_AGAIN_MS = 30_000

/** How many parcels could be saved by merging, and the way to the list (ORD-4). */
export function MergeOffersButton(): ReactElement {
  const { t } = useTranslation('dispatch')
  const { database } = useStation()
  const [offers, setOffers] = useState<readonly MergeOffer[] | null>(null)
  const [open, setOpen] = useState(false)
  const orders = useLiveQuery(() => database.orders.count(), [database])
  const look = useCallback(async () => setOffers(await readMergeOffers(database)), [database])
  // biome-ignore lint/correctness/useExhaustiveDependencies: new orders are a reason to look again.
  useEffect(() => {
    void look()
    const timer = setInterval(() => void look(), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [look, orders])
  const count = (offers ?? []).filter((offer) => offer.state !== 'merged').length
  const show = (): void => {
    void look()
    setOpen(true)
  }
  return (
    <>
      <Button data-action="merge-offers" data-count={count} onClick={show}>
        {count === 0 ? t('merge.offers') : t('merge.offersCount', { count })}
      </Button>
      {open && offers !== null && (
        <MergeDialog offers={offers} onChanged={look} onClose={() => setOpen(false)} />
      )}
    </>
  )
}
