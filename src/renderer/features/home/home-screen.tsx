import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { hashOfRoute, type RouteName } from '../../app/use-route.ts'
import { BigNumber } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { useNow } from '../office/use-now.ts'
import { SupplyWarning } from '../supplies/supply-warning.tsx'
import { cutOffOf, hoursAndMinutes } from './cut-off.ts'
import { FirstStepsList } from './first-steps.tsx'
import { type HomeFigures, loadFirstSteps, loadHomeFigures } from './home-figures.ts'
import { NextOrders } from './next-orders.tsx'
import '../office/office.css'
import './home.css'

/** Fewer waybill numbers than this are worth a look (LBL-5). */
const FEW_NUMBERS = 50

/** What the day looks like, and for newcomers what comes next. */
export function HomeScreen(): ReactElement {
  const station = useStation()
  const { t } = useTranslation('office')
  const now = useNow()
  const minute = Math.floor(now / 60_000)
  const { database, env } = station
  const figures = useLiveQuery(
    () => loadHomeFigures(station, minute * 60_000, env.shopClock),
    [station, env, minute],
  )
  const steps = useLiveQuery(() => loadFirstSteps(database), [database])
  const stepsDone = steps !== undefined && Object.values(steps).every(Boolean)
  return (
    <div className="home">
      <div className="home-top">
        <h1>{t('home.today')}</h1>
        <CutOffLine now={now} />
      </div>
      {steps !== undefined && !stepsDone && <FirstStepsList steps={steps} />}
      <SupplyWarning />
      {figures !== undefined && <Cards figures={figures} />}
      <NextOrders now={now} />
      {stepsDone && <FirstStepsList steps={steps} />}
    </div>
  )
}

function CutOffLine({ now }: { now: number }): ReactElement {
  const { t } = useTranslation('office')
  const { shopClock } = useStation().env
  const { minutesLeft } = cutOffOf(now, shopClock)
  const hour = `${String(shopClock.cutOffHour).padStart(2, '0')}:00`
  const passed = minutesLeft <= 0
  return (
    <p className="home-cut-off" data-cut-off-minutes={minutesLeft}>
      {t(passed ? 'home.cutOffPassed' : 'home.cutOffLeft', { hour })}
      {!passed && <b className={minutesLeft <= 60 ? 'soon' : undefined}>{hoursAndMinutes(minutesLeft)}</b>}
    </p>
  )
}

type CardName = keyof HomeFigures
interface CardSpec {
  readonly name: CardName
  readonly route: RouteName
  readonly rest?: readonly string[]
  readonly tone: (value: number, all: HomeFigures) => 'plain' | 'ok' | 'warn' | 'stop'
}

const CARDS: readonly CardSpec[] = [
  { name: 'toShip', route: 'orders', tone: () => 'plain' },
  { name: 'late', route: 'orders', tone: (value) => (value > 0 ? 'stop' : 'ok') },
  { name: 'held', route: 'orders', rest: ['held'], tone: (value) => (value > 0 ? 'warn' : 'ok') },
  { name: 'packedToday', route: 'archive', tone: () => 'plain' },
  { name: 'waiting', route: 'handover', tone: () => 'plain' },
  {
    name: 'waybillsLeft',
    route: 'settings',
    tone: (value, all) => (value < Math.min(all.toShip, 1) ? 'stop' : value < FEW_NUMBERS ? 'warn' : 'ok'),
  },
  { name: 'toCheck', route: 'stock', rest: ['check'], tone: (value) => (value > 0 ? 'warn' : 'ok') },
]

function Cards({ figures }: { figures: HomeFigures }): ReactElement {
  const { t } = useTranslation('office')
  const format = useFigures()
  return (
    <div className="home-cards">
      {CARDS.map(({ name, route, rest = [], tone }) => (
        <a
          key={name}
          className={`home-card home-card-${tone(figures[name], figures)}`}
          href={hashOfRoute(route, rest)}
          data-figure={name}
          data-value={figures[name]}
        >
          <span>{t(`home.card.${name}`)}</span>
          <BigNumber value={format.number(figures[name])} />
          <small>{t(`home.cardHint.${name}`)}</small>
        </a>
      ))}
    </div>
  )
}
