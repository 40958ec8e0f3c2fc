import { App, Button, Popconfirm } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { type ParcelSide, suggestVoid } from '../../../shared/sync/suggest-repair.ts'
import { useStation } from '../../app/station-app.ts'
import { hashOfRoute } from '../../app/use-route.ts'
import { Note, Tag } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { useIsManager } from '../office/use-person.ts'
import type { Decide } from './case-details.tsx'
import type { CaseRow } from './case-rows.ts'
import type { ParcelOfCase, Sides } from './case-sides.ts'
import { SideCard, useStationWord } from './side-card.tsx'

interface ParcelSidesProps {
  readonly found: CaseRow
  readonly sides: Extract<Sides, { of: 'parcels' }>
  readonly decide: Decide
}

/** Two parcels for one order, or with one number: which of them goes. */
export function ParcelSides({ found, sides, decide }: ParcelSidesProps): ReactElement {
  const { t } = useTranslation(['safety', 'office'])
  const suggested = suggestVoid(sides.parcels.map(sideOf))
  const target = suggested.tag === 'voidParcel' ? suggested.parcelId : null
  const waybillOf = (parcelId: string): string =>
    sides.parcels.find((one) => one.parcelId === parcelId)?.parcel?.waybillNumber ?? parcelId
  return (
    <>
      <div className="sides">
        {sides.parcels.map((one, index) => (
          <ParcelCard key={one.parcelId} one={one} index={index} target={target} sides={sides} />
        ))}
      </div>
      <div className="suggestion" data-suggestion={suggested.tag} data-target={target ?? ''}>
        <b>{t('cases.suggestion')}</b>
        {suggested.tag === 'voidParcel' ? (
          <>
            <p>{t(`cases.cause.${suggested.cause}`, { waybill: waybillOf(suggested.parcelId) })}</p>
            <p>{t(found.kind === 'waybillTwice' ? 'cases.afterVoidAgain' : 'cases.afterVoid')}</p>
            <VoidButton
              parcelId={suggested.parcelId}
              waybill={waybillOf(suggested.parcelId)}
              again={found.kind === 'waybillTwice'}
              decide={decide}
            />
          </>
        ) : (
          <p>{t(`cases.${suggested.tag}`)}</p>
        )}
      </div>
    </>
  )
}

function sideOf({ parcelId, parcel }: ParcelOfCase): ParcelSide {
  const finish = parcel?.finish ?? null
  return {
    parcelId,
    finishedAt: finish?.at ?? 0,
    leaseToken: finish?.leaseToken ?? null,
    state: finish === null || parcel === null ? 'partial' : parcel.state,
  }
}

interface ParcelCardProps {
  readonly one: ParcelOfCase
  readonly index: number
  readonly target: string | null
  readonly sides: ParcelSidesProps['sides']
}

function ParcelCard({ one, index, target, sides }: ParcelCardProps): ReactElement {
  const { t } = useTranslation(['safety', 'office'])
  const figures = useFigures()
  const stationWord = useStationWord(sides.names)
  const finish = one.parcel?.finish
  if (!one.parcel || !finish)
    return (
      <SideCard index={index} id={one.parcelId} items={[]}>
        <Note>{t('cases.partial')}</Note>
      </SideCard>
    )
  const { handedOver, state, waybillNumber } = one.parcel
  const waybill = (
    <a className="mono" href={hashOfRoute('archive', [waybillNumber])}>
      {waybillNumber}
    </a>
  )
  const orders = finish.orderNumbers.map((number) => (
    <a key={number} className="mono" href={hashOfRoute('orders', ['all', number])}>
      {number}{' '}
    </a>
  ))
  return (
    <SideCard
      index={index}
      id={one.parcelId}
      doubtful={one.parcelId === target}
      items={[
        { name: t('cases.waybill'), value: waybill },
        { name: t('cases.orders'), value: orders },
        { name: t('cases.packer'), value: finish.packerName || '—' },
        { name: t('cases.station'), value: stationWord(one.stationId) },
        { name: t('cases.time'), value: figures.time(finish.at) },
        { name: t('cases.lease'), value: finish.leaseToken ?? t('cases.noLease') },
        {
          name: t('cases.handedOver'),
          value: handedOver ? (
            <Tag tone="plain">{t('cases.handedAt', { at: figures.time(handedOver.at) })}</Tag>
          ) : (
            <Tag tone={state === 'voided' ? 'stop' : 'ok'}>
              {t(state === 'voided' ? 'cases.voided' : 'cases.notYet')}
            </Tag>
          ),
        },
      ]}
    />
  )
}

interface VoidButtonProps {
  readonly parcelId: string
  readonly waybill: string
  /** The order is to be packed again: it has no other parcel. */
  readonly again: boolean
  readonly decide: Decide
}

/** The decision first: once the parcel is void the contradiction is gone and nobody could say who ended it. */
function VoidButton({ parcelId, waybill, again, decide }: VoidButtonProps): ReactElement {
  const { t } = useTranslation(['safety', 'common'])
  const { message } = App.useApp()
  const station = useStation()
  const manager = useIsManager()
  const carryOut = async (): Promise<void> => {
    if (!(await decide('repaired', t('cases.autoNote.void', { waybill })))) return
    const reason = again ? 'packAgain' : 'packedTwice'
    const { answer } = await station.run({ type: 'VoidParcel', parcelId, reason })
    if (answer.tag !== 'voided') void message.error(t('cases.voidFailed'))
  }
  return (
    <div className="settings-actions">
      <Popconfirm
        title={t('cases.voidConfirm', { waybill })}
        okText={t('cases.void', { waybill })}
        okButtonProps={{ danger: true, 'data-action': 'confirm' }}
        cancelText={t('common:action.cancel')}
        onConfirm={carryOut}
      >
        <Button type="primary" danger data-action="void-suggested" disabled={!manager}>
          {t('cases.void', { waybill })}
        </Button>
      </Popconfirm>
      {!manager && <span className="cell-sub">{t('managerWanted')}</span>}
    </div>
  )
}
