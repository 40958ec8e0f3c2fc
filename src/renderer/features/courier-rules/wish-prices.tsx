import { Button, InputNumber } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WishPrice } from '../../../shared/domain/shipping/choose-courier-table.ts'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import type { TablePart } from './courier-rules-panel.tsx'
import { CourierSelect } from './courier-select.tsx'
import { courierCodes } from './use-courier-table.ts'

/** Couriers that a buyer may wish, and what that costs him (圆通 as 申通, 顺丰 as EMS). */
export function WishPrices({ table, disabled, onChange }: TablePart): ReactElement {
  const { t } = useTranslation('dispatch')
  const [fresh, setFresh] = useState<string | null>(null)
  const { wishes } = table
  const codes = courierCodes(table).filter((code) => code !== 'wished')
  const listed = new Set(wishes.map((wish) => wish.courier))
  const set = (next: WishPrice[]): void => onChange({ ...table, wishes: next })
  const change = (wish: WishPrice, part: Partial<WishPrice>): void =>
    set(wishes.map((other) => (other === wish ? { ...wish, ...part } : other)))
  const add = (): void => {
    if (fresh === null) return
    set([...wishes, { courier: fresh, priceAs: fresh, surchargeFen: 0 }])
    setFresh(null)
  }
  return (
    <section className="courier-rules-part">
      <h3>{t('wish.title')}</h3>
      <p>{t('wish.what')}</p>
      <table className="courier-rule-table" data-table="courier-wishes">
        <thead>
          <tr>
            <th>{t('wish.courier')}</th>
            <th>{t('wish.priceAs')}</th>
            <th>{t('wish.surcharge')}</th>
            <th aria-label={t('wish.remove')} />
          </tr>
        </thead>
        <tbody>
          {wishes.map((wish) => (
            <tr key={wish.courier} data-key={wish.courier}>
              <td>
                <b>{courierName(wish.courier)}</b>
              </td>
              <td>
                <CourierSelect
                  name={`price-${wish.courier}`}
                  label={t('wish.priceAs')}
                  value={wish.priceAs}
                  codes={codes}
                  disabled={disabled}
                  onChange={(priceAs) => change(wish, { priceAs })}
                />
              </td>
              <td>
                <InputNumber
                  aria-label={t('wish.surcharge')}
                  min={0}
                  max={10_000}
                  precision={2}
                  prefix="¥"
                  disabled={disabled}
                  value={wish.surchargeFen / 100}
                  onChange={(yuan) => change(wish, { surchargeFen: Math.round((yuan ?? 0) * 100) })}
                />
              </td>
              <td>
                <div className="rule-actions">
                  <Button
                    data-action="remove-wish"
                    disabled={disabled}
                    onClick={() => set(wishes.filter((other) => other !== wish))}
                  >
                    {t('wish.remove')}
                  </Button>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <span className="courier-rules-add">
        <CourierSelect
          name="wish"
          label={t('wish.courier')}
          value={fresh}
          codes={codes.filter((code) => !listed.has(code))}
          disabled={disabled}
          onChange={setFresh}
        />
        <Button data-action="add-wish" disabled={disabled || fresh === null} onClick={add}>
          {t('wish.add')}
        </Button>
      </span>
    </section>
  )
}
