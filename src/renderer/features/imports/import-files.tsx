import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { FileDrop } from '../../ui/file-drop.tsx'
import { LongWork } from '../../ui/long-work.tsx'
import { Note } from '../../ui/small-parts.tsx'
import { ErrorPanel } from '../../ui/states.tsx'
import { ImportPreviewDialog } from './import-preview.tsx'
import type { StationImportKind } from './import-protocol.ts'
import { ImportResultCard } from './import-result.tsx'
import { cancelImport, chooseFiles, closeImportResult, useImport } from './import-store.ts'
import { WaitingHalves } from './waiting-halves.tsx'
import './imports.css'

/**
 * Taking files in: drop zone, preview, progress and result of one kind (interface.md, Files). The import itself goes on
 * in a worker whatever screen is shown; keep this mounted where its result shall be seen.
 */
export function ImportFiles({ kind }: { readonly kind: StationImportKind }): ReactElement {
  const { t } = useTranslation('data')
  const station = useStation()
  const { state, refusedWhileBusy } = useImport()
  const mine = state.phase !== 'idle' && state.kind === kind
  const busy = state.phase === 'importing' || state.phase === 'reading'
  return (
    <div className="import-files">
      <FileDrop
        kind={kind}
        hint={t(`import.hint.${kind}`)}
        onFiles={(files) => chooseFiles(station, kind, files)}
      />
      {refusedWhileBusy && busy && <Note>{t('import.busy')}</Note>}
      {kind === 'orders' && <WaitingHalves />}
      {mine && state.phase === 'reading' && (
        <LongWork
          label={t('import.reading', { name: state.fileName })}
          done={state.done}
          total={null}
          onCancel={cancelImport}
        />
      )}
      {mine && state.phase === 'preview' && <ImportPreviewDialog preview={state.preview} busy={state.busy} />}
      {mine && state.phase === 'importing' && (
        <div className="import-progress">
          <LongWork
            label={t(state.stopping ? 'import.stopping' : 'import.importing', {
              what: t(`import.kind.${kind}`),
            })}
            done={state.done}
            total={state.total}
          />
          <Button data-action="cancel-import" disabled={state.stopping} onClick={cancelImport}>
            {t('import.stop')}
          </Button>
        </div>
      )}
      {mine && state.phase === 'done' && <ImportResultCard result={state.result} />}
      {mine && state.phase === 'failed' && (
        <ErrorPanel
          happened={t('import.failed.happened', { detail: state.detail })}
          kept={t('import.failed.kept', { count: state.done })}
          todo={t('import.failed.todo')}
          onClose={closeImportResult}
        />
      )}
    </div>
  )
}
