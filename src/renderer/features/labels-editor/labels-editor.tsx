import { App, Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BUILT_IN_LAYOUTS } from '../../../shared/labels/built-in-layouts.ts'
import { checkLayout } from '../../../shared/labels/check-layout.ts'
import { type LabelLayout, layoutSetting } from '../../../shared/labels/label-layout.ts'
import { useStation } from '../../app/station-app.ts'
import { hashOfRoute } from '../../app/use-route.ts'
import { OfficeLayout } from '../../ui/layouts.tsx'
import { Note, Panel, Tag } from '../../ui/small-parts.tsx'
import { useIsManager } from '../office/use-person.ts'
import { fieldOf, redone, sameLayout, setCopies, setPaper, undone } from './edit-layout.ts'
import { FieldForm, PaperForm } from './field-form.tsx'
import type { FieldName, LayoutName } from './field-names.ts'
import { FieldList, LayoutFaults } from './field-list.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { LayoutCanvas } from './layout-canvas.tsx'
import { PreviewNote, usePreviewPicture } from './layout-preview.tsx'
import { LayoutUse } from './layout-use.tsx'
import { previewDocument } from './preview-document.ts'
import { type LayoutWork, useLayoutWork } from './use-layout.ts'
import './labels-editor.css'

const REFUSALS = ['roleWanted', 'layoutFaulty'] as const

/** The editor of one label layout (LBL-1), at `#/settings/labels/<layout>`. */
export function LabelsEditor({ layoutId }: { layoutId: string }): ReactElement {
  const { t } = useTranslation('labels')
  const layout = useLayoutWork(layoutId)
  return (
    <OfficeLayout
      title={t('title')}
      tools={
        <a href={hashOfRoute('settings', ['labels'])} data-action="leave-editor">
          {t('back')}
        </a>
      }
    >
      <nav className="layout-tabs" aria-label={t('title')}>
        {BUILT_IN_LAYOUTS.map((one) => (
          <a
            key={one.layoutId}
            href={hashOfRoute('settings', ['labels', one.layoutId])}
            aria-current={one.layoutId === layoutId ? 'page' : undefined}
            data-layout={one.layoutId}
          >
            {t(`layoutName.${one.layoutId as LayoutName}`)}
          </a>
        ))}
      </nav>
      {layout && <Editor key={layoutId} layoutId={layoutId} layout={layout} />}
    </OfficeLayout>
  )
}

function Editor({ layoutId, layout }: { layoutId: string; layout: LayoutWork }): ReactElement {
  const { t } = useTranslation(['labels', 'data'])
  const { database } = useStation()
  const { work, edit } = layout
  const [selected, setSelected] = useState<string | null>(null)
  const [dragging, setDragging] = useState<LabelLayout | null>(null)
  const now = dragging ?? work.now
  const faults = useMemo(() => checkLayout(now), [now])
  const faulty = useMemo(() => new Set(faults.map(({ field }) => field)), [faults])
  const nameOf = (field: FieldName): string => t(`field.${field}`)
  const preview = useLiveQuery(
    () => previewDocument(database, layoutId, (kind) => t(`data:binKind.${kind}`)),
    [database, layoutId, t],
  )
  const picture = usePreviewPicture(preview?.document ?? null, now)
  const place = selected === null ? undefined : fieldOf(now, selected)
  useUndoKeys(layout)
  return (
    <div className="layout-editor" data-editing={layoutId} data-faults={faults.length}>
      <div className="layout-stage">
        <Actions layout={layout} faults={faults.length} />
        {preview && <PreviewNote real={preview.real} picture={picture} />}
        <LayoutCanvas
          layout={work.now}
          picture={picture.source}
          selected={selected}
          faulty={faulty}
          nameOf={nameOf}
          onSelect={setSelected}
          onDragging={setDragging}
          onEdit={edit}
        />
        <p className="layout-note">{t('keys')}</p>
      </div>
      <div className="layout-side">
        <LayoutFaults faults={faults} nameOf={nameOf} onSelect={setSelected} />
        <Panel title={t('fields')}>
          <FieldList
            layout={now}
            selected={selected}
            faulty={faulty}
            nameOf={nameOf}
            onSelect={setSelected}
          />
          {place ? (
            <>
              <h3>{nameOf(place.field as FieldName)}</h3>
              <FieldForm layout={work.now} place={place} onEdit={edit} />
            </>
          ) : (
            <p className="layout-note">{t('pick')}</p>
          )}
        </Panel>
        <Panel title={t('paper.title')}>
          <PaperForm
            layout={work.now}
            onPaper={(paper) => edit(setPaper(work.now, paper))}
            onCopies={(copies) => edit(setCopies(work.now, copies))}
          />
        </Panel>
        <LayoutUse layout={layout.builtIn} />
        <HistoryPanel layout={layout} onTake={edit} />
      </div>
    </div>
  )
}

