import { Button, InputNumber } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { USUAL_DIVISOR, type VolumeDivisor } from '../../../shared/domain/shipping/choose-courier-table.ts'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import type { TablePart } from './courier-rules-panel.tsx'
import { CourierSelect } from './courier-select.tsx'
import { courierCodes } from './use-courier-table.ts'

/** By what each courier's contract divides a parcel's volume (PAK-5). */
export function DivisorList({ table, disabled, onChange }: TablePart): ReactElement {
  const { t } = useTranslation('dispatch')
  const [fresh, setFresh] = useState<string | null>(null)
  const { divisors = [] } = table
  const listed = new Set(divisors.map((entry) => entry.courier))
  const rest = courierCodes(table).filter((code) => code !== 'wished' && !listed.has(code))
  const set = (next: VolumeDivisor[]): void => onChange({ ...table, divisors: next })
  const add = (): void => {
    if (fresh === null) return
    set([...divisors, { courier: fresh, divisor: USUAL_DIVISOR }])
    setFresh(null)
  }
  return (
    <section className="courier-rules-part">
      <h3>{t('volume.title')}</h3>
      <p>{t('volume.what')}</p>
      {divisors.length > 0 && (
        <table className="courier-rule-table" data-table="courier-divisors">
          <thead>
            <tr>
              <th>{t('volume.courier')}</th>
              <th>{t('volume.divisor')}</th>
              <th aria-label={t('volume.remove')} />
            </tr>
          </thead>
          <tbody>
            {divisors.map((entry) => (
              <tr key={entry.courier} data-key={entry.courier}>
                <td>
                  <b>{courierName(entry.courier)}</b>
                </td>
                <td>
                  <InputNumber<number>
                    aria-label={`${courierName(entry.courier)} ${t('volume.divisor')}`}
                    placeholder={t('volume.hint')}
                    min={1000}
                    max={20_000}
                    precision={0}
                    disabled={disabled}
                    data-field="divisor"
                    value={entry.divisor}
                    onChange={(divisor) =>
                      set(
                        divisors.map((other) =>
                          other === entry ? { ...entry, divisor: divisor ?? USUAL_DIVISOR } : other,
                        ),
                      )
                    }
                  />
                </td>
                <td>
                  <div className="rule-actions">
                    <Button
                      data-action="remove-divisor"
                      disabled={disabled}
                      onClick={() => set(divisors.filter((other) => other !== entry))}
                    >
                      {t('volume.remove')}
                    </Button>
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <span className="courier-rules-add">
        <CourierSelect
          name="divisor"
          label={t('volume.courier')}
          value={fresh}
          codes={rest}
          disabled={disabled}
          onChange={setFresh}
        />
        <Button data-action="add-divisor" disabled={disabled || fresh === null} onClick={add}>
          {t('volume.add')}
        </Button>
      </span>
    </section>
  )
}
