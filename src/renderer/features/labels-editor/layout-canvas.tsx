import { type KeyboardEvent, type PointerEvent, type ReactElement, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LabelLayout, LayoutField } from '../../../shared/labels/label-layout.ts'
import { dragField, keyEdit, sameLayout } from './edit-layout.ts'
import type { FieldName } from './field-names.ts'

/** Room for the label on the screen, in pixels. */
const ROOM = { width: 560, height: 660 }
const MOST_PIXELS_PER_MM = 9

interface LayoutCanvasProps {
  /** The saved state of the edit; a drag shows its own until it ends. */
  readonly layout: LabelLayout
  readonly picture: string | null
  readonly selected: string | null
  readonly faulty: ReadonlySet<string>
  readonly nameOf: (field: FieldName) => string
  readonly onSelect: (field: string) => void
  /** While the hand moves. */
  readonly onDragging: (layout: LabelLayout | null) => void
  readonly onEdit: (layout: LabelLayout) => void
}

interface Drag {
  readonly field: string
  readonly what: 'move' | 'resize'
  readonly fromX: number
  readonly fromY: number
}

/** The label with a box over each of its fields, to be moved by mouse, finger or arrow keys. */
export function LayoutCanvas(props: LayoutCanvasProps): ReactElement {
  const { layout, picture, selected, faulty, nameOf, onSelect, onDragging, onEdit } = props
  const { t } = useTranslation('labels')
  const drag = useRef<Drag | null>(null)
  const [shown, setShown] = useState<LabelLayout | null>(null)
  const now = shown ?? layout
  const pixelsPerMm = Math.min(
    MOST_PIXELS_PER_MM,
    (ROOM.width * 1000) / layout.widthUm,
    (ROOM.height * 1000) / layout.heightUm,
  )
  const pixels = (um: number): number => (um / 1000) * pixelsPerMm
  const dragged = (event: PointerEvent): LabelLayout | null => {
    if (drag.current === null) return null
    const { field, what, fromX, fromY } = drag.current
    const um = (distance: number): number => (distance / pixelsPerMm) * 1000
    return dragField(layout, {
      field,
      what,
      dxUm: um(event.clientX - fromX),
      dyUm: um(event.clientY - fromY),
    })
  }
  const show = (next: LabelLayout | null): void => {
    setShown(next)
    onDragging(next)
  }
  const begin = (event: PointerEvent<HTMLElement>, field: string, what: Drag['what']): void => {
    if (event.button !== 0) return
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { field, what, fromX: event.clientX, fromY: event.clientY }
    onSelect(field)
  }
  const move = (event: PointerEvent): void => {
    const next = dragged(event)
    if (next !== null && !sameLayout(next, now)) show(next)
  }
  const end = (event: PointerEvent): void => {
    const next = event.type === 'pointercancel' ? null : dragged(event)
    drag.current = null
    show(null)
    if (next !== null) onEdit(next)
  }
  const press = (event: KeyboardEvent, field: string): void => {
    const next = keyEdit(layout, field, event)
    if (next === null) return
    event.preventDefault()
    event.stopPropagation()
    onEdit(next)
  }
  const boxes = now.fields.filter((place) => place.shown).sort(byAreaDown)
  const hand = { onPointerMove: move, onPointerUp: end, onPointerCancel: end }
  return (
    <div
      className="layout-canvas"
      style={{ width: pixels(now.widthUm), height: pixels(now.heightUm) }}
      data-pixels-per-mm={pixelsPerMm.toFixed(3)}
    >
      {picture !== null && <img src={picture} alt={t('preview.alt')} draggable={false} />}
      {boxes.map((place) => (
        <button
          key={place.field}
          type="button"
          className={boxClass(place.field === selected, faulty.has(place.field))}
          style={{
            left: pixels(place.xUm),
            top: pixels(place.yUm),
            width: pixels(place.widthUm),
            height: pixels(place.heightUm),
          }}
          aria-label={nameOf(place.field as FieldName)}
          aria-pressed={place.field === selected}
          title={nameOf(place.field as FieldName)}
          data-field={place.field}
          onPointerDown={(event) => begin(event, place.field, 'move')}
          {...hand}
          onFocus={() => onSelect(place.field)}
          onKeyDown={(event) => press(event, place.field)}
        >
          {place.field === selected && (
            <span
              className="layout-grip"
              data-grip=""
              onPointerDown={(event) => begin(event, place.field, 'resize')}
              {...hand}
            />
          )}
        </button>
      ))}
    </div>
  )
}

/** Small boxes lie above large ones, so that each can be reached. */
const byAreaDown = (a: LayoutField, b: LayoutField): number => b.widthUm * b.heightUm - a.widthUm * a.heightUm

const boxClass = (isSelected: boolean, isFaulty: boolean): string =>
  ['layout-box', isSelected ? 'layout-box-selected' : '', isFaulty ? 'layout-box-faulty' : '']
    .filter(Boolean)
    .join(' ')
