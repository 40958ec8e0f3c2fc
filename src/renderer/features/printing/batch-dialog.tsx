import { Button, InputNumber, Modal, Segmented, Select } from 'antd'
import { type ReactElement, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { LongWork } from '../../ui/long-work.tsx'
import { Note } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { BatchCard } from './batch-card.tsx'
import { useBatch } from './batch-figures.ts'
import { type BatchSource, MOST_LABELS } from './batch-labels.ts'
import { usePaperWords } from './paper-words.ts'
import { usePrinters } from './use-printers.ts'
import { writeBatch } from './write-batch.ts'
import './printing.css'

/** A choice of what to print, in words. */
export interface BatchChoice {
  readonly key: 'selected' | 'shown' | 'all'
  readonly source: BatchSource
}

interface BatchDialogProps {
  /** The first one is chosen at the start. */
  readonly choices: readonly BatchChoice[]
  /** False: one of each, as with pick slips. */
  readonly copies: boolean
  readonly onClose: () => void
}

type Writing =
  | { readonly tag: 'asking' }
  | { readonly tag: 'writing'; readonly written: number; readonly size: number | null }
  | { readonly tag: 'begun'; readonly batchId: string }
  | { readonly tag: 'failed'; readonly written: number; readonly detail: string }

/** Which labels, how many of each, on which printer; then how far they are. */
export function BatchDialog({ choices, copies: mayCopy, onClose }: BatchDialogProps): ReactElement {
  const { t } = useTranslation(['printing', 'common'])
  const station = useStation()
  const figures = useFigures()
  const words = usePaperWords()
  const { list } = usePrinters()
  const [chosen, setChosen] = useState(choices[0])
  const [copies, setCopies] = useState(1)
  const [printerId, setPrinterId] = useState('')
  const [writing, setWriting] = useState<Writing>({ tag: 'asking' })
  const batchId = useRef(crypto.randomUUID())
  const total = (chosen?.source.count ?? 0) * copies
  const write = async (source: BatchSource): Promise<void> => {
    let written = 0
    setWriting({ tag: 'writing', written, size: null })
    try {
      const order = {
        batchId: batchId.current,
        source,
        copies,
        printerId: printerId === '' ? null : printerId,
      }
      const size = await writeBatch(station, order, (now, of) => {
        written = now
        setWriting({ tag: 'writing', written: now, size: of })
      })
      setWriting(
        size === 0
          ? { tag: 'failed', written: 0, detail: t('batch.none') }
          : { tag: 'begun', batchId: batchId.current },
      )
    } catch (error) {
      setWriting({ tag: 'failed', written, detail: String(error) })
    }
  }
  const what = chosen?.source.what ?? 'sku'
  return (
    <Modal
      open
      centered
      width={720}
      title={`${t('batch.title')} · ${t(`batch.what.${what}`)}`}
      onCancel={onClose}
      footer={
        writing.tag === 'asking' && chosen ? (
          <Button
            type="primary"
            size="large"
            data-action="begin-batch"
            disabled={total === 0 || total > MOST_LABELS}
            onClick={() => void write(chosen.source)}
          >
            {t('batch.go')}
          </Button>
        ) : (
          <Button onClick={onClose}>{t('common:action.close')}</Button>
        )
      }
    >
      {writing.tag === 'asking' && (
        <div className="batch-form">
          {choices.length > 1 && (
            <Segmented
              value={chosen?.key}
              aria-label={t('batch.from')}
              onChange={(key) => setChosen(choices.find((choice) => choice.key === key))}
              options={choices.map(({ key, source }) => ({
                value: key,
                label: t(`batch.${key}`, { number: figures.number(source.count) }),
              }))}
            />
          )}
          {mayCopy && (
            <div className="batch-field">
              <span>{t('batch.copies')}</span>
              <InputNumber
                min={1}
                max={500}
                precision={0}
                value={copies}
                aria-label={t('batch.copies')}
                data-batch-copies=""
                onChange={(value) => setCopies(value ?? 1)}
              />
            </div>
          )}
          <div className="batch-field">
            <span>{t('batch.printer')}</span>
            <Select
              value={printerId}
              aria-label={t('batch.printer')}
              onChange={setPrinterId}
              options={[
                { value: '', label: t('batch.byKind') },
                ...(list?.printers ?? []).map(({ printer }) => ({
                  value: printer.printerId,
                  label: words.printer(printer.name),
                })),
              ]}
            />
          </div>
          <div className="batch-total" data-batch-total={total}>
            {total === 0 ? t('batch.none') : t('batch.total', { number: figures.number(total) })}
          </div>
          {total > MOST_LABELS && (
            <Note tone="stop">{t('batch.tooMany', { most: figures.number(MOST_LABELS) })}</Note>
          )}
          <p>{what === 'pick-slip' ? t('batch.slipsWords') : what === 'sku' ? t('batch.houseCodes') : ''}</p>
        </div>
      )}
      {writing.tag === 'writing' && (
        <LongWork label={t('batch.writing')} done={writing.written} total={writing.size} />
      )}
      {writing.tag === 'failed' && (
        <Note tone="stop">
          {writing.written === 0
            ? writing.detail
            : t('batch.notWritten', { written: String(writing.written), detail: writing.detail })}
        </Note>
      )}
      {writing.tag === 'begun' && <Begun batchId={writing.batchId} />}
    </Modal>
  )
}

function Begun({ batchId }: { batchId: string }): ReactElement | null {
  const { t } = useTranslation('printing')
  const batch = useBatch(batchId)
  if (batch === null) return null
  return (
    <>
      <BatchCard figures={batch} />
      <p className="batch-hint">{t('batch.nowPrinting')}</p>
    </>
  )
}
