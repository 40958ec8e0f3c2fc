import type { ReactElement } from 'react'
import type { OrderRow } from '../../../shared/station/tables.ts'
import { CourierCard } from './courier-card.tsx'
import { ExtrasCard } from './extras-card.tsx'
import { MergeCard } from './merge-card.tsx'
import './merging.css'

/** How an order goes out: with which others, by which courier and why, with which extras (ORD-4, ORD-7, ORD-8). */
export function OrderDispatch({ order }: { order: OrderRow }): ReactElement {
  return (
    <>
      <MergeCard order={order} />
      <ExtrasCard order={order} />
      <CourierCard order={order} />
    </>
  )
}
