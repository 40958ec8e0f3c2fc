import { App, Button } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isCollected } from '../../../shared/domain/shipping/collected.ts'
import type { LabelFault } from '../../../shared/domain/shipping/label-first.ts'
import { LABEL_TABLES, labelFaultOf } from '../../../shared/station/areas/label-faults.ts'
import { waybillJobId } from '../../../shared/station/areas/waybill-job.ts'
import { liveLabelsOf, type OrderLabel } from '../../../shared/station/order-labels.ts'
import { liveParcelOf } from '../../../shared/station/row-changes.ts'
import type { OrderRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { Choices } from '../../ui/choices.tsx'
import { Panel, Tag } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { readNames } from '../office/use-person.ts'
import { ReprintDialog } from '../printing/reprint-dialog.tsx'
import { TEAR_UP_REASONS, useLabelWords } from './label-words.ts'
import { useLabelling } from './use-labelling.ts'

/** The label of an order that is printed before picking: print, print again, tear up, and what became of each (PAK-11). */
export function LabelCard({ order, ready }: { order: OrderRow; ready: boolean }): ReactElement | null {
  const { t } = useTranslation('orders')
  const { database, store } = useStation()
  const labelling = useLabelling()
  const labels = Object.values(order.labels ?? {}).filter(({ made }) => made !== undefined)
  const live = liveLabelsOf(order)
  const open = order.queue === 'open'
  const mayPrint = labelling === 'first' && open && ready && live.length === 0 && !isCollected([order])
  const keys = live.map(({ waybillKey }) => waybillKey).join(' ')
  const used = useLiveQuery(
    async () => {
      const rows = await database.waybills.bulkGet(keys.split(' '))
      return new Set(rows.flatMap((row) => (row && row.usedBy !== null ? [row.key] : [])))
    },
    [database, keys],
    NONE_USED,
  )
  const fault = useLiveQuery(
    async () => store.read(LABEL_TABLES, (tx) => labelFaultOf(tx, order)),
    [store, order],
    null,
  )
  if (labels.length === 0 && !mayPrint) return null
  const unused = live.find(({ waybillKey }) => !used.has(waybillKey))
  // Another station has packed it under a number of its own, or the buyer comes himself by now.
  const isUnwanted = liveParcelOf(order) !== null || isCollected([order])
  const stateOf = ({ made, voided }: OrderLabel): LabelState => {
    if (voided) return 'void'
    if (used.has(made?.waybillKey ?? '')) return 'packed'
    if (isUnwanted) return 'unused'
    return fault === null ? 'live' : 'outdated'
  }
  return (
    <Panel title={t('labels.title')}>
      {labels.length === 0 && <p className="panel-words">{t('labels.none')}</p>}
      <ul className="rows" data-list="labels">
        {labels.map((label) => (
          <LabelLine key={label.made?.waybillKey} label={label} state={stateOf(label)} fault={fault} />
        ))}
      </ul>
      <div className="aside-actions">
        {mayPrint && <PrintButton orderId={order.orderId} />}
        {unused && <Corrections orderId={order.orderId} number={unused.number} mayReprint={!isUnwanted} />}
      </div>
    </Panel>
  )
}

type LabelState = 'live' | 'outdated' | 'packed' | 'unused' | 'void'
const NONE_USED: ReadonlySet<string> = new Set()

interface LabelLineProps {
  readonly label: OrderLabel
  readonly state: LabelState
  readonly fault: LabelFault | null
}

function LabelLine({ label, state, fault }: LabelLineProps): ReactElement | null {
  const { t } = useTranslation('orders')
  const { database } = useStation()
  const figures = useFigures()
  const words = useLabelWords()
  const { made, voided } = label
  const stationId = made?.stationId ?? ''
  const names = useLiveQuery(
    () => readNames(database, { stations: [stationId], people: [] }),
    [database, stationId],
  )
  if (!made) return null
  return (
    <li data-label={made.number} data-label-state={state}>
      <span>
        {made.number}
        <small>
          {voided
            ? t('labels.voidedLine', { at: figures.time(voided.at), why: words.reason(voided.reason) })
            : t('labels.line', {
                station: names?.station(stationId) ?? stationId,
                at: figures.time(made.at),
              })}
        </small>
        {state === 'outdated' && fault !== null && (
          <small data-label-fault={fault}>{t(`labels.fault.${fault}`)}</small>
        )}
      </span>
      <Tag tone={state === 'live' || state === 'packed' ? 'ok' : 'stop'}>{t(`labels.${state}`)}</Tag>
    </li>
  )
}

function PrintButton({ orderId }: { orderId: string }): ReactElement {
  const { t } = useTranslation('orders')
  const { message } = App.useApp()
  const station = useStation()
  const words = useLabelWords()
  const [busy, setBusy] = useState(false)
  const print = async (): Promise<void> => {
    setBusy(true)
    const { answer } = await station.run({ type: 'LabelOrder', orderId }).finally(() => setBusy(false))
    if (answer.tag === 'done') void message.success(t('labels.done', { count: 1 }))
    else void message.error(words.refusal(answer))
  }
  return (
    <Button type="primary" data-action="print-label" loading={busy} onClick={() => void print()}>
      {t('labels.print')}
    </Button>
  )
}

interface CorrectionsProps {
  readonly orderId: string
  readonly number: string
  readonly mayReprint: boolean
}

function Corrections({ orderId, number, mayReprint }: CorrectionsProps): ReactElement {
  const { t } = useTranslation('orders')
  const { message } = App.useApp()
  const station = useStation()
  const words = useLabelWords()
  const [asking, setAsking] = useState<'reprint' | 'void' | null>(null)
  const [reason, setReason] = useState<(typeof TEAR_UP_REASONS)[number] | null>(null)
  const jobId = waybillJobId(number)
  const printed = useLiveQuery(
    () => station.database.printJobs.where('subject').equals(number).count(),
    [station, number],
    0,
  )
  const tearUp = async (): Promise<void> => {
    const { answer } = await station.run({ type: 'VoidLabel', orderId, reason: reason ?? '' })
    setAsking(null)
    if (answer.tag !== 'done') void message.error(words.refusal(answer))
  }
  return (
    <>
      {mayReprint && printed > 0 && (
        <Button data-action="reprint-label" onClick={() => setAsking('reprint')}>
          {t('labels.reprint')}
        </Button>
      )}
      <Button
        danger
        data-action="void-label"
        aria-expanded={asking === 'void'}
        onClick={() => setAsking(asking === 'void' ? null : 'void')}
      >
        {t('labels.tearUp')}
      </Button>
      {asking === 'void' && (
        <>
          <Choices
            name="labelReason"
            legend={t('labels.why')}
            choices={TEAR_UP_REASONS.map((value) => ({ value, label: t(`labels.reason.${value}`) }))}
            value={reason}
            onChoose={setReason}
          />
          <Button
            type="primary"
            danger
            data-action="confirm-void-label"
            disabled={reason === null}
            onClick={() => void tearUp()}
          >
            {t('labels.tearUp')}
          </Button>
        </>
      )}
      {asking === 'reprint' && (
        <ReprintDialog
          subject={number}
          copies={printed}
          onGo={async (why) =>
            (await station.run({ type: 'ReprintJob', jobId, reason: why, printerId: null })).answer
          }
          onClose={() => setAsking(null)}
        />
      )}
    </>
  )
}
