import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { renderLabelSvg } from '../../../shared/labels/backends/svg.ts'
import type { LabelDocument } from '../../../shared/labels/label-document.ts'
import { chosenLayout } from '../../../shared/station/print-layout.ts'
import { useStation } from '../../app/station-app.ts'

type Preview = { readonly key: string; readonly pages: readonly string[] | null }

/** The pages of a document exactly as they are printed, as pictures: markup in them could do nothing (SEC-3). */
export function LabelPreview({ document, alt }: { document: LabelDocument; alt: string }): ReactElement {
  const { host, store } = useStation()
  const { t } = useTranslation('office')
  const [preview, setPreview] = useState<Preview | null>(null)
  const key = JSON.stringify(document)
  useEffect(() => {
    let current = true
    const show = (pages: Preview['pages']): void => {
      if (current) setPreview({ key, pages })
    }
    const wanted = JSON.parse(key) as LabelDocument
    const layout = store.read(['settings'], (tx) => chosenLayout(tx, wanted))
    const pages = layout.then((chosen) => host.call('label.layout', { document: wanted, layout: chosen }))
    pages.then(
      (models) => show(models.map((model) => svgAddress(renderLabelSvg(model)))),
      () => show(null),
    )
    return () => {
      current = false
    }
  }, [host, store, key])
  if (preview?.key !== key) return <div className="label-preview" aria-busy="true" style={{ height: 120 }} />
  if (preview.pages === null) return <p>{t('label.noPreview')}</p>
  return (
    <>
      {preview.pages.map((page) => (
        <img key={page} className="label-preview" src={page} alt={alt} />
      ))}
    </>
  )
}

const svgAddress = (svg: string): string => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
