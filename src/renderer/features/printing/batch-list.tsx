import type { ReactElement } from 'react'
import { BatchCard } from './batch-card.tsx'
import { useBatches } from './batch-figures.ts'

/** Batches that run or stand, and the last ones that are through; nothing while there never was one. */
export function BatchList(): ReactElement | null {
  const batches = useBatches()
  if (batches.length === 0) return null
  return (
    <div className="batch-list">
      {batches.map((figures) => (
        <BatchCard key={figures.batch.batchId} figures={figures} />
      ))}
    </div>
  )
}
