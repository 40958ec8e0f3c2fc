import { type ReactElement, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoute } from '../../app/use-route.ts'
import { OfficeLayout } from '../../ui/layouts.tsx'
import { CourierAccounts } from '../couriers/courier-accounts.tsx'
import { LabelsEditor } from '../labels-editor/labels-editor.tsx'
import { LayoutsPanel } from '../labels-editor/layouts-panel.tsx'
import { PrintQueue } from '../printing/print-queue.tsx'
import { PrintersPanel } from '../printing/printers-panel.tsx'
import { SuppliesPanel } from '../supplies/supplies-panel.tsx'
import { BackupPanel } from './backup-panel.tsx'
import { BinPattern } from './bin-pattern.tsx'
import { ControlSheet } from './control-sheet.tsx'
import { PeopleSettings } from './people-settings.tsx'
import { ShopSettings } from './shop-settings.tsx'
import { StationFacts } from './station-facts.tsx'
import { WaybillPools } from './waybill-pools.tsx'
import './settings.css'

const SECTIONS = [
  'shop',
  'people',
  'pools',
  'couriers',
  'backup',
  'bins',
  'sheet',
  'labels',
  'supplies',
  'printers',
  'jobs',
  'facts',
] as const

/** Shop, people, waybill pools, bins, papers and the station itself, on one page. */
export function SettingsScreen(): ReactElement {
  const { t } = useTranslation(['data', 'safety', 'couriers', 'labels'])
  const [page, what] = useRoute().rest
  useEffect(() => {
    if (page !== undefined && what === undefined)
      document.getElementById(`settings-${page}`)?.scrollIntoView({ block: 'start' })
  }, [page, what])
  if (page === 'labels' && what !== undefined) return <LabelsEditor layoutId={what} />
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
              {section === 'backup'
                ? t('safety:backup.title')
                : section === 'couriers'
                  ? t('couriers:title')
                  : section === 'labels'
                    ? t('labels:title')
                    : section === 'supplies'
                      ? t('labels:supplies.title')
                      : t(`settings.section.${section}`)}
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
        <div id="settings-couriers">
          <CourierAccounts />
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
        <div id="settings-labels">
          <LayoutsPanel />
        </div>
        <div id="settings-supplies">
          <SuppliesPanel />
        </div>
        <div id="settings-printers">
          <PrintersPanel />
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
