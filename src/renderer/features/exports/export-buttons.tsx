import { Button, Checkbox } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shopDay } from '../../../shared/domain/orders/deadline.ts'
import { useStation } from '../../app/station-app.ts'
import type { ExportForm, ExportKind } from './export-protocol.ts'
import { runExport, type SavedExport } from './run-export.ts'
import './exports.css'

/** Setting that remembers up to which parcel the "shipped" file has been written (ORD-9). */
const SHIPPED_UP_TO = 'shippedExportedUpTo'

type Outcome =
  | { readonly tag: 'running'; readonly done: number }
  | { readonly tag: 'saved'; readonly files: readonly SavedExport[] }
  | { readonly tag: 'failed'; readonly detail: string }

/** CSV and XLSX of a list, saved in the station's exports and offered for download (CAT-6, ORD-9). */
export function ExportButtons({ kind }: { readonly kind: ExportKind }): ReactElement {
  const { t, i18n } = useTranslation('data')
  const station = useStation()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [onlyNew, setOnlyNew] = useState(false)
  const upTo = useLiveQuery(() => station.database.settings.get(SHIPPED_UP_TO), [station])
  const running = outcome?.tag === 'running'
  const start = async (form: ExportForm): Promise<void> => {
    setOutcome({ tag: 'running', done: 0 })
    const words = i18n.getResource(i18n.language, 'data', 'export')
    const { shopClock } = station.env
    try {
      const { files, latest } = await runExport(
        station,
        {
          kind,
          form,
          since: onlyNew ? Number(upTo?.value ?? 0) : 0,
          headers: t(`export.headers.${kind}`).split('|'),
          words: flat(words),
          stem: `${t(`export.stem.${kind}`)}-${shopDay(Date.now(), shopClock)}`,
          utcOffsetMinutes: shopClock.utcOffsetMinutes,
        },
        (done) => setOutcome({ tag: 'running', done }),
      )
      if (kind === 'shipped' && files.length > 0) {
        await station.run({ type: 'SaveSettings', settings: { [SHIPPED_UP_TO]: latest } })
      }
      setOutcome({ tag: 'saved', files })
    } catch (error) {
      setOutcome({ tag: 'failed', detail: String(error) })
    }
  }
  return (
    <div className="export-buttons" data-export={kind}>
      <span>{t(`export.title.${kind}`)}</span>
      {kind === 'shipped' && (
        <Checkbox
          checked={onlyNew}
          onChange={(event) => setOnlyNew(event.target.checked)}
          data-action="only-new"
        >
          {t('export.onlyNew')}
        </Checkbox>
      )}
      <Button data-action="export-csv" disabled={running} onClick={() => void start('csv')}>
        CSV
      </Button>
      <Button data-action="export-xlsx" disabled={running} onClick={() => void start('xlsx')}>
        XLSX
      </Button>
      {outcome !== null && <OutcomeLine outcome={outcome} />}
    </div>
  )
}

/** `{place: {dock: '…'}}` to `place.dock`, which is how the worker looks words up. */
function flat(words: unknown, prefix = ''): Record<string, string> {
  if (typeof words !== 'object' || words === null) return {}
  return Object.fromEntries(
    Object.entries(words).flatMap(([name, value]) =>
      typeof value === 'string'
        ? [[`${prefix}${name}`, value]]
        : Object.entries(flat(value, `${prefix}${name}.`)),
    ),
  )
}

function OutcomeLine({ outcome }: { outcome: Outcome }): ReactElement {
  const { t, i18n } = useTranslation('data')
  const figures = new Intl.NumberFormat(i18n.language)
  if (outcome.tag === 'running') {
    return <span role="status">{t('export.running', { count: outcome.done })}</span>
  }
  if (outcome.tag === 'failed') {
    return (
      <span role="alert" className="export-failed" data-export-result="failed">
        {t('export.failed', { detail: outcome.detail })}
      </span>
    )
  }
  const rows = outcome.files.reduce((sum, file) => sum + file.rowCount, 0)
  return (
    <span role="status" data-export-result="saved" data-rows={rows} data-files={outcome.files.length}>
      {outcome.files.length === 0 && t('export.nothing')}
      {outcome.files.map((file) => (
        <span key={file.name} className="export-file">
          {file.href === null ? (
            <span title={file.path}>{t('export.savedAs', { path: file.path })}</span>
          ) : (
            <a href={file.href} download={file.name} title={file.path}>
              {file.name}
            </a>
          )}
          <small>{t('export.rows', { rows: figures.format(file.rowCount) })}</small>
        </span>
      ))}
    </span>
  )
}
