import { Button } from 'antd'
import { type DragEvent, type ReactElement, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon.tsx'

/** What a file on a screen may be (interface.md, Files). */
export type ImportKind = 'orders' | 'catalogue' | 'bins' | 'notice' | 'waybills' | 'bill' | 'stock-feed'

/** A drop zone and button around the file input of an area; the input is hidden from sight only. */
export function FileDrop({
  kind,
  accept,
  multiple = true,
  hint,
  disabled = false,
  onFiles,
}: FileDropProps): ReactElement {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (list: FileList | null): void => {
    const files = [...(list ?? [])]
    if (files.length > 0 && !disabled) onFiles(multiple ? files : files.slice(0, 1))
  }
  const drag = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(inside && !disabled)
  }
  const drop = (event: DragEvent): void => {
    drag(false)(event)
    take(event.dataTransfer.files)
  }
  return (
    <section
      className={over ? 'file-drop file-drop-over' : 'file-drop'}
      aria-label={t('drop.here')}
      onDragEnter={drag(true)}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={drop}
    >
      <Icon name="file" size={40} stroke={1.4} />
      <div className="file-drop-words">
        <b>{over ? t('drop.release') : t('drop.here')}</b>
        {hint !== undefined && <span>{hint}</span>}
      </div>
      <Button size="large" disabled={disabled} onClick={() => input.current?.click()}>
        {t(multiple ? 'action.chooseFiles' : 'action.chooseFile')}
      </Button>
      <input
        ref={input}
        className="sight-hidden"
        type="file"
        tabIndex={-1}
        data-import={kind}
        aria-label={t('action.chooseFile')}
        accept={accept}
        multiple={multiple}
        disabled={disabled}
        onChange={(event) => {
          take(event.currentTarget.files)
          // The same file may be chosen again after it was mended.
          event.currentTarget.value = ''
        }}
      />
    </section>
  )
}

interface FileDropProps {
  readonly kind: ImportKind
  readonly accept?: string
  readonly multiple?: boolean
  readonly hint?: ReactNode
  readonly disabled?: boolean
  readonly onFiles: (files: File[]) => void
}
