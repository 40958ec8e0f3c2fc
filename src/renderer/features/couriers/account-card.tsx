import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import type { CourierAccountState } from '../../../shared/protocol/courier-contract.ts'
import type { HostResponses } from '../../../shared/protocol/host-contract.ts'
import { useStation } from '../../app/station-app.ts'
import { Note, Tag, type Tone } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { faultOf } from './use-accounts.ts'

interface AccountCardProps {
  readonly state: CourierAccountState
  /** Numbers of this courier in hand. */
  readonly ahead: number
  readonly disabled: boolean
  onEdit(): void
  onRemove(): void
}

type Balance = HostResponses['courier.balance'] | { readonly tag: 'failed'; readonly detail: string }
type AccountCondition = 'ok' | 'paused' | 'noSecret' | 'trouble' | 'unsure'

const TONES: Readonly<Record<AccountCondition, Tone>> = {
  ok: 'ok',
  paused: 'plain',
  noSecret: 'stop',
  trouble: 'stop',
  unsure: 'warn',
}

function conditionOf({ account, hasSecret, lastTrouble, unsure }: CourierAccountState): AccountCondition {
  if (!account.active) return 'paused'
  if (!hasSecret) return 'noSecret'
  if (lastTrouble !== null) return 'trouble'
  return unsure > 0 ? 'unsure' : 'ok'
}

/** One account: how it stands, what it has fetched, and what went wrong last. */
export function AccountCard({ state, ahead, disabled, onEdit, onRemove }: AccountCardProps): ReactElement {
  const { t } = useTranslation('couriers')
  const figures = useFigures()
  const { host } = useStation()
  const [balance, setBalance] = useState<Balance | null>(null)
  const [busy, setBusy] = useState(false)
  const { account, unsure } = state
  const condition = conditionOf(state)
  const test = async (): Promise<void> => {
    setBusy(true)
    const { accountId } = account
    setBalance(
      await host
        .call('courier.balance', { accountId })
        .catch((error: unknown) => ({ tag: 'failed' as const, detail: faultOf(error) })),
    )
    setBusy(false)
  }
  return (
    <li className="courier-card" data-account={account.accountId} data-condition={condition}>
      <header>
        <b>{courierName(account.courier)}</b>
        <span className="courier-service">{t(`service.${account.service}`)}</span>
        <span className="courier-user mono">{account.user}</span>
        <Tag tone={TONES[condition]}>{t(`state.${condition}`)}</Tag>
      </header>
      <dl className="courier-figures">
        <div>
          <dt>{t('figure.ahead')}</dt>
          <dd data-figure="ahead">{figures.number(ahead)}</dd>
        </div>
        <div>
          <dt>{t('figure.unsure')}</dt>
          <dd data-figure="unsure">{figures.number(unsure)}</dd>
        </div>
      </dl>
      <span className="courier-buttons">
        <Button data-action="test-account" loading={busy} onClick={() => void test()}>
          {t('test')}
        </Button>
        <Button data-action="edit-account" disabled={disabled} onClick={onEdit}>
          {t('edit')}
        </Button>
        <Button data-action="remove-account" disabled={disabled} onClick={onRemove}>
          {t('remove')}
        </Button>
      </span>
      <div className="courier-notes">
        {balance !== null && <BalanceNote balance={balance} />}
        {condition === 'trouble' && <TroubleNote state={state} />}
        {unsure > 0 && <Note>{t('unsureWords', { count: unsure })}</Note>}
      </div>
    </li>
  )
}

function TroubleNote({ state }: { state: CourierAccountState }): ReactElement | null {
  const { t } = useTranslation('couriers')
  const figures = useFigures()
  const { lastTrouble, lastDetail, lastAt } = state
  if (lastTrouble === null) return null
  return (
    <div data-trouble={lastTrouble}>
      <Note tone="stop">
        <b>{t(`trouble.${lastTrouble}.what`)}</b>
        <div className="courier-todo">{t(`trouble.${lastTrouble}.todo`)}</div>
        <small className="courier-detail mono">
          {[lastDetail, lastAt === null ? '' : figures.time(lastAt)].filter(Boolean).join(' · ')}
        </small>
      </Note>
    </div>
  )
}

function BalanceNote({ balance }: { balance: Balance }): ReactElement {
  const { t } = useTranslation('couriers')
  const figures = useFigures()
  if (balance.tag === 'balance') {
    const { left } = balance
    const words = left === null ? t('balance.unknown') : t('balance.left', { left: figures.number(left) })
    return (
      <div data-balance={left ?? 'unknown'}>
        <Note tone={left === null ? 'plain' : left === 0 ? 'warn' : 'ok'}>{words}</Note>
      </div>
    )
  }
  const what = balance.tag === 'failed' ? balance.detail : t(`trouble.${balance.trouble}.what`)
  return (
    <div data-balance="refused">
      <Note tone="stop">{t('balance.refused', { what })}</Note>
    </div>
  )
}
