import { Button, Checkbox, InputNumber, Segmented, Space } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldSpec } from '../../../shared/labels/label-fields.ts'
import type { LabelLayout, LayoutField } from '../../../shared/labels/label-layout.ts'
import { setField } from './edit-layout.ts'

interface FieldFormProps {
  readonly layout: LabelLayout
  readonly place: LayoutField
  readonly onEdit: (next: LabelLayout) => void
}

type Measure = 'xUm' | 'yUm' | 'widthUm' | 'heightUm' | 'sizeUm' | 'minSizeUm'
const BOX = { xUm: 'x', yUm: 'y', widthUm: 'width', heightUm: 'height' } as const
const TEXT = { sizeUm: 'size', minSizeUm: 'minSize' } as const

/** One field in figures: where it is, how large its text, whether it is there at all. */
export function FieldForm({ layout, place, onEdit }: FieldFormProps): ReactElement {
  const { t } = useTranslation('labels')
  const spec = fieldSpec(layout.kind, place.field)
  const isText = spec?.type === 'text' || spec?.type === 'block'
  const set = (patch: Partial<Omit<LayoutField, 'field'>>): void =>
    onEdit(setField(layout, place.field, patch))
  const measure = (name: Measure, label: string, least: number, most: number): ReactElement => (
    <div key={name} className="field-measure">
      <span>{label}</span>
      <InputNumber
        aria-label={label}
        value={place[name] / 1000}
        min={least}
        max={most}
        step={0.5}
        precision={2}
        suffix={t('form.mm')}
        data-measure={name}
        onChange={(value) => value !== null && set({ [name]: Math.round(value * 1000) })}
      />
    </div>
  )
  return (
    <div className="field-form" data-selected-field={place.field}>
      <Checkbox
        checked={place.shown}
        disabled={place.shown && spec?.hideable === false}
        data-field-shown=""
        onChange={(event) => set({ shown: event.target.checked })}
      >
        {t(spec?.hideable === false ? 'form.mustShow' : 'form.shown')}
      </Checkbox>
      <div className="field-measures">
        {(Object.keys(BOX) as (keyof typeof BOX)[]).map((name) =>
          measure(name, t(`form.${BOX[name]}`), 0, 400),
        )}
        {isText &&
          (Object.keys(TEXT) as (keyof typeof TEXT)[]).map((name) =>
            measure(name, t(`form.${TEXT[name]}`), 1, 60),
          )}
      </div>
      {isText && (
        <>
          <Space wrap>
            <Checkbox checked={place.bold} onChange={(event) => set({ bold: event.target.checked })}>
              {t('form.bold')}
            </Checkbox>
            <Checkbox checked={place.wrap} onChange={(event) => set({ wrap: event.target.checked })}>
              {t('form.wrap')}
            </Checkbox>
          </Space>
          <div className="field-aligns">
            <Segmented
              aria-label={t('form.align')}
              value={place.align}
              options={(['left', 'center', 'right'] as const).map((value) => ({
                value,
                label: t(`form.alignment.${value}`),
              }))}
              onChange={(align) => set({ align })}
            />
            <Segmented
              aria-label={t('form.vertical')}
              value={place.vertical}
              options={(['top', 'middle', 'bottom'] as const).map((value) => ({
                value,
                label: t(`form.alignment.${value}`),
              }))}
              onChange={(vertical) => set({ vertical })}
            />
          </div>
        </>
      )}
    </div>
  )
}

interface PaperFormProps {
  readonly layout: LabelLayout
  readonly onPaper: (paper: Partial<Pick<LabelLayout, 'widthUm' | 'heightUm'>>) => void
  readonly onCopies: (copies: number) => void
}

/** Size of the paper, and how many labels come out each time. */
export function PaperForm({ layout, onPaper, onCopies }: PaperFormProps): ReactElement {
  const { t } = useTranslation('labels')
  const side = (name: 'widthUm' | 'heightUm', label: string): ReactElement => (
    <div className="field-measure">
      <span>{label}</span>
      <InputNumber
        aria-label={label}
        value={layout[name] / 1000}
        min={15}
        max={400}
        step={1}
        precision={1}
        suffix={t('form.mm')}
        changeOnBlur
        data-paper-side={name}
        onChange={(value) => value !== null && onPaper({ [name]: Math.round(value * 1000) })}
      />
    </div>
  )
  return (
    <div className="field-measures">
      {side('widthUm', t('paper.width'))}
      {side('heightUm', t('paper.height'))}
      <div className="field-measure">
        <span>{t('paper.copies')}</span>
        <span className="copies">
          <Button aria-label="−" disabled={layout.copies <= 1} onClick={() => onCopies(layout.copies - 1)}>
            −
          </Button>
          <b data-copies={layout.copies}>{layout.copies}</b>
          <Button aria-label="+" disabled={layout.copies >= 9} onClick={() => onCopies(layout.copies + 1)}>
            +
          </Button>
        </span>
      </div>
    </div>
  )
}
