import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { DefinitionList } from '../../ui/small-parts.tsx'
import type { Names } from '../office/use-person.ts'

interface SideCardProps {
  /** Counted from 0. */
  readonly index: number
  readonly id: string
  readonly items: readonly { readonly name: string; readonly value: ReactNode }[]
  /** Marks the side that should go. */
  readonly doubtful?: boolean
  readonly children?: ReactNode
}

/** One side of a contradiction; its neighbour stands beside it with the same rows in the same order. */
export function SideCard({ index, id, items, doubtful = false, children }: SideCardProps): ReactElement {
  const { t } = useTranslation('safety')
  return (
    <article className={doubtful ? 'side side-doubtful' : 'side'} data-side={id}>
      <h3>{t('cases.side', { number: String(index + 1) })}</h3>
      <DefinitionList items={items} />
      {children}
    </article>
  )
}

/** A station by its name, and whether it is this one. */
export function useStationWord(names: Names): (stationId: string | null) => string {
  const { t } = useTranslation('safety')
  const own = useStation().description.stationId
  return (stationId) => {
    if (stationId === null) return '—'
    const name = names.station(stationId)
    return stationId === own ? `${name} (${t('cases.thisStation')})` : name
  }
}
