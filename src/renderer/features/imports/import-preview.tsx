import { Button, Modal } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Note, Tag } from '../../ui/small-parts.tsx'
import type { FilePreview, ImportPreview } from './import-protocol.ts'
import { cancelImport, changeMapping, goOnWithImport } from './import-store.ts'
import { MappingForm } from './mapping-form.tsx'
import { RefusalTable } from './refusal-table.tsx'
import { useProblemWords } from './use-data-words.ts'

/** What was found in the chosen files, before anything is stored. */
export function ImportPreviewDialog({
  preview,
  busy,
}: {
  readonly preview: ImportPreview
  readonly busy: boolean
}): ReactElement {
  const { t } = useTranslation(['data', 'common'])
  const { files, halves, kind } = preview
  const good = files.filter((file) => file.problem === null && (file.mapping?.missing.length ?? 0) === 0)
  const records = good.reduce((sum, file) => sum + file.recordCount, 0)
  const orders = good.reduce((sum, file) => sum + (file.format === 'taobao-items' ? 0 : file.recordCount), 0)
  return (
    <Modal
      open
      width={1040}
      centered
      title={t('import.previewTitle', { what: t(`import.kind.${kind}`) })}
      onCancel={cancelImport}
      mask={{ closable: false }}
      footer={
        <div className="import-footer">
          <span>{t('import.nothingYet')}</span>
          <Button size="large" data-action="discard-import" onClick={cancelImport}>
            {t('common:action.cancel')}
          </Button>
          <Button
            size="large"
            type="primary"
            data-action="import"
            autoFocus
            disabled={records === 0}
            loading={busy}
            onClick={goOnWithImport}
          >
            {orders > 0 ? t('import.go', { count: orders }) : t('import.goItems')}
          </Button>
        </div>
      }
    >
      <div className="import-preview" data-import-preview={kind}>
        {halves.ordersAlone > 0 && <Note>{t('import.half.orders', { count: halves.ordersAlone })}</Note>}
        {halves.itemsAlone > 0 && <Note>{t('import.half.items', { count: halves.itemsAlone })}</Note>}
        {files.map((file) => (
          <FileCard key={file.fileId} file={file} kind={kind} />
        ))}
      </div>
    </Modal>
  )
}

function FileCard({ file, kind }: { file: FilePreview; kind: ImportPreview['kind'] }): ReactElement {
  const { t, i18n } = useTranslation('data')
  const words = useProblemWords()
  const figures = new Intl.NumberFormat(i18n.language)
  const unit = file.format === 'taobao-items' ? 'items' : kind
  return (
    <section className="import-card" data-import-file={file.name} data-format={file.format}>
      <header>
        <b>{file.name}</b>
        {file.problem === null && <Tag>{t(`format.${file.format}`)}</Tag>}
        {file.encoding !== null && <Tag>{t(`encoding.${file.encoding}`)}</Tag>}
        {file.problem === null && (
          <Tag tone="ok">{t(`import.found.${unit}`, { count: file.recordCount })}</Tag>
        )}
        {file.refusedCount > 0 && (
          <Tag tone="stop">{t('import.refusedRows', { count: file.refusedCount })}</Tag>
        )}
      </header>
      {file.problem !== null && (
        <Note tone="stop">
          {words(file.problem).what}
          <br />
          {words(file.problem).todo}
        </Note>
      )}
      {file.notices.map((notice) => (
        <Note key={notice}>{t(`encodingNotice.${notice}`)}</Note>
      ))}
      {file.mapping !== null && (
        <MappingForm file={file} onChange={(mapping) => changeMapping(file.fileId, mapping)} />
      )}
      {file.problem === null && file.firstRows.length > 0 && <FirstRows file={file} />}
      {file.refusals.length > 0 && (
        <>
          <h3>
            {t('import.refusedTitle')}
            {file.refusedCount > file.refusals.length &&
              ` · ${t('import.firstOf', { shown: figures.format(file.refusals.length) })}`}
          </h3>
          <RefusalTable name={`refused-${file.fileId}`} refusals={file.refusals} />
        </>
      )}
      {file.remarks.length > 0 && <Remarks file={file} />}
    </section>
  )
}

function FirstRows({ file }: { file: FilePreview }): ReactElement {
  const { t } = useTranslation('data')
  return (
    <>
      <h3>{t('import.firstRows')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="import-rows" tabIndex={0} aria-label={t('import.firstRows')}>
        <table>
          <thead>
            <tr>
              {file.headers.map((header, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a file may name two columns alike
                <th key={at}>{header}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {file.firstRows.map((row, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows never move here
              <tr key={line}>
                {file.headers.map((_, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <td key={at}>{row[at]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

function Remarks({ file }: { file: FilePreview }): ReactElement {
  const { t } = useTranslation('data')
  return (
    <details className="import-remarks">
      <summary>{t('import.remarks', { count: file.remarks.length })}</summary>
      <ul>
        {file.remarks.slice(0, 50).map((remark) => (
          <li key={`${remark.line}-${remark.field}-${remark.reason}`}>
            {t('import.remark', {
              line: String(remark.line),
              words: t(`notice.${remark.reason}`),
              value: remark.value,
            })}
          </li>
        ))}
      </ul>
    </details>
  )
}
