import { Button, InputNumber } from 'antd'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { missingLines, packedQuantity } from '../../../shared/domain/packing/pack-steps.ts'
import type { PackTask } from '../../../shared/domain/packing/pack-task.ts'
import { isOfAnother } from '../../devices/scale-link.ts'
import { type ScaleView, useScale } from '../../devices/scale-view.ts'
import { RangeBar } from '../../ui/range-bar.tsx'
import { BigNumber, Panel, Tag } from '../../ui/small-parts.tsx'
import { shortTitle } from '../floor/floor-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { LiveWeight } from '../scales/live-weight.tsx'

interface WeightPanelProps {
  readonly task: PackTask
  readonly onSend: (raw: string) => void
}

/** The parcel's weight against what it should weigh, and what is still missing of it (PAK-4). */
export function WeightPanel(props: WeightPanelProps): ReactElement {
  const scale = useScale()
  return scale.state === 'none' ? <HandPanel {...props} /> : <ScalePanel {...props} scale={scale} />
}

/** The pan as it is; figures can be typed only while it tells none. */
function ScalePanel({ task, onSend, scale }: WeightPanelProps & { readonly scale: ScaleView }): ReactElement {
  const { t } = useTranslation('floor')
  const { expected = null } = task
  return (
    <Panel title={t('pack.byScale')}>
      <LiveWeight
        scale={scale}
        expectedGrams={expected?.grams ?? null}
        spreadGrams={expected?.spreadGrams ?? null}
        isRecorded={task.weightSource === 'scale'}
        isOfAnother={task.weightGrams === null && isOfAnother(scale.locked, task.taskId)}
      >
        <WeightNote task={task} />
      </LiveWeight>
      {scale.grams === null && <HandWeight onSend={onSend} />}
    </Panel>
  )
}

/** No scale is connected. */
function HandPanel({ task, onSend }: WeightPanelProps): ReactElement {
  const { t } = useTranslation('floor')
  const figures = useFigures()
  const { weightGrams, weightSource } = task
  return (
    <Panel
      title={t('pack.weight')}
      extra={weightSource && <Tag>{t(weightSource === 'hand' ? 'pack.byHand' : 'pack.byScale')}</Tag>}
    >
      {weightGrams === null ? (
        <p className="no-figure">{t('pack.noWeight')}</p>
      ) : (
        <BigNumber value={figures.number(weightGrams)} unit="g" />
      )}
      <ExpectedBar task={task} valueGrams={weightGrams} />
      <WeightNote task={task} />
      <HandWeight onSend={onSend} />
    </Panel>
  )
}

/** Where the reading lies beside the range of a right parcel. */
function ExpectedBar({
  task: { expected },
  valueGrams,
}: {
  readonly task: PackTask
  readonly valueGrams: number | null
}): ReactElement | null {
  const { t } = useTranslation('floor')
  if (!expected) return null
  const from = Math.max(0, expected.grams - expected.spreadGrams)
  const to = expected.grams + expected.spreadGrams
  const max = Math.max(to * 1.3, (valueGrams ?? 0) * 1.05)
  const params = { from: `${from}`, to: `${to}`, value: valueGrams === null ? '—' : `${valueGrams}` }
  return (
    <RangeBar
      value={valueGrams}
      from={from}
      to={to}
      min={0}
      max={max}
      label={t('pack.weightRange', params)}
    />
  )
}

/** What it should weigh and what it lacks; after weighing, what the weight says. */
function WeightNote({ task }: { readonly task: PackTask }): ReactElement | null {
  const { t } = useTranslation('floor')
  const figures = useFigures()
  const { expected, weighing } = task
  if (!expected) return null
  const grams = figures.number(expected.grams)
  const should =
    expected.parcels === 0
      ? t('pack.guessed', { grams })
      : t('pack.expected', { grams, spread: figures.number(expected.spreadGrams) })
  if (weighing) return <WeighedNote weighing={weighing} should={should} />
  const goods = missingLines(task)
    .map((line) => `${shortTitle(line)} ×\u00a0${line.quantity - packedQuantity(line)}`)
    .join('、')
  return (
    <p className="weight-note">
      {should}
      {goods !== '' && ` · ${t('pack.stillMissing', { goods })}`}
    </p>
  )
}

function WeighedNote({
  weighing,
  should,
}: {
  readonly weighing: NonNullable<PackTask['weighing']>
  readonly should: string
}): ReactElement {
  const { t } = useTranslation('floor')
  const off = weighing.grams - weighing.expected.grams
  const signed = off < 0 ? `−${-off}` : `+${off}`
  if (weighing.accepted) {
    const { name, reason } = weighing.accepted
    return (
      <p className="weight-note">
        {t('pack.acceptedBy', { name, reason: t(`choice.${reason as 'contentsChecked'}`) })}
      </p>
    )
  }
  if (weighing.verdict === 'flagged')
    return <p className="weight-note weight-note-stop">{`${should} · ${t('pack.off', { off: signed })}`}</p>
  return (
    <p className="weight-note">
      {weighing.verdict === 'fits' ? `${should} · ${t('pack.fits')} ✓` : t('pack.unsure', { off: signed })}
    </p>
  )
}

/** Where no scale is connected: the figure from its display, marked as entered by hand. */
function HandWeight({ onSend }: { readonly onSend: (raw: string) => void }): ReactElement {
  const { t } = useTranslation('floor')
  const [grams, setGrams] = useState<number | null>(null)
  const record = (event: FormEvent): void => {
    event.preventDefault()
    if (grams === null || grams <= 0) return
    onSend(`G-${Math.round(grams)}`)
    setGrams(null)
  }
  return (
    <form className="entry-line" onSubmit={record}>
      <InputNumber<number>
        size="large"
        min={1}
        max={200_000}
        precision={0}
        controls={false}
        aria-label={t('pack.weightField')}
        placeholder={t('pack.weightField')}
        data-field="grams"
        value={grams}
        onChange={setGrams}
      />
      <Button size="large" htmlType="submit" data-action="weigh">
        {t('pack.record')}
      </Button>
    </form>
  )
}
