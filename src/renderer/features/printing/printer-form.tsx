import { AutoComplete, Form, Input, InputNumber, Modal, Segmented, Select, Slider } from 'antd'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  PRINTER_LANGUAGES,
  type Printer,
  type PrinterList,
  type PrinterPath,
} from '../../../shared/protocol/print-contract.ts'
import { useStation } from '../../app/station-app.ts'
import { Note } from '../../ui/small-parts.tsx'
import {
  FILE_PRINTER,
  HOST_PATTERN,
  IPP_PATTERN,
  PRESET_KEYS,
  type PrinterValues,
  printerOf,
} from './printer-values.ts'
import { usePaperWords } from './paper-words.ts'
import { faultWords } from './use-printers.ts'

interface PrinterFormProps {
  /** Null: a new one. */
  readonly printerId: string | null
  readonly initial: PrinterValues
  readonly others: readonly Printer[]
  readonly onSaved: (list: PrinterList) => void
  readonly onClose: () => void
}

const VIAS: readonly PrinterPath['via'][] = ['tcp', 'cups', 'ipp', 'windows', 'file']

/** Adds a printer or changes one: how it is reached, what it speaks, what paper lies in it. */
export function PrinterForm({
  printerId,
  initial,
  others,
  onSaved,
  onClose,
}: PrinterFormProps): ReactElement {
  const { t } = useTranslation(['printing', 'common'])
  const station = useStation()
  const words = usePaperWords()
  const [form] = Form.useForm<PrinterValues>()
  const [saving, setSaving] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const builtIn = printerId === FILE_PRINTER
  const save = async (values: PrinterValues): Promise<void> => {
    setSaving(true)
    const printer = printerOf(printerId ?? crypto.randomUUID(), { ...initial, ...values })
    try {
      onSaved(await station.host.call('printer.save', { printer }))
      onClose()
    } catch (error) {
      setSaving(false)
      setTrouble(t('printers.notDone', { detail: faultWords(error) }))
    }
  }
  return (
    <Modal
      open
      centered
      width={820}
      styles={{ body: { maxHeight: '72vh', overflowY: 'auto', paddingInlineEnd: 8 } }}
      title={
        printerId === null ? t('form.addTitle') : t('form.editTitle', { name: words.printer(initial.name) })
      }
      okText={t('common:action.save')}
      okButtonProps={{ loading: saving, ...{ 'data-action': 'save-printer' } }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        className="printer-form"
        autoComplete="off"
        initialValues={initial}
        onFinish={(values) => void save(values)}
        onValuesChange={() => setTrouble(null)}
      >
        {trouble !== null && (
          <div className="settings-wide">
            <Note tone="stop">{trouble}</Note>
          </div>
        )}
        <Form.Item
          name="name"
          className="settings-wide"
          hidden={builtIn}
          label={t('form.name')}
          extra={t('form.nameHint')}
          rules={[{ required: true, whitespace: true, message: t('form.wanted') }]}
        >
          <Input maxLength={60} />
        </Form.Item>
        {!builtIn && <ViaFields />}
        <PaperFields others={others.filter((other) => other.printerId !== printerId)} />
      </Form>
    </Modal>
  )
}

function ViaFields(): ReactElement {
  const { t } = useTranslation('printing')
  const via = Form.useWatch<PrinterPath['via'] | undefined>('via') ?? 'tcp'
  const wanted = { required: true, message: t('form.wanted') }
  return (
    <>
      <Form.Item name="via" className="settings-wide" label={t('form.via')} extra={t(`viaHint.${via}`)}>
        <Segmented options={VIAS.map((value) => ({ value, label: t(`via.${value}`) }))} />
      </Form.Item>
      {via === 'windows' && (
        <div className="settings-wide">
          <Note>{t('printers.untried')}</Note>
        </div>
      )}
      {via === 'tcp' && (
        <>
          <Form.Item
            name="host"
            label={t('form.host')}
            extra={t('form.hostHint')}
            rules={[wanted, { pattern: HOST_PATTERN, message: t('form.badHost') }]}
          >
            <Input maxLength={253} spellCheck={false} inputMode="url" />
          </Form.Item>
          <Form.Item name="port" label={t('form.port')} rules={[wanted]}>
            <InputNumber min={1} max={65_535} precision={0} />
          </Form.Item>
        </>
      )}
      {via === 'ipp' && (
        <Form.Item
          name="url"
          className="settings-wide"
          label={t('form.url')}
          extra={t('form.urlHint')}
          rules={[wanted, { pattern: IPP_PATTERN, message: t('form.badUrl') }]}
        >
          <Input maxLength={300} spellCheck={false} inputMode="url" />
        </Form.Item>
      )}
      {(via === 'cups' || via === 'windows') && <QueueField key={via} via={via} />}
    </>
  )
}

/** The system's queues, as far as it tells them; another name may be typed. */
function QueueField({ via }: { via: 'cups' | 'windows' }): ReactElement {
  const { t } = useTranslation('printing')
  const { host } = useStation()
  const [queues, setQueues] = useState<readonly string[]>([])
  useEffect(() => {
    let current = true
    host.call('printer.discover', {}).then(
      ({ found }) => {
        const names = found.flatMap(({ path }) => (path.via === via ? [path.queue] : []))
        if (current) setQueues([...new Set(names)])
      },
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [host, via])
  return (
    <Form.Item
      name="queue"
      className="settings-wide"
      label={t('form.queue')}
      extra={t('form.queueHint')}
      rules={[{ required: true, whitespace: true, message: t('form.wanted') }]}
    >
      <AutoComplete options={queues.map((value) => ({ value }))} maxLength={127} />
    </Form.Item>
  )
}

function PaperFields({ others }: { others: readonly Printer[] }): ReactElement {
  const words = usePaperWords()
  const { t } = useTranslation('printing')
  const language = Form.useWatch<PrinterValues['language'] | undefined>('language') ?? 'zpl'
  const paper = Form.useWatch<string | undefined>('paper')
  const sizeRules = [
    { type: 'number' as const, min: 10, max: 400, required: true, message: t('form.badSize') },
  ]
  const presets = PRESET_KEYS.map((value) => ({
    value,
    label: value === '210x297' ? `${t('form.a4')} · 210 × 297 mm` : `${value.replace('x', ' × ')} mm`,
  }))
  return (
    <>
      <Form.Item name="language" label={t('form.language')} extra={t(`form.languageHint.${language}`)}>
        <Segmented options={PRINTER_LANGUAGES.map((value) => ({ value, label: value.toUpperCase() }))} />
      </Form.Item>
      <Form.Item name="dpi" label={t('form.dpi')} extra={t('form.dpiHint')} hidden={language === 'pdf'}>
        <Segmented options={[203, 300].map((value) => ({ value, label: `${value} dpi` }))} />
      </Form.Item>
      <Form.Item name="paper" label={t('form.paper')} extra={t('form.paperHint')}>
        <Select
          options={[
            { value: 'label', label: t('form.asLabel') },
            ...presets,
            { value: 'custom', label: t('form.custom') },
          ]}
        />
      </Form.Item>
      {paper === 'custom' && (
        <span className="printer-size">
          <Form.Item name="widthMm" label={t('form.widthMm')} rules={sizeRules}>
            <InputNumber />
          </Form.Item>
          <Form.Item name="heightMm" label={t('form.heightMm')} rules={sizeRules}>
            <InputNumber />
          </Form.Item>
        </span>
      )}
      <Form.Item name="gapMm" label={t('form.gapMm')} extra={t('form.gapHint')} hidden={language !== 'tspl'}>
        <InputNumber min={0} max={20} step={0.5} />
      </Form.Item>
      <Form.Item
        name="darkness"
        label={t('form.darkness')}
        extra={t('form.darknessHint')}
        hidden={language === 'pdf'}
      >
        <Darkness />
      </Form.Item>
      <Form.Item name="sparePrinterId" label={t('form.spare')}>
        <Select
          options={[
            { value: '', label: t('form.noSpare') },
            ...others.map(({ printerId, name }) => ({ value: printerId, label: words.printer(name) })),
          ]}
        />
      </Form.Item>
    </>
  )
}

const MIDDLE_DARKNESS = 8

/** Null leaves the printer as it is set; the slider is shown only when it decides. */
function Darkness({ value = null, onChange }: DarknessProps): ReactElement {
  const { t } = useTranslation('printing')
  return (
    <span className="printer-darkness">
      <Segmented
        value={value === null ? 'asSet' : 'here'}
        options={[
          { value: 'asSet', label: t('form.darknessAsSet') },
          { value: 'here', label: t('form.darknessSet') },
        ]}
        onChange={(next) => onChange?.(next === 'asSet' ? null : MIDDLE_DARKNESS)}
      />
      {value !== null && (
        <Slider
          min={0}
          max={15}
          value={value}
          aria-label={t('form.darkness')}
          onChange={(next) => onChange?.(next)}
        />
      )}
    </span>
  )
}

interface DarknessProps {
  readonly value?: number | null
  readonly onChange?: (value: number | null) => void
}
