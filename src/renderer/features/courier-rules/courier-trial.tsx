import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { groupBy } from '../../../shared/base/group-by.ts'
import type { CourierTable } from '../../../shared/domain/shipping/choose-courier-table.ts'
import { useStation } from '../../app/station-app.ts'
import { SearchField } from '../../ui/scan-entry.tsx'
import { Note } from '../../ui/small-parts.tsx'
import { ChoiceWords } from './choice-words.tsx'
import { useCourierWords } from './courier-words.ts'
import { MOST_TRIED, type TriedParcel, tryOrder, tryQueue } from './run-trial.ts'

type Outcome =
  | { readonly of: 'busy' }
  | { readonly of: 'unknown' }
  | { readonly of: 'order'; readonly tried: TriedParcel }
  | { readonly of: 'queue'; readonly tried: readonly TriedParcel[] }

/** Which courier it would be and why, for one order or the whole queue, with the table as it is on screen (ORD-7). */
export function CourierTrial({ table }: { table: CourierTable }): ReactElement {
  const { t } = useTranslation('dispatch')
  const station = useStation()
  const [code, setCode] = useState('')
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const askOrder = async (wanted: string): Promise<void> => {
    if (wanted.trim() === '') return
    setOutcome({ of: 'busy' })
    const tried = await tryOrder(station, table, wanted)
    setOutcome(tried ? { of: 'order', tried } : { of: 'unknown' })
  }
  const askQueue = async (): Promise<void> => {
    setOutcome({ of: 'busy' })
    setOutcome({ of: 'queue', tried: await tryQueue(station, table) })
  }
  return (
    <section className="courier-rules-part" data-trial={outcome?.of ?? 'none'}>
      <h3>{t('trial.title')}</h3>
      <p>{t('trial.what')}</p>
      <div className="courier-trial-ask">
        <SearchField
          name="courierTrial"
          value={code}
          placeholder={t('trial.order')}
          onChange={setCode}
          onEnter={(text) => void askOrder(text)}
        />
        <Button data-action="try-order" onClick={() => void askOrder(code)}>
          {t('trial.ask')}
        </Button>
        <Button data-action="try-queue" onClick={() => void askQueue()}>
          {t('trial.queue')}
        </Button>
      </div>
      <div role="status">
        {outcome?.of === 'busy' && <p>{t('trial.busy')}</p>}
        {outcome?.of === 'unknown' && <Note tone="stop">{t('trial.unknown')}</Note>}
        {outcome?.of === 'order' && <OneOrder tried={outcome.tried} table={table} />}
        {outcome?.of === 'queue' && <WholeQueue tried={outcome.tried} table={table} />}
      </div>
    </section>
  )
}

function OneOrder({ tried, table }: { tried: TriedParcel; table: CourierTable }): ReactElement {
  const { t } = useTranslation('dispatch')
  const words = useCourierWords()
  const { choice, numbers } = tried
  return (
    <div data-trial-courier={choice.courier} data-trial-rule={choice.because.ruleId}>
      <b className="trial-answer">
        {t('trial.result', { number: numbers.join(' + '), courier: words.courier(choice.courier) })}
      </b>
      <ChoiceWords choice={choice} table={table} />
    </div>
  )
}

function WholeQueue({ tried, table }: { tried: readonly TriedParcel[]; table: CourierTable }): ReactElement {
  const { t } = useTranslation('dispatch')
  const words = useCourierWords()
  if (tried.length === 0) return <p>{t('trial.emptyQueue')}</p>
  const groups = [...groupBy(tried, ({ choice }) => `${choice.courier} ${choice.because.ruleId}`)].sort(
    ([, a], [, b]) => b.length - a.length,
  )
  return (
    <>
      {tried.length >= MOST_TRIED && <Note tone="plain">{t('trial.more', { count: MOST_TRIED })}</Note>}
      <table className="courier-rule-table" data-table="courier-trial">
        <thead>
          <tr>
            <th>{t('trial.courier')}</th>
            <th>{t('trial.because')}</th>
            <th className="figure">{t('trial.parcels')}</th>
            <th>{t('trial.example')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(([key, parcels]) => {
            const [first] = parcels
            if (!first) return null
            const line = lineOf(first, table)
            return (
              <tr key={key} data-key={`${first.choice.courier} ${first.choice.because.ruleId}`}>
                <td>
                  <b>{words.courier(first.choice.courier)}</b>
                </td>
                <td>
                  {line === null
                    ? words.because(first.choice, table)
                    : `${line.number}. ${words.conditions(line.when)}`}
                </td>
                <td className="figure" data-count={parcels.length}>
                  {parcels.length}
                </td>
                <td className="mono">{first.numbers.join(' + ')}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </>
  )
}

/** The rule by its place and conditions: what matched differs from parcel to parcel. */
function lineOf({ choice }: TriedParcel, table: CourierTable) {
  const index = table.rules.findIndex((rule) => rule.ruleId === choice.because.ruleId)
  const rule = table.rules[index]
  return rule ? { number: index + 1, when: rule.when } : null
}
