import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { type DeskedOrder, noteOf } from '../../../shared/domain/orders/desk.ts'
import { Note } from '../../ui/small-parts.tsx'

/** What customer service agreed with the buyer, as the bench has to know it (ORD-2, ORD-3, ORD-8). */
export function BenchNote({ order }: { order: DeskedOrder }): ReactElement | null {
  const { t } = useTranslation('orders')
  const note = noteOf(order)
  if (!note) return null
  const delivery = note.delivery === 'courier' ? '' : t(`delivery.${note.delivery}`)
  const lines = [delivery, note.name, note.spec, note.extras, note.text].filter((line) => line !== '')
  if (lines.length === 0) return null
  return (
    <div data-delivery={note.delivery}>
      <Note>
        <small className="under">{t('note.title')}</small>
        {lines.join(' · ')}
      </Note>
    </div>
  )
}
