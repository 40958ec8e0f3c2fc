import { App, Button, Form, Input, InputNumber, Select } from 'antd'
import { type ReactElement, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { normaliseCode } from '../../../shared/base/text.ts'
import type { Bin, BinKind } from '../../../shared/domain/stock/bin.ts'
import { BinKindSchema } from '../../../shared/domain/stock/bin.ts'
import { type BinPatternError, expandBinPattern } from '../../../shared/formats/bin-pattern.ts'
import type { BinDocument } from '../../../shared/labels/label-document.ts'
import { useStation } from '../../app/station-app.ts'
import { LongWork } from '../../ui/long-work.tsx'
import { Note, Panel } from '../../ui/small-parts.tsx'
import { LabelPreview } from '../office/label-preview.tsx'
import { BatchDialog } from '../printing/batch-dialog.tsx'
import { labelsSource, MOST_LABELS } from '../printing/batch-labels.ts'

const CHUNK = 50

type Work = { readonly done: number; readonly total: number } | null

/** Bins in bulk from a pattern, and their labels (PUT-1). */
export function BinPattern(): ReactElement {
  const { t, i18n } = useTranslation('data')
  const { message, modal } = App.useApp()
  const station = useStation()
  const [pattern, setPattern] = useState('A-{01..04}-{1..4}-{01..05}')
  const [kind, setKind] = useState<BinKind>('pick')
  const [capacity, setCapacity] = useState<number | null>(null)
  const [category, setCategory] = useState('')
  const [work, setWork] = useState<Work>(null)
  const [printing, setPrinting] = useState(false)
  const expanded = useMemo(() => expandBinPattern(normaliseCode(pattern)), [pattern])
  const codes = expanded.ok ? expanded.value : []
  const figures = new Intl.NumberFormat(i18n.language)
  const labelOf = (code: string): BinDocument => ({
    kind: 'bin',
    code,
    kindName: t(`binKind.${kind}`),
    category: category.trim(),
  })

  const create = async (): Promise<void> => {
    let accepted = 0
    for (let at = 0; at < codes.length; at += CHUNK) {
      setWork({ done: at, total: codes.length })
      const bins = codes
        .slice(at, at + CHUNK)
        .map((code): Bin => ({ code, kind, capacity, category: category.trim().slice(0, 80) }))
      const { answer } = await station.run({ type: 'ImportBins', file: pattern, bins })
      accepted += answer.counts?.accepted ?? 0
    }
    setWork(null)
    void message.success(
      t('bins.created', { accepted: String(accepted), unchanged: String(codes.length - accepted) }),
    )
  }
  const ask = (title: string, go: () => Promise<void>): void => {
    void modal.confirm({ title, onOk: () => void go().finally(() => setWork(null)) })
  }
  return (
    <Panel title={t('settings.section.bins')}>
      <div className="bin-pattern">
        <Form layout="vertical" className="settings-form">
          <Form.Item className="settings-wide" label={t('bins.pattern')} extra={t('bins.patternHint')}>
            <Input
              value={pattern}
              aria-label={t('bins.pattern')}
              spellCheck={false}
              status={expanded.ok ? '' : 'error'}
              data-bin-pattern=""
              onChange={(event) => setPattern(event.target.value)}
            />
          </Form.Item>
          <Form.Item label={t('bins.kind')}>
            <Select<BinKind>
              value={kind}
              aria-label={t('bins.kind')}
              options={BinKindSchema.options.map((value) => ({ value, label: t(`binKind.${value}`) }))}
              onChange={setKind}
            />
          </Form.Item>
          <Form.Item label={t('bins.capacity')}>
            <InputNumber
              aria-label={t('bins.capacity')}
              min={1}
              max={1_000_000}
              precision={0}
              value={capacity}
              placeholder={t('bins.noLimit')}
              onChange={setCapacity}
            />
          </Form.Item>
          <Form.Item className="settings-wide" label={t('bins.category')}>
            <Input
              aria-label={t('bins.category')}
              value={category}
              maxLength={80}
              placeholder={t('bins.anyCategory')}
              onChange={(event) => setCategory(event.target.value)}
            />
          </Form.Item>
          <div className="settings-wide" data-bin-count={codes.length}>
            {expanded.ok ? (
              <Note tone="plain">
                {t('bins.preview', {
                  count: codes.length,
                  figure: figures.format(codes.length),
                  first: codes[0] ?? '',
                  last: codes.at(-1) ?? '',
                })}
              </Note>
            ) : (
              <Note tone="stop">
                <PatternFault error={expanded.error} />
              </Note>
            )}
          </div>
          {work !== null && (
            <div className="settings-wide">
              <LongWork label={t('bins.work')} done={work.done} total={work.total} />
            </div>
          )}
          <div className="settings-actions">
            <Button
              type="primary"
              data-action="create-bins"
              disabled={codes.length === 0 || work !== null}
              onClick={() => ask(t('bins.createAsk', { count: codes.length }), create)}
            >
              {t('bins.create', { count: codes.length })}
            </Button>
            <Button
              data-action="print-bin-labels"
              disabled={codes.length === 0 || codes.length > MOST_LABELS || work !== null}
              onClick={() => setPrinting(true)}
            >
              {t('bins.print')}
            </Button>
            {codes.length > MOST_LABELS && (
              <small>{t('bins.tooManyLabels', { most: figures.format(MOST_LABELS) })}</small>
            )}
          </div>
        </Form>
        {printing && (
          <BatchDialog
            choices={[{ key: 'all', source: labelsSource('bin', codes.map(labelOf)) }]}
            copies
            onClose={() => setPrinting(false)}
          />
        )}
        {codes[0] !== undefined && <LabelPreview document={labelOf(codes[0])} alt={codes[0]} />}
      </div>
    </Panel>
  )
}

function PatternFault({ error }: { error: BinPatternError }): string {
  const { t } = useTranslation('data')
  switch (error.tag) {
    case 'unclosedBrace':
      return t('bins.error.unclosedBrace', { at: String(error.at + 1) })
    case 'badRange':
      return t('bins.error.badRange', { range: error.range })
    case 'tooMany':
      return t('bins.error.tooMany', { count: error.count, most: String(error.most) })
    default:
      return t(`bins.error.${error.tag}`)
  }
}
