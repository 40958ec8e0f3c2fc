import type { ReactElement } from 'react'
import { CaseDetails } from './case-details.tsx'
import { CaseList } from './case-list.tsx'

interface CasesPartProps {
  readonly selected: string | null
  readonly onSelect: (id: string | null) => void
}

/** The list, and below it both sides of what was chosen. */
export function CasesPart({ selected, onSelect }: CasesPartProps): ReactElement {
  return (
    <div className="cases-part">
      <CaseList selected={selected} onOpen={onSelect} />
      {selected !== null && <CaseDetails key={selected} id={selected} onClose={() => onSelect(null)} />}
    </div>
  )
}
