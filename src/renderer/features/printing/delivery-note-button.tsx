import { App, Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paperOf } from '../../../shared/station/print-job.ts'
import type { CommandAnswer, ParcelRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { ReprintDialog } from './reprint-dialog.tsx'

/** 发货单 of a finished parcel; from the second time on it is asked why (LBL-1, LBL-4). */
export function DeliveryNoteButton({ parcel }: { parcel: ParcelRow }): ReactElement {
  const { t } = useTranslation('printing')
  const station = useStation()
  const { message } = App.useApp()
  const [asking, setAsking] = useState(false)
  const printed = useLiveQuery(
    async () => {
      const jobs = await station.database.printJobs.where('subject').equals(parcel.waybillNumber).toArray()
      return jobs.filter((job) => paperOf(job.document) === 'delivery-note').length
    },
    [station, parcel.waybillNumber],
    0,
  )
  const print = async (reason: string): Promise<CommandAnswer> => {
    const { answer } = await station.run({ type: 'PrintDeliveryNote', parcelId: parcel.parcelId, reason })
    if (answer.tag === 'printed' || answer.tag === 'reprinted') void message.success(t('note.sent'))
    return answer
  }
  return (
    <>
      <Button
        data-action="print-delivery-note"
        onClick={() => (printed === 0 ? void print('') : setAsking(true))}
      >
        {t(printed === 0 ? 'note.print' : 'note.again')}
      </Button>
      {asking && (
        <ReprintDialog
          subject={parcel.waybillNumber}
          copies={printed}
          onGo={print}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
