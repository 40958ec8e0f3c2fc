import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { hashOfRoute, type RouteName } from '../../app/use-route.ts'
import { Icon } from '../../ui/icon.tsx'
import type { FirstSteps } from './home-figures.ts'

type StepName = 'setUp' | keyof FirstSteps

/** In the order of the work; set-up is behind whoever sees this. */
const STEPS: readonly (readonly [name: StepName, route: RouteName])[] = [
  ['setUp', 'settings'],
  ['catalogue', 'catalogue'],
  ['bins', 'stock'],
  ['orders', 'orders'],
  ['waybills', 'settings'],
  ['receive', 'receive'],
  ['putaway', 'putaway'],
  ['pick', 'pick'],
  ['pack', 'pack'],
  ['handover', 'handover'],
]

/** The way from an empty station to the first parcel at the courier's, with what has been done. */
export function FirstStepsList({ steps }: { steps: FirstSteps }): ReactElement {
  const { t } = useTranslation('office')
  const isDone = (name: StepName): boolean => name === 'setUp' || steps[name]
  const next = STEPS.find(([name]) => !isDone(name))?.[0] ?? null
  const done = STEPS.filter(([name]) => isDone(name)).length
  return (
    <section className="first-steps" data-steps-done={done}>
      <header>
        <h2>{t('home.steps')}</h2>
        <span>
          {t(next === null ? 'home.stepsAllDone' : 'home.stepsDone', {
            done: String(done),
            total: String(STEPS.length),
          })}
        </span>
      </header>
      {next !== null && (
        <ol>
          {STEPS.map(([name, route], index) => {
            const state = isDone(name) ? 'done' : name === next ? 'next' : 'waiting'
            return (
              <li key={name} className={`step-${state}`} data-step={name} data-state={state}>
                <a href={hashOfRoute(route)}>
                  <span className="step-number">
                    {state === 'done' ? <Icon name="right" size={20} stroke={2.6} /> : index + 1}
                  </span>
                  <span>
                    <b>{t(`home.step.${name}`)}</b>
                    <small>{state === 'done' ? t('home.stepDone') : t(`home.stepHint.${name}`)}</small>
                  </span>
                </a>
              </li>
            )
          })}
        </ol>
      )}
    </section>
  )
}
