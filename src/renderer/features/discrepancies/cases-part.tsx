import type { ReactElement } from 'react'
import { CaseDetails } from './case-details.tsx'
import { CaseList } from './case-list.tsx'

interface CasesPartProps {
  readonly selected: string | null
  readonly onSelect: (id: string | null) => void
}

/** The list, or both sides of what was chosen: they need the room, and lead back to the list. */
export function CasesPart({ selected, onSelect }: CasesPartProps): ReactElement {
  return (
    <div className="cases-part">
      {selected === null ? (
        <CaseList onOpen={onSelect} />
      ) : (
        <CaseDetails key={selected} id={selected} onClose={() => onSelect(null)} />
      )}
    </div>
  )
}
