import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Note } from '../../ui/small-parts.tsx'
import type { ImportResult } from './import-protocol.ts'
import { closeImportResult } from './import-store.ts'
import { RefusalTable } from './refusal-table.tsx'
import { refusedCsv } from './refused-csv.ts'
import { saveBytes } from './save-bytes.ts'
import { useProblemWords, useRefusalWords } from './use-data-words.ts'

/** What came of an import: counts, refused rows and a way to save them (interface.md, Files). */
export function ImportResultCard({ result }: { readonly result: ImportResult }): ReactElement {
  const { t } = useTranslation(['data', 'common'])
  const problemWords = useProblemWords()
  const [open, setOpen] = useState(false)
  const { accepted, unchanged, refused, waiting, cancelled, kind, refusedFiles } = result
  return (
    <section
      className="import-result"
      role="status"
      data-import-result={kind}
      data-accepted={accepted}
      data-unchanged={unchanged}
      data-refused={refused}
      data-waiting={waiting.orders + waiting.items}
      data-cancelled={cancelled !== null}
    >
      <header>
        <b>{t('import.resultTitle', { what: t(`import.kind.${kind}`) })}</b>
        <span className="import-names">{result.fileNames.join('、')}</span>
        <Button size="small" data-action="close-import-result" onClick={closeImportResult}>
          {t('common:action.close')}
        </Button>
      </header>
      <dl className="import-counts">
        <Count tone="ok" name={t('import.count.accepted')} value={accepted} />
        <Count name={t('import.count.unchanged')} value={unchanged} />
        <Count tone={refused > 0 ? 'stop' : 'plain'} name={t('import.count.refused')} value={refused} />
      </dl>
      {cancelled !== null && (
        <Note>{t('import.cancelled', { done: String(cancelled.done), total: String(cancelled.total) })}</Note>
      )}
      {result.problems.map(({ name, problem }) => (
        <Note key={name} tone="stop">
          <b>{name}</b> {problemWords(problem).what}
        </Note>
      ))}
      {refused > 0 && (
        <div className="import-result-actions">
          <Button aria-expanded={open} data-action="show-refused" onClick={() => setOpen(!open)}>
            {t(open ? 'import.hideRefused' : 'import.showRefused')}
          </Button>
          <SaveRefused result={result} />
        </div>
      )}
      {open &&
        refusedFiles.map((file, at) => (
          <div key={file.fileName}>
            {refusedFiles.length > 1 && <h3>{file.fileName}</h3>}
            <RefusalTable name={`refused-result-${at}`} refusals={file.rows.map((row) => row.refusal)} />
          </div>
        ))}
    </section>
  )
}

function Count({
  name,
  value,
  tone = 'plain',
}: {
  name: string
  value: number
  tone?: 'ok' | 'stop' | 'plain'
}) {
  const { i18n } = useTranslation()
  return (
    <div className={`import-count import-count-${tone}`}>
      <dt>{name}</dt>
      <dd>{new Intl.NumberFormat(i18n.language).format(value)}</dd>
    </div>
  )
}

function SaveRefused({ result }: { result: ImportResult }): ReactElement {
  const { t } = useTranslation('data')
  const words = useRefusalWords()
  const save = (): void => {
    for (const file of result.refusedFiles) {
      const text = refusedCsv(file, {
        headers: [t('column.line'), t('column.field'), t('column.reason'), t('column.remedy')],
        of: (refusal) => [words.field(refusal.field), words.reason(refusal), words.remedy(refusal)],
      })
      const stem = file.fileName.replace(/\.[^.]*$/, '')
      saveBytes(`${stem}-${t('import.refusedFile')}.csv`, text, 'text/csv')
    }
  }
  return (
    <Button data-action="save-refused" onClick={save}>
      {t('import.saveRefused')}
    </Button>
  )
}
