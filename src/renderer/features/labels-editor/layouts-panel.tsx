import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { BUILT_IN_LAYOUTS } from '../../../shared/labels/built-in-layouts.ts'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import type { LabelLayout } from '../../../shared/labels/label-layout.ts'
import { useStation } from '../../app/station-app.ts'
import { hashOfRoute } from '../../app/use-route.ts'
import { Panel, Tag } from '../../ui/small-parts.tsx'
import { draftKey, isChanged, useDrafts } from './drafts.ts'
import type { LayoutName } from './field-names.ts'
import { MaskPanel } from './mask-panel.tsx'
import { type LayoutChoices, useLayoutChoices } from './use-layout-choice.ts'
import './labels-editor.css'

/** All layouts: how each stands and where it is used; the way into the editor (LBL-1). */
export function LayoutsPanel(): ReactElement {
  const { t } = useTranslation('labels')
  const choices = useLayoutChoices()
  return (
    <Panel title={t('title')}>
      <p className="layout-lead">{t('lead')}</p>
      <ul className="layout-cards">
        {choices?.layouts.map((layout) => (
          <LayoutCard key={layout.layoutId} layout={layout} choices={choices} />
        ))}
      </ul>
      <MaskPanel />
    </Panel>
  )
}

function LayoutCard({ layout, choices }: { layout: LabelLayout; choices: LayoutChoices }): ReactElement {
  const { t } = useTranslation('labels')
  const { database } = useStation()
  const { layoutId } = layout
  const draft = useDrafts(({ byLayout }) => byLayout[draftKey(database.name, layoutId)])
  const isBuiltIn = BUILT_IN_LAYOUTS.includes(layout)
  const use = useOf(layout, choices)
  return (
    <li>
      <a
        className="layout-card"
        href={hashOfRoute('settings', ['labels', layoutId])}
        data-layout={layoutId}
        data-version={layout.version}
        data-action="edit-layout"
      >
        <PaperShape layout={layout} />
        <span>
          <b>{t(`layoutName.${layoutId as LayoutName}`)}</b>
          <small>
            {isBuiltIn ? t('state.builtIn') : t('state.saved', { version: String(layout.version) })}
          </small>
          <small className={use === null ? undefined : 'layout-in-use'}>{use ?? t('usedFor.none')}</small>
          {isChanged(draft, layout) && <Tag tone="warn">{t('state.draft')}</Tag>}
        </span>
      </a>
    </li>
  )
}

/** In words where the layout is used; null when nowhere. */
function useOf({ layoutId, kind }: LabelLayout, choices: LayoutChoices): string | null {
  const { t } = useTranslation('labels')
  if (layoutId === 'size-50x30') return t('usedFor.measured')
  if (choices.byKind[kind] === layoutId) return t('usedFor.all')
  if (kind !== 'waybill') return null
  const couriers = Object.keys(choices.byCourier).filter((code) => choices.byCourier[code] === layoutId)
  return couriers.length > 0 ? t('usedFor.couriers', { couriers: couriers.map(courierName).join(' ') }) : null
}

/** The label in small: its fields as grey blocks. */
function PaperShape({ layout }: { layout: LabelLayout }): ReactElement {
  const { widthUm, heightUm, fields } = layout
  return (
    <svg className="paper-shape" viewBox={`0 0 ${widthUm} ${heightUm}`} aria-hidden="true" focusable="false">
      <rect width={widthUm} height={heightUm} className="paper-ground" />
      {fields
        .filter((place) => place.shown)
        .map((place) => (
          <rect
            key={place.field}
            x={place.xUm}
            y={place.yUm}
            width={place.widthUm}
            height={place.heightUm}
            className={/(Bars|Qr)$/.test(place.field) ? 'paper-code' : 'paper-field'}
          />
        ))}
    </svg>
  )
}
