import { App, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PAPER_KINDS, type PaperKind, type PrinterList } from '../../../shared/protocol/print-contract.ts'
import { useStation } from '../../app/station-app.ts'
import { usePaperWords } from './paper-words.ts'
import { faultWords } from './use-printers.ts'

interface PaperAssignmentProps {
  readonly list: PrinterList
  readonly onAssigned: (list: PrinterList) => void
}

/** Which printer each kind of paper goes to. */
export function PaperAssignment({ list, onAssigned }: PaperAssignmentProps): ReactElement {
  const { t } = useTranslation('printing')
  const words = usePaperWords()
  const { host } = useStation()
  const { message } = App.useApp()
  const assign = (kind: PaperKind, printerId: string): void => {
    host
      .call('printer.assign', { kind, printerId })
      .then(onAssigned, (error: unknown) =>
        message.error(t('printers.notDone', { detail: faultWords(error) })),
      )
  }
  const options = list.printers.map(({ printer }) => ({
    value: printer.printerId,
    label: words.printer(printer.name),
  }))
  return (
    <section className="paper-assignment">
      <h3>{t('printers.assign')}</h3>
      <div className="paper-kinds">
        {PAPER_KINDS.map((kind) => (
          <div key={kind} data-paper={kind} data-printer={list.assigned[kind]}>
            <span>{t(`kind.${kind}`)}</span>
            <Select
              value={list.assigned[kind]}
              options={options}
              aria-label={t(`kind.${kind}`)}
              onChange={(printerId) => assign(kind, printerId)}
            />
          </div>
        ))}
      </div>
      <small>{t('printers.assignHint')}</small>
    </section>
  )
}
