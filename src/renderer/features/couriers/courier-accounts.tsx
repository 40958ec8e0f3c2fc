import { App, Button } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { courierName, DEFAULT_COURIER } from '../../../shared/domain/shipping/couriers.ts'
import type { CourierAccount, CourierAccountState } from '../../../shared/protocol/courier-contract.ts'
import { useStation } from '../../app/station-app.ts'
import { tellAccountsChanged } from '../../couriers/start-fetch-ahead.ts'
import { Note, Panel } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { useCourierTable } from '../courier-rules/use-courier-table.ts'
import { useIsManager } from '../office/use-person.ts'
import { AccountCard } from './account-card.tsx'
import { AccountForm } from './account-form.tsx'
import { faultOf, type KnownAccounts, useAccounts } from './use-accounts.ts'
import './couriers.css'

/** E-waybill accounts: how they stand, how many numbers are ahead, and why there are not more (LBL-5). */
export function CourierAccounts(): ReactElement {
  const { t } = useTranslation('couriers')
  const { space } = useStation()
  if (space === 'live') return <LiveAccounts />
  return (
    <Panel title={t('title')}>
      <p className="courier-lead">{t('what')}</p>
      <Note tone="plain">{t('demo')}</Note>
    </Panel>
  )
}

type Edited = { readonly account: CourierAccount | null }

function LiveAccounts(): ReactElement {
  const { t } = useTranslation('couriers')
  const { host, database } = useStation()
  const { message, modal } = App.useApp()
  const manager = useIsManager()
  const { known, trouble, look } = useAccounts()
  const [edited, setEdited] = useState<Edited | null>(null)
  const changed = (): void => {
    setEdited(null)
    tellAccountsChanged(database.name)
    void look()
  }
  const remove = ({ account, unsure }: CourierAccountState): void => {
    const ahead = known?.plan.ahead.get(account.courier) ?? 0
    void modal.confirm({
      title: t('removeSure', { name: `${courierName(account.courier)} ${account.user}` }),
      content: (
        <>
          <p>{t('removeWords', { ahead: String(ahead) })}</p>
          {unsure > 0 && <p>{t('removeUnsure', { count: unsure })}</p>}
        </>
      ),
      okText: t('remove'),
      okButtonProps: { danger: true, ...{ 'data-action': 'confirm-remove-account' } },
      onOk: () =>
        host
          .call('courier.remove', { accountId: account.accountId })
          .then(changed, (error: unknown) => message.error(t('form.notSaved', { detail: faultOf(error) }))),
    })
  }
  const addButton = (
    <Button
      type="primary"
      data-action="add-account"
      disabled={!manager}
      onClick={() => setEdited({ account: null })}
    >
      {t('add')}
    </Button>
  )
  const isEmpty = known !== null && known.accounts.length === 0
  return (
    <Panel title={t('title')} extra={isEmpty ? undefined : addButton}>
      <p className="courier-lead">{t('what')}</p>
      {trouble !== null && <Note tone="stop">{t('notRead', { detail: trouble })}</Note>}
      {known === null && trouble === null && <p>{t('loading')}</p>}
      {!manager && <Note tone="plain">{t('managerWanted')}</Note>}
      {isEmpty && (
        <EmptyState icon="handover" title={t('empty.title')} action={addButton}>
          {t('empty.words')}
        </EmptyState>
      )}
      {known !== null && !isEmpty && (
        <>
          <Warnings known={known} />
          <ul className="courier-cards" data-accounts={known.accounts.length}>
            {known.accounts.map((state) => (
              <AccountCard
                key={state.account.accountId}
                state={state}
                ahead={known.plan.ahead.get(state.account.courier) ?? 0}
                disabled={!manager}
                onEdit={() => setEdited({ account: state.account })}
                onRemove={() => remove(state)}
              />
            ))}
          </ul>
        </>
      )}
      {edited !== null && (
        <AccountForm account={edited.account} onSaved={changed} onClose={() => setEdited(null)} />
      )}
    </Panel>
  )
}

/** Why orders have no number; nothing when all have one. */
function Warnings({ known: { accounts, plan } }: { known: KnownAccounts }): ReactElement {
  const { t } = useTranslation('couriers')
  const usual = useCourierTable()?.usual ?? DEFAULT_COURIER
  const used = accounts.filter(({ account }) => account.courier === usual && account.active)
  const trouble = used.map(({ lastTrouble }) => lastTrouble).find((one) => one !== null)
  const count = (why: string): number => plan.blocked.filter((one) => one.why === why).length
  const [masked, unknown] = [count('maskedRecipient'), count('noRecipient')]
  const waiting = { count: plan.waiting }
  return (
    <div className="courier-warnings" data-waiting={plan.waiting}>
      {used.length === 0 && <Note>{t('warn.notUsed', { courier: courierName(usual) })}</Note>}
      {!plan.senderKnown && <Note tone="stop">{t('warn.sender')}</Note>}
      {plan.waiting > 0 && (
        <Note tone={trouble ? 'stop' : 'warn'}>
          {trouble
            ? t('warn.waitingWhy', { ...waiting, what: t(`trouble.${trouble}.what`) })
            : t('warn.waiting', waiting)}
        </Note>
      )}
      {masked > 0 && <Note>{t('warn.masked', { count: masked })}</Note>}
      {unknown > 0 && <Note>{t('warn.noRecipient', { count: unknown })}</Note>}
    </div>
  )
}
