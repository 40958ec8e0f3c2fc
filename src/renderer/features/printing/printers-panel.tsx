import { App, Button } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FoundPrinter, Printer, PrinterDescription } from '../../../shared/protocol/print-contract.ts'
import { useStation } from '../../app/station-app.ts'
import { Icon } from '../../ui/icon.tsx'
import { Note, Panel } from '../../ui/small-parts.tsx'
import { DiscoverDialog } from './discover-dialog.tsx'
import { PaperAssignment } from './paper-assignment.tsx'
import { PrinterCard } from './printer-card.tsx'
import { PrinterForm } from './printer-form.tsx'
import { FILE_PRINTER, NEW_PRINTER, type PrinterValues, valuesOf } from './printer-values.ts'
import { faultWords, usePrinters } from './use-printers.ts'
import './printing.css'

type Edited = { readonly printerId: string | null; readonly values: PrinterValues }

/** The printers of this PC: how they are, which paper goes to which, and how to add one (LBL-3). */
export function PrintersPanel(): ReactElement {
  const { t } = useTranslation('printing')
  const { host, space } = useStation()
  const { message, modal } = App.useApp()
  const printers = usePrinters()
  const [edited, setEdited] = useState<Edited | null>(null)
  const [discovering, setDiscovering] = useState(false)
  const list = printers.list
  const remove = ({ printerId, name }: Printer): void => {
    void modal.confirm({
      title: t('printers.removeSure', { name }),
      okText: t('printers.remove'),
      okButtonProps: { danger: true, ...{ 'data-action': 'confirm-remove' } },
      onOk: () =>
        host
          .call('printer.remove', { printerId })
          .then(printers.take, (error: unknown) =>
            message.error(t('printers.notDone', { detail: faultWords(error) })),
          ),
    })
  }
  const chooseFound = (found: FoundPrinter): void => {
    setDiscovering(false)
    setEdited({ printerId: null, values: valuesOfFound(found) })
  }
  return (
    <Panel
      title={t('section.printers')}
      extra={
        <span className="printing-buttons">
          <Button data-action="discover-printers" onClick={() => setDiscovering(true)}>
            {t('printers.discover')}
          </Button>
          <Button
            type="primary"
            data-action="add-printer"
            onClick={() => setEdited({ printerId: null, values: NEW_PRINTER })}
          >
            {t('printers.add')}
          </Button>
        </span>
      }
    >
      <p className="sync-hint">{t('printers.hint')}</p>
      {space === 'demo' && <Note>{t('printers.demo')}</Note>}
      {printers.trouble !== null && (
        <Note tone="stop">{t('printers.notRead', { detail: printers.trouble })}</Note>
      )}
      {list === null && printers.trouble === null && <p>{t('printers.loading')}</p>}
      {list !== null && (
        <>
          {onlyFile(list.printers) && <OnlyFile onDiscover={() => setDiscovering(true)} />}
          <ul className="printer-cards" data-printers={list.printers.length}>
            {list.printers.map((described) => (
              <PrinterCard
                key={described.printer.printerId}
                described={described}
                list={list}
                onEdit={(printer) => setEdited({ printerId: printer.printerId, values: valuesOf(printer) })}
                onRemove={remove}
              />
            ))}
          </ul>
          <PaperAssignment list={list} onAssigned={printers.take} />
        </>
      )}
      {edited !== null && (
        <PrinterForm
          printerId={edited.printerId}
          initial={edited.values}
          others={list?.printers.map(({ printer }) => printer) ?? []}
          onSaved={printers.take}
          onClose={() => setEdited(null)}
        />
      )}
      {discovering && (
        <DiscoverDialog
          known={list?.printers.map(({ printer }) => printer) ?? []}
          onUse={chooseFound}
          onClose={() => setDiscovering(false)}
        />
      )}
    </Panel>
  )
}

const onlyFile = (printers: readonly PrinterDescription[]): boolean =>
  printers.every(({ printer }) => printer.printerId === FILE_PRINTER)

function valuesOfFound({ name, path, language }: FoundPrinter): PrinterValues {
  const values = valuesOf({
    printerId: 'found',
    name,
    path,
    language,
    dpi: 203,
    paper: null,
    gapUm: 2000,
    darkness: null,
    sparePrinterId: null,
  })
  // An office printer knows its paper; a label printer has to be told.
  return language === 'pdf' ? values : { ...values, paper: NEW_PRINTER.paper }
}

function OnlyFile({ onDiscover }: { onDiscover: () => void }): ReactElement {
  const { t } = useTranslation('printing')
  return (
    <div className="printers-empty">
      <Icon name="file" size={48} stroke={1.3} />
      <div>
        <b>{t('printers.onlyFile.title')}</b>
        <p>{t('printers.onlyFile.words')}</p>
      </div>
      <Button size="large" onClick={onDiscover}>
        {t('printers.discover')}
      </Button>
    </div>
  )
}
