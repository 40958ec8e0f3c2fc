import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { diagnose, type Finding } from '../../../shared/sync/diagnose.ts'
import { useStation } from '../../app/station-app.ts'
import { Panel } from '../../ui/small-parts.tsx'
import { gatherSigns } from './gather-signs.ts'

/** One click names what is wrong and what to do (SYN-5). */
export function DiagnosePanel(): ReactElement {
  const { t } = useTranslation('sync')
  const station = useStation()
  const [findings, setFindings] = useState<readonly [Finding, ...Finding[]] | 'running' | null>(null)
  const run = async (): Promise<void> => {
    setFindings('running')
    setFindings(diagnose(await gatherSigns(station)))
    // What was just mended should not wait for the next try.
    station.sync.hurry()
  }
  const running = findings === 'running'
  return (
    <Panel
      title={t('diagnose.title')}
      extra={
        <Button type="primary" data-action="diagnose" loading={running} onClick={() => void run()}>
          {t('diagnose.button')}
        </Button>
      }
    >
      <div role="status" data-diagnosis={running || findings === null ? '' : findings[0].tag}>
        {running && <p className="sync-hint">{t('diagnose.running')}</p>}
        {findings !== null && !running && (
          <ul className="findings">
            {findings.map((found) => (
              <FindingItem key={found.tag} found={found} />
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}

function FindingItem({ found }: { found: Finding }): ReactElement {
  const { t } = useTranslation('sync')
  const { detail = '', minutes = '', count = 0 } = found.params
  const words = { detail: String(detail), minutes: String(minutes), count: Number(count) }
  return (
    <li className={`finding finding-${found.weight}`} data-finding={found.tag}>
      <b>{t(`finding.${found.tag}.cause`, words)}</b>
      <span>{t(`finding.${found.tag}.remedy`, words)}</span>
    </li>
  )
}
