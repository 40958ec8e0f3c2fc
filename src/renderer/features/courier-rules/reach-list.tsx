import { Button, Select } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import type { TablePart } from './courier-rules-panel.tsx'
import { CourierSelect } from './courier-select.tsx'
import { courierCodes } from './use-courier-table.ts'

/** Where each courier does not go (ORD-5, ORD-7). */
export function ReachList({ table, disabled, onChange }: TablePart): ReactElement {
  const { t } = useTranslation('dispatch')
  const [fresh, setFresh] = useState<string | null>(null)
  const { unreachable } = table
  const listed = new Set(unreachable.map((entry) => entry.courier))
  const rest = courierCodes(table).filter((code) => code !== 'wished' && !listed.has(code))
  const set = (next: typeof unreachable): void => onChange({ ...table, unreachable: next })
  const add = (): void => {
    if (fresh === null) return
    set([...unreachable, { courier: fresh, regions: [] }])
    setFresh(null)
  }
  return (
    <section className="courier-rules-part">
      <h3>{t('reach.title')}</h3>
      <p>{t('reach.what')}</p>
      <ul className="reach-list">
        {unreachable.map((entry) => (
          <li key={entry.courier} data-reach={entry.courier}>
            <b>{courierName(entry.courier)}</b>
            <Select
              mode="tags"
              open={false}
              suffixIcon={null}
              aria-label={`${courierName(entry.courier)} ${t('reach.regions')}`}
              placeholder={t('reach.regions')}
              disabled={disabled}
              tokenSeparators={['、', ',', '，']}
              value={entry.regions}
              onChange={(regions) =>
                set(
                  unreachable.map((other) =>
                    other === entry ? { ...entry, regions: cleaned(regions) } : other,
                  ),
                )
              }
            />
            <Button
              data-action="remove-reach"
              disabled={disabled}
              onClick={() => set(unreachable.filter((other) => other !== entry))}
            >
              {t('reach.remove')}
            </Button>
          </li>
        ))}
      </ul>
      <span className="courier-rules-add">
        <CourierSelect
          name="reach"
          label={t('reach.courier')}
          value={fresh}
          codes={rest}
          disabled={disabled}
          onChange={setFresh}
        />
        <Button data-action="add-reach" disabled={disabled || fresh === null} onClick={add}>
          {t('reach.add')}
        </Button>
      </span>
    </section>
  )
}

const cleaned = (regions: readonly string[]): string[] => [
  ...new Set(regions.map((region) => region.trim().slice(0, 60)).filter((region) => region !== '')),
]
