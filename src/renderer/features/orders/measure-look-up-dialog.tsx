import { Button, Input, InputNumber, Modal } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Goods } from '../office/goods.tsx'
import { useFigures } from '../office/use-figures.ts'
import { Field } from './desk-parts.tsx'
import { type LookUp, lookUpMeasure } from './measure-look-up.ts'
import './orders.css'

const USUAL_TOLERANCE_MM = 10

/** ORD-6: sales look up what is there by measure, without leaving the order they talk about. */
export function MeasureLookUpButton(): ReactElement {
  const { t } = useTranslation('orders')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button data-action="look-up-measure" onClick={() => setOpen(true)}>
        {t('lookUp.open')}
      </Button>
      {open && <LookUpDialog onClose={() => setOpen(false)} />}
    </>
  )
}

function LookUpDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation('orders')
  const { database } = useStation()
  const figures = useFigures()
  const [item, setItem] = useState('')
  const [measureMm, setMeasureMm] = useState<number | null>(null)
  const [toleranceMm, setToleranceMm] = useState<number | null>(USUAL_TOLERANCE_MM)
  const asked = useDeferredValue(item)
  const complete = asked.trim() !== '' && measureMm !== null
  const rows = useLiveQuery(async () => {
    if (measureMm === null || asked.trim() === '') return []
    const ask: LookUp = { item: asked, measureMm, toleranceMm: toleranceMm ?? 0 }
    return lookUpMeasure(database, ask)
  }, [database, asked, measureMm, toleranceMm])
  return (
    <Modal open centered width={860} title={t('lookUp.title')} footer={null} onCancel={onClose}>
      <div className="look-up-fields">
        <Field id="lookUpItem" label={t('lookUp.item')}>
          <Input
            id="lookUpItem"
            name="lookUpItem"
            value={item}
            autoFocus
            maxLength={80}
            onChange={(event) => setItem(event.target.value)}
          />
        </Field>
        <Field id="lookUpMm" label={t('lookUp.measure')}>
          <InputNumber
            id="lookUpMm"
            name="lookUpMm"
            min={0}
            max={9999}
            precision={0}
            value={measureMm}
            onChange={setMeasureMm}
          />
        </Field>
        <Field id="lookUpTolerance" label={t('lookUp.tolerance')}>
          <InputNumber
            id="lookUpTolerance"
            name="lookUpTolerance"
            min={0}
            max={500}
            precision={0}
            value={toleranceMm}
            onChange={setToleranceMm}
          />
        </Field>
      </div>
      <div className="look-up-table">
        <DataTable
          name="measured"
          rows={rows ?? []}
          rowKey={({ key }) => key}
          rowHeightPx={56}
          empty={<EmptyState icon="measure" title={t(complete ? 'lookUp.none' : 'lookUp.start')} />}
          columns={[
            { key: 'sku', title: t('lookUp.sku'), render: ({ sku }) => <Goods sku={sku} /> },
            {
              key: 'measure',
              title: t('lookUp.size'),
              width: 110,
              align: 'end',
              render: (row) => <b>{figures.millimetres(row.measureMm)}</b>,
            },
            { key: 'bins', title: t('lookUp.bins'), width: 180, render: ({ bins }) => bins.join(' · ') },
            {
              key: 'here',
              title: t('lookUp.here'),
              width: 90,
              align: 'end',
              render: ({ onHand }) => figures.number(onHand),
            },
            {
              key: 'free',
              title: t('lookUp.free'),
              width: 100,
              align: 'end',
              render: ({ available }) => <b>{figures.number(available)}</b>,
            },
          ]}
        />
      </div>
      <small>{t('lookUp.freeHint')}</small>
    </Modal>
  )
}
