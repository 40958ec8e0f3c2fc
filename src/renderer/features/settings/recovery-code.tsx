import { App, Button, Checkbox, Modal } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { encodeQr, QR_QUIET_MODULES } from '../../../shared/labels/qr.ts'
import { stationSetting } from '../../../shared/station/station-settings.ts'
import { useStation } from '../../app/station-app.ts'
import { Note } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'

/** Behind its fixed beginning in groups of six, so that it is written down with fewer slips; blanks do not matter. */
function inGroups(code: string): string {
  const at = code.lastIndexOf('-') + 2
  return `${code.slice(0, at)} ${code.slice(at).replace(/(.{6})(?=.)/g, '$1 ')}`
}

/**
 * The recovery code, once. It must not stay on this PC, which is why it goes to the printer through the system's own
 * print dialog and not as a print job of the station: jobs are kept.
 */
export function RecoveryCode({ code, onKept }: { code: string; onKept: () => void }): ReactElement {
  const { t } = useTranslation('safety')
  const { message } = App.useApp()
  const [confirmed, setConfirmed] = useState(false)
  const copy = (): void => {
    navigator.clipboard.writeText(code).then(
      () => void message.success(t('code.copied')),
      () => void message.error(t('code.copyFailed')),
    )
  }
  return (
    <>
      <Modal
        open
        closable={false}
        keyboard={false}
        mask={{ closable: false }}
        width={760}
        title={t('code.title')}
        footer={
          <Button type="primary" size="large" data-action="code-kept" disabled={!confirmed} onClick={onKept}>
            {t('code.done')}
          </Button>
        }
      >
        <Note>{t('code.once')}</Note>
        <div className="recovery">
          <output className="recovery-code mono" data-recovery-code={code}>
            {inGroups(code)}
          </output>
          <CodePicture code={code} />
        </div>
        <p className="backup-hint">{t('code.why')}</p>
        <div className="settings-actions">
          <Button data-action="code-copy" onClick={copy}>
            {t('code.copy')}
          </Button>
          <Button data-action="code-print" onClick={() => window.print()}>
            {t('code.print')}
          </Button>
        </div>
        <p className="recovery-confirm">
          <Checkbox
            data-action="code-confirm"
            checked={confirmed}
            onChange={(event) => setConfirmed(event.target.checked)}
          >
            {t('code.confirm')}
          </Checkbox>
        </p>
      </Modal>
      {createPortal(<Paper code={code} />, document.body)}
    </>
  )
}

/** What the printer gets: nothing else of the page is printed while it is there. */
function Paper({ code }: { code: string }): ReactElement {
  const { t } = useTranslation('safety')
  const { database, description } = useStation()
  const figures = useFigures()
  const { stationId } = description
  const [madeAt] = useState(() => Date.now())
  const names = useLiveQuery(async () => {
    const rows = await database.settings.bulkGet(['shopName', stationSetting(stationId, 'name')])
    return rows.map((row) => (typeof row?.value === 'string' ? row.value : ''))
  }, [database, stationId])
  return (
    <div className="paper">
      <h1>{t('code.paper.title', { shop: names?.[0] ?? '' })}</h1>
      <p>
        {t('code.paper.station')}: {names?.[1] ?? ''} ({stationId})
      </p>
      <p>
        {t('code.paper.made')}: {figures.time(madeAt)}
      </p>
      <CodePicture code={code} />
      <p className="paper-code mono">{inGroups(code)}</p>
      <p>{t('code.paper.how')}</p>
      <p>
        <b>{t('code.paper.safe')}</b>
      </p>
    </div>
  )
}

/** The code for a scanner. */
function CodePicture({ code }: { code: string }): ReactElement {
  const { t } = useTranslation('safety')
  const { size, path } = useMemo(() => drawQr(code), [code])
  return (
    <svg className="recovery-qr" role="img" aria-label={t('code.qr')} viewBox={`0 0 ${size} ${size}`}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

function drawQr(text: string): { readonly size: number; readonly path: string } {
  const { size, dark } = encodeQr(text)
  const squares = dark.flatMap((isDark, index) =>
    isDark
      ? [`M${QR_QUIET_MODULES + (index % size)} ${QR_QUIET_MODULES + Math.floor(index / size)}h1v1h-1z`]
      : [],
  )
  return { size: size + 2 * QR_QUIET_MODULES, path: squares.join('') }
}
