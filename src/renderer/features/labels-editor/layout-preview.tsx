import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { renderLabelSvg } from '../../../shared/labels/backends/svg.ts'
import type { LayoutDocument } from '../../../shared/labels/label-document.ts'
import type { LabelLayout } from '../../../shared/labels/label-layout.ts'
import { useStation } from '../../app/station-app.ts'

/** A drag asks for a picture at every half millimetre; the host is asked when the hand rests for so long. */
const REST_MS = 120
const AGAIN_MS = 3000

export interface PreviewPicture {
  /** Address of the picture; the last good one while a new one is made. */
  readonly source: string | null
  readonly missingGlyphs: readonly string[]
  readonly failed: boolean
}

const NOTHING: PreviewPicture = { source: null, missingGlyphs: [], failed: false }

/** The label as it would be printed under this layout, saved or not. */
export function usePreviewPicture(document: LayoutDocument | null, layout: LabelLayout): PreviewPicture {
  const { host } = useStation()
  const [picture, setPicture] = useState(NOTHING)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (document === null) return
    let current = true
    let again: ReturnType<typeof setTimeout> | undefined
    const ask = async (): Promise<void> => {
      try {
        const [model] = await host.call('label.layout', { document, layout })
        if (!current || !model) return
        const source = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(renderLabelSvg(model))}`
        setPicture({ source, missingGlyphs: model.missingGlyphs, failed: false })
      } catch {
        if (!current) return
        setPicture((last) => ({ ...last, failed: true }))
        again = setTimeout(() => setTries(tries + 1), AGAIN_MS)
      }
    }
    const rest = setTimeout(() => void ask(), REST_MS)
    return () => {
      current = false
      clearTimeout(rest)
      clearTimeout(again)
    }
  }, [host, document, layout, tries])
  return picture
}

/** What is to be known of the preview: real or an example, and what the font lacks. */
export function PreviewNote({ real, picture }: { real: boolean; picture: PreviewPicture }): ReactElement {
  const { t } = useTranslation('labels')
  return (
    <p className="layout-note" role="status">
      {t(real ? 'preview.real' : 'preview.sample')}
      {picture.missingGlyphs.length > 0 && (
        <b>{t('preview.missing', { glyphs: picture.missingGlyphs.join(' ') })}</b>
      )}
      {picture.failed && <b>{t('preview.none')}</b>}
    </p>
  )
}