/** Ctrl+Z and Ctrl+Y, unless somebody is typing. */
function useUndoKeys({ undo, redo }: LayoutWork): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return
      const key = event.key.toLowerCase()
      const back = key === 'z' && !event.shiftKey
      const again = key === 'y' || (key === 'z' && event.shiftKey)
      if (!back && !again) return
      event.preventDefault()
      if (back) undo()
      else redo()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [undo, redo])
}

/** State of the layout, and what can be done with all of it. */
function Actions({ layout, faults }: { layout: LayoutWork; faults: number }): ReactElement {
  const { t } = useTranslation('labels')
  const manager = useIsManager()
  const { save, reset } = useSaving(layout)
  const { work, stored, builtIn, changed } = layout
  const version = String(stored.version)
  return (
    <div className="layout-actions">
      <Tag tone={changed ? 'warn' : 'plain'}>
        {changed ? t('state.draft') : stored === builtIn ? t('state.builtIn') : t('state.saved', { version })}
      </Tag>
      <span className="push" />
      <Button data-action="undo" disabled={undone(work) === work} onClick={layout.undo}>
        {t('action.undo')}
      </Button>
      <Button data-action="redo" disabled={redone(work) === work} onClick={layout.redo}>
        {t('action.redo')}
      </Button>
      {changed && (
        <Button data-action="discard-layout" onClick={layout.discard}>
          {t('action.discard')}
        </Button>
      )}
      <Button
        data-action="reset-layout"
        disabled={!manager || (stored === builtIn && !changed)}
        onClick={reset}
      >
        {t('action.reset')}
      </Button>
      <Button
        type="primary"
        data-action="save-layout"
        disabled={!manager || !changed || faults > 0}
        onClick={() => void save()}
      >
        {t('action.save')}
      </Button>
      {!manager && <Note tone="plain">{t('managerWanted')}</Note>}
    </div>
  )
}

interface Saving {
  readonly save: () => Promise<void>
  readonly reset: () => void
}

function useSaving(layout: LayoutWork): Saving {
  const { t } = useTranslation('labels')
  const { message, modal } = App.useApp()
  const { run } = useStation()
  const { work, builtIn } = layout
  const name = layoutSetting(builtIn.layoutId)
  const write = async (value: LabelLayout | null, done: string): Promise<void> => {
    const tag = await run({ type: 'SaveSettings', settings: { [name]: value } }).then(
      ({ answer }) => answer.tag,
      (error: unknown) => String(error),
    )
    if (tag === 'done') {
      layout.discard()
      void message.success(done)
      return
    }
    const known = REFUSALS.find((one) => one === tag)
    void message.error(known ? t(`notSaved.${known}`) : t('notSaved.other', { detail: tag }))
  }
  const version = layout.nextVersion
  const save = (): Promise<void> => {
    // Back to what came with the program: nothing to keep a copy of.
    if (sameLayout(work.now, builtIn)) return write(null, t('resetDone'))
    return write({ ...work.now, version }, t('saved', { version: String(version) }))
  }
  const reset = (): void =>
    void modal.confirm({
      title: t('resetAsk.title'),
      content: t('resetAsk.words'),
      okText: t('resetAsk.go'),
      okButtonProps: { 'data-action': 'confirm-reset-layout' },
      onOk: () => write(null, t('resetDone')),
    })
  return { save, reset }
}
