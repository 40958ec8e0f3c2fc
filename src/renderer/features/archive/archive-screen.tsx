import { type ReactElement, useCallback, useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecipientRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { goTo, useRoute } from '../../app/use-route.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { SearchField } from '../../ui/scan-entry.tsx'
import { Note } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ExportButtons } from '../exports/export-buttons.tsx'
import { OfficePage } from '../office/office-page.tsx'
import { type FirstRows, useGrowingRows } from '../office/use-growing-rows.ts'
import { type ArchiveListing, useArchiveColumns } from './archive-columns.tsx'
import { ARCHIVE_TABLES, searchArchive } from './archive-search.ts'
import { ParcelDetails } from './parcel-details.tsx'

/** Every parcel that was ever finished, found by whatever is known of it (ARC-1). */
export function ArchiveScreen(): ReactElement {
  const station = useStation()
  const { t } = useTranslation('office')
  const selected = useRoute().rest[0] ?? null
  const [text, setText] = useState('')
  const search = useDeferredValue(text)
  const read = useCallback(
    (limit: number): Promise<FirstRows<ArchiveListing>> =>
      station.store.read(ARCHIVE_TABLES, async (tx) => {
        const answer = await searchArchive(tx, { text: search, limit, clock: station.env.shopClock })
        const refs = answer.parcels.map((parcel) => parcel.personRef)
        const recipients: readonly (RecipientRow | undefined)[] = await tx.getMany('recipients', refs)
        return {
          rows: answer.parcels.map((parcel, index) => ({ parcel, recipient: recipients[index] ?? null })),
          cut: answer.cut && answer.parcels.length < limit,
        }
      }),
    [station, search],
  )
  const { source, loading, cut } = useGrowingRows(read)
  const which = search.trim() === '' ? 'empty' : 'notFound'
  return (
    <OfficePage
      title={t('archive.title')}
      tools={
        <>
          <ArchiveSearch text={text} onChange={setText} />
          <ExportButtons kind="archive" />
        </>
      }
      {...(cut ? { top: <Note tone="plain">{t('archive.cut')}</Note> } : {})}
      {...(selected === null
        ? {}
        : {
            aside: <ParcelDetails key={selected} waybillNumber={selected} onClose={() => goTo('archive')} />,
          })}
    >
      <DataTable
        name="archive"
        columns={useArchiveColumns(selected !== null)}
        rows={source}
        rowKey={({ parcel }) => parcel.waybillNumber}
        rowHeightPx={56}
        selectedKey={selected}
        rowClass={({ parcel }) => (parcel.state === 'voided' ? 'row-done' : undefined)}
        onOpen={({ parcel }) => goTo('archive', [parcel.waybillNumber])}
        loading={loading}
        empty={
          <EmptyState icon="archive" title={t(`archive.${which}.title`)}>
            {t(`archive.${which}.words`)}
          </EmptyState>
        }
      />
    </OfficePage>
  )
}

/** Has the cursor from the start, so that the first scan on this screen is a search. */
function ArchiveSearch({ text, onChange }: { text: string; onChange: (text: string) => void }): ReactElement {
  const { t } = useTranslation('office')
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.querySelector('input')?.focus({ preventScroll: true })
  }, [])
  return (
    <div ref={place} className="archive-search">
      <SearchField name="archiveSearch" value={text} placeholder={t('archive.search')} onChange={onChange} />
    </div>
  )
}
