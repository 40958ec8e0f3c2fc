import { type ReactElement, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoute } from '../../app/use-route.ts'
import { OfficeLayout } from '../../ui/layouts.tsx'
import { CourierRulesPanel } from '../courier-rules/courier-rules-panel.tsx'
import { CourierAccounts } from '../couriers/courier-accounts.tsx'
import { EvidencePanel } from '../evidence/evidence-panel.tsx'
import { LabelsEditor } from '../labels-editor/labels-editor.tsx'
import { LayoutsPanel } from '../labels-editor/layouts-panel.tsx'
import { OrderRules } from '../orders/order-rules.tsx'
import { PackingRulesPanel } from '../packing-rules/packing-rules-panel.tsx'
import { PrintQueue } from '../printing/print-queue.tsx'
import { PrintersPanel } from '../printing/printers-panel.tsx'
import { ScalePanel } from '../scales/scale-panel.tsx'
import { SuppliesPanel } from '../supplies/supplies-panel.tsx'
import { BackupPanel } from './backup-panel.tsx'
import { BinPattern } from './bin-pattern.tsx'
import { ControlSheet } from './control-sheet.tsx'
import { LabellingCard } from './labelling-card.tsx'
import { PeopleSettings } from './people-settings.tsx'
import { ShopSettings } from './shop-settings.tsx'
import { StationFacts } from './station-facts.tsx'
import { WaybillPools } from './waybill-pools.tsx'
import './settings.css'

/** The parts of the page from top to bottom, and their headings. */
const SECTIONS = {
  shop: 'settings.section.shop',
  orders: 'orders:settings.title',
  'packing-rules': 'dispatch:packing.title',
  labelling: 'orders:labels.setting.title',
  people: 'settings.section.people',
  pools: 'settings.section.pools',
  couriers: 'couriers:title',
  'courier-rules': 'dispatch:rules.title',
  backup: 'safety:backup.title',
  bins: 'settings.section.bins',
  sheet: 'settings.section.sheet',
  labels: 'labels:title',
  supplies: 'labels:supplies.title',
  scale: 'scales:title',
  evidence: 'evidence:title',
  printers: 'settings.section.printers',
  jobs: 'settings.section.jobs',
  facts: 'settings.section.facts',
} as const

const SECTION_NAMES = Object.keys(SECTIONS) as (keyof typeof SECTIONS)[]

/** Shop, people, waybill pools, bins, papers and the station itself, on one page. */
export function SettingsScreen(): ReactElement {
  const { t } = useTranslation([
    'data',
    'safety',
    'couriers',
    'labels',
    'dispatch',
    'scales',
    'evidence',
    'orders',
  ])
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
          {SECTION_NAMES.map((section) => (
            <button
              key={section}
              type="button"
              className="link-button"
              onClick={() =>
                document.getElementById(`settings-${section}`)?.scrollIntoView({ block: 'start' })
              }
            >
              {t(SECTIONS[section])}
            </button>
          ))}
        </nav>
      }
    >
      <div className="settings-page">
        <div id="settings-shop">
          <ShopSettings />
        </div>
        <div id="settings-orders">
          <OrderRules />
        </div>
        <div id="settings-packing-rules">
          <PackingRulesPanel />
        </div>
        <div id="settings-labelling">
          <LabellingCard />
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
        <div id="settings-courier-rules">
          <CourierRulesPanel />
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
        <div id="settings-scale">
          <ScalePanel />
        </div>
        <div id="settings-evidence">
          <EvidencePanel />
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
