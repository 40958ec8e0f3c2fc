import { Button, InputNumber } from 'antd'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { expectedGrams, missingLines } from '../../../shared/domain/packing/decide-pack.ts'
import type { PackTask } from '../../../shared/domain/packing/pack-task.ts'
import { BigNumber, Panel, Tag } from '../../ui/small-parts.tsx'

/** The parcel's weight, entered by hand, beside what its goods weigh by the catalogue (PAK-4). */
export function WeightPanel({
  task,
  onSend,
}: {
  task: PackTask
  onSend: (raw: string) => void
}): ReactElement {
  const { t, i18n } = useTranslation('floor')
  const [grams, setGrams] = useState<number | null>(null)
  const figures = new Intl.NumberFormat(i18n.language)
  const record = (event: FormEvent): void => {
    event.preventDefault()
    if (grams === null || grams <= 0) return
    onSend(`G-${Math.round(grams)}`)
    setGrams(null)
  }
  return (
    <Panel title={t('pack.weight')}>
      {task.weightGrams === null ? (
        <p className="no-figure">{t('pack.noWeight')}</p>
      ) : (
        <BigNumber value={figures.format(task.weightGrams)} unit="g" />
      )}
      <WeightNote task={task} figures={figures} />
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
    </Panel>
  )
}

/** Lighter than its goods: something is missing, whatever the packing weighs. */
function WeightNote({ task, figures }: { task: PackTask; figures: Intl.NumberFormat }): ReactElement {
  const { t } = useTranslation('floor')
  const expected = expectedGrams(task)
  if (expected === null) return <p className="weight-note">{t('pack.expectedUnknown')}</p>
  const { weightGrams } = task
  const words = t('pack.expected', { grams: figures.format(expected) })
  if (weightGrams === null) return <p className="weight-note">{words}</p>
  const over = weightGrams - expected
  return (
    <p className={over < 0 ? 'weight-note weight-note-stop' : 'weight-note'}>
      {over < 0
        ? t('pack.lighter', { grams: figures.format(-over) })
        : `${words} · ${t('pack.heavier', { grams: figures.format(over) })}`}
    </p>
  )
}

/** Who packed it, and the last button (PAK-7). */
export function SignaturePanel({ task, onFinish }: { task: PackTask; onFinish: () => void }): ReactElement {
  const { t } = useTranslation('floor')
  const complete = missingLines(task).length === 0 && task.weightGrams !== null && task.signature !== null
  return (
    <Panel title={t('pack.signature')} fill>
      <div className="tag-row" data-list="signatures">
        {task.signature ? (
          <Tag tone="ok">{`${task.signature.name} ✓`}</Tag>
        ) : (
          <Tag tone="warn">{t('pack.waitBadge')}</Tag>
        )}
      </div>
      <Button
        className="wide-button"
        type={complete ? 'primary' : 'default'}
        size="large"
        block
        data-action="finish"
        onClick={onFinish}
      >
        {t('pack.finish')}
      </Button>
    </Panel>
  )
}
