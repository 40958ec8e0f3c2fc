import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { REARM_GRAMS } from '../../../shared/domain/weighing/stable-weight.ts'
import type { ScaleView, ScaleViewState } from '../../devices/scale-view.ts'
import { RangeBar } from '../../ui/range-bar.tsx'
import { Tag, type Tone } from '../../ui/small-parts.tsx'
import './scales.css'

interface LiveWeightProps {
  readonly scale: ScaleView
  /** What the parcel should weigh with its packing; null where that is not known: then there is no bar. */
  readonly expectedGrams: number | null
  /** So far a right parcel may be off. */
  readonly spreadGrams: number | null
  /** False while the weight on the pan is nobody's: then it is not said to be recorded. */
  readonly isRecorded?: boolean
  /** The parcel before still lies there: its weight is not taken a second time. */
  readonly isOfAnother?: boolean
  /** Words below the bar. */
  readonly children?: ReactNode
}

/** The weight on the pan as it is this moment, readable from two metres, and what to do where there is none (PAK-4). */
export function LiveWeight({
  scale: told,
  expectedGrams,
  spreadGrams,
  isRecorded = true,
  isOfAnother = false,
  children,
}: LiveWeightProps): ReactElement {
  const { i18n } = useTranslation('scales')
  const figures = new Intl.NumberFormat(i18n.language)
  const scale = isRecorded ? told : { ...told, locked: null }
  const { grams, locked, state } = scale
  return (
    <div
      className="live-weight"
      data-scale-state={state}
      data-grams={grams ?? ''}
      data-locked-grams={locked?.grams ?? ''}
    >
      {grams === null ? (
        <StateWord state={state} />
      ) : (
        <div className="live-weight-grams">
          {figures.format(grams).replace('-', '−')}
          <span>g</span>
        </div>
      )}
      {isOfAnother ? <EmptyFirst /> : <ScaleWords scale={scale} figures={figures} />}
      {expectedGrams !== null && (
        <WeightBar grams={grams} expectedGrams={expectedGrams} spreadGrams={spreadGrams ?? 0} />
      )}
      {children}
    </div>
  )
}

const TONES: Partial<Readonly<Record<ScaleViewState, Tone>>> = {
  live: 'ok',
  overload: 'stop',
  underload: 'warn',
  silent: 'stop',
  unplugged: 'stop',
  unreachable: 'stop',
  busy: 'warn',
  denied: 'warn',
  unsupported: 'warn',
}

/** In the place of the figure, as large: what is wrong must be seen from where the packer stands. */
function StateWord({ state }: { readonly state: ScaleViewState }): ReactElement {
  const { t } = useTranslation('scales')
  return (
    <div className={`live-weight-word live-weight-${TONES[state] ?? 'plain'}`}>{t(`state.${state}`)}</div>
  )
}

function EmptyFirst(): ReactElement {
  const { t } = useTranslation('scales')
  return (
    <p className="live-weight-state" data-pan="other">
      <Tag tone="warn">{t('other.tag')}</Tag>
      <span>{t('other.todo')}</span>
    </p>
  )
}

/** What was taken, or how the pan is, and what to do next where the figure does not say it. */
function ScaleWords({ scale, figures }: { scale: ScaleView; figures: Intl.NumberFormat }): ReactElement {
  const { t } = useTranslation('scales')
  const { state, locked, grams } = scale
  const wantsHelp = grams === null || (locked === null && grams >= REARM_GRAMS)
  return (
    <p className="live-weight-state">
      {locked !== null && <Tag tone="ok">{t('taken', { grams: figures.format(locked.grams) })}</Tag>}
      {locked === null && grams !== null && <Tag tone={TONES[state] ?? 'plain'}>{t(`state.${state}`)}</Tag>}
      {wantsHelp && <span>{t(`todo.${state}`)}</span>}
    </p>
  )
}

function WeightBar({
  grams,
  expectedGrams,
  spreadGrams,
}: {
  readonly grams: number | null
  readonly expectedGrams: number
  readonly spreadGrams: number
}): ReactElement {
  const { t } = useTranslation('scales')
  const from = Math.max(0, expectedGrams - spreadGrams)
  const to = expectedGrams + spreadGrams
  const max = Math.max(to * 1.3, (grams ?? 0) * 1.05)
  const words = { from: String(from), to: String(to), value: grams === null ? '—' : String(grams) }
  return <RangeBar value={grams} from={from} to={to} min={0} max={max} label={t('range', words)} />
}
