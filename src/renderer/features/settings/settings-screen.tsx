import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { OfficeLayout } from '../../ui/layouts.tsx'
import { BackupPanel } from './backup-panel.tsx'
import { BinPattern } from './bin-pattern.tsx'
import { ControlSheet } from './control-sheet.tsx'
import { PeopleSettings } from './people-settings.tsx'
import { PrintQueue } from './print-queue.tsx'
import { ShopSettings } from './shop-settings.tsx'
import { StationFacts } from './station-facts.tsx'
import { WaybillPools } from './waybill-pools.tsx'
import './settings.css'

const SECTIONS = ['shop', 'people', 'pools', 'backup', 'bins', 'sheet', 'jobs', 'facts'] as const

/** Shop, people, waybill pools, bins, papers and the station itself, on one page. */
export function SettingsScreen(): ReactElement {
  const { t } = useTranslation(['data', 'safety'])
  return (
    <OfficeLayout
      title={t('settings.title')}
      tools={
        <nav className="settings-jumps" aria-label={t('settings.title')}>
          {SECTIONS.map((section) => (
            <button
              key={section}
              type="button"
              className="link-button"
              onClick={() =>
                document.getElementById(`settings-${section}`)?.scrollIntoView({ block: 'start' })
              }
            >
              {section === 'backup' ? t('safety:backup.title') : t(`settings.section.${section}`)}
            </button>
          ))}
        </nav>
      }
    >
      <div className="settings-page">
        <div id="settings-shop">
          <ShopSettings />
        </div>
        <div id="settings-people">
          <PeopleSettings />
        </div>
        <div id="settings-pools">
          <WaybillPools />
        </div>
        <div id="settings-backup">
          <BackupPanel />
        </div>
        <div id="settings-bins">
          <BinPattern />
        </div>
        <div id="settings-sheet">
          <ControlSheet />
        </div>
        <div id="settings-jobs">
          <PrintQueue />
        </div>
        <div id="settings-facts">
          <StationFacts />
        </div>
      </div>
    </OfficeLayout>
  )
}
