/** An element whose text a key press changes. A native select counts: letters move its choice. */
export type TextField = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLElement

/** A field's content at one moment, enough to put it back. */
export interface FieldSnapshot {
  readonly field: TextField
  readonly value: string
  readonly selectionStart: number | null
  readonly selectionEnd: number | null
}

const inputsWithoutText = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'hidden',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
])

/** The editable element that receives keys sent to `target`, or null (buttons, read-only and disabled fields). */
export function editableField(target: EventTarget | null): TextField | null {
  if (target instanceof HTMLInputElement) {
    const writes = !inputsWithoutText.has(target.type) && !target.readOnly && !target.disabled
    return writes ? target : null
  }
  if (target instanceof HTMLTextAreaElement) return target.readOnly || target.disabled ? null : target
  if (target instanceof HTMLSelectElement) return target
  if (target instanceof HTMLElement && target.isContentEditable) return target
  return null
}

const hasSelection = (field: TextField): field is HTMLInputElement | HTMLTextAreaElement =>
  field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement

/** Reads a field's text and selection; the selection is null where the kind of field has none (number, date). */
export function readField(field: TextField): FieldSnapshot {
  if (hasSelection(field)) {
    return {
      field,
      value: field.value,
      selectionStart: field.selectionStart,
      selectionEnd: field.selectionEnd,
    }
  }
  const value = field instanceof HTMLSelectElement ? field.value : (field.textContent ?? '')
  return { field, value, selectionStart: null, selectionEnd: null }
}

/** Writes past React's own value tracking, so that the change that follows is seen as a change. */
function writeValue(field: TextField, value: string): void {
  if (!('value' in field)) {
    field.textContent = value
    return
  }
  const prototype: unknown = Object.getPrototypeOf(field)
  const setter = Object.getOwnPropertyDescriptor(prototype, 'value')?.set
  if (setter === undefined) field.value = value
  else setter.call(field, value)
}

/** Puts a field back, selection included, and tells the page by an `input` event (and `change` for a select). */
export function restoreField(snapshot: FieldSnapshot): void {
  const { field, value, selectionStart, selectionEnd } = snapshot
  if (readField(field).value !== value) {
    writeValue(field, value)
    field.dispatchEvent(new Event('input', { bubbles: true }))
    if (field instanceof HTMLSelectElement) field.dispatchEvent(new Event('change', { bubbles: true }))
  }
  if (hasSelection(field) && selectionStart !== null) field.setSelectionRange(selectionStart, selectionEnd)
}

/** The same field with `text` put over its selection, and the caret behind it. */
export function withInsertedText(snapshot: FieldSnapshot, text: string): FieldSnapshot {
  const start = snapshot.selectionStart ?? snapshot.value.length
  const end = snapshot.selectionEnd ?? start
  const value = snapshot.value.slice(0, start) + text + snapshot.value.slice(end)
  const caret = snapshot.selectionStart === null ? null : start + text.length
  return { field: snapshot.field, value, selectionStart: caret, selectionEnd: caret }
}
