import { Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { searchSkus } from '../catalogue/catalogue-reader.ts'
import { searchBins } from '../stock/stock-readers.ts'
import { type BatchChoice, BatchDialog } from './batch-dialog.tsx'
import {
  allBinsSource,
  binSource,
  catalogueSource,
  countReady,
  pickSlipSource,
  skuSource,
} from './batch-labels.ts'

/** `#/catalogue`: labels of the chosen SKU, of those found, or of all. */
export function SkuBatchButton({
  search,
  selected,
}: {
  search: string
  selected: string | null
}): ReactElement {
  const { database } = useStation()
  const load = async (): Promise<BatchChoice[]> => {
    const searching = search.trim() !== ''
    const [one, found, count] = await Promise.all([
      selected === null ? undefined : database.skus.get(selected),
      searching ? searchSkus(database, search) : [],
      database.skus.count(),
    ])
    return [
      ...(one ? [{ key: 'selected' as const, source: skuSource([one]) }] : []),
      ...(searching ? [{ key: 'shown' as const, source: skuSource(found) }] : []),
      { key: 'all', source: catalogueSource(count) },
    ]
  }
  return <BatchButton words="start" copies load={load} />
}

/** `#/stock`: labels of the bins found, or of all. */
export function BinBatchButton({ search }: { search: string }): ReactElement {
  const { database } = useStation()
  const { t } = useTranslation('office')
  const load = async (): Promise<BatchChoice[]> => {
    const searching = search.trim() !== ''
    const [found, count] = await Promise.all([
      searching ? searchBins(database, search) : [],
      database.bins.count(),
    ])
    const kindName = (kind: Parameters<Parameters<typeof allBinsSource>[1]>[0]) => t(`binKind.${kind}`)
    const shown = binSource(
      found.map(({ bin }) => bin),
      kindName,
    )
    return [
      ...(searching ? [{ key: 'shown' as const, source: shown }] : []),
      { key: 'all', source: allBinsSource(count, kindName) },
    ]
  }
  return <BatchButton words="start" copies load={load} />
}

/** `#/orders`: pick slips of all ready orders, in the order in which they are picked. */
export function PickSlipBatchButton(): ReactElement {
  const { database } = useStation()
  const ready = useLiveQuery(() => countReady(database), [database], 0)
  const load = async (): Promise<BatchChoice[]> => [
    { key: 'all', source: pickSlipSource(await countReady(database)) },
  ]
  return <BatchButton words="startSlips" copies={false} load={load} disabled={ready === 0} />
}

interface BatchButtonProps {
  readonly words: 'start' | 'startSlips'
  readonly copies: boolean
  readonly load: () => Promise<BatchChoice[]>
  readonly disabled?: boolean
}

function BatchButton({ words, copies, load, disabled = false }: BatchButtonProps): ReactElement {
  const { t } = useTranslation('printing')
  const [choices, setChoices] = useState<readonly BatchChoice[] | null>(null)
  const [busy, setBusy] = useState(false)
  const open = async (): Promise<void> => {
    setBusy(true)
    setChoices(await load().finally(() => setBusy(false)))
  }
  return (
    <>
      <Button data-action="print-batch" loading={busy} disabled={disabled} onClick={() => void open()}>
        {t(`batch.${words}`)}
      </Button>
      {choices !== null && <BatchDialog choices={choices} copies={copies} onClose={() => setChoices(null)} />}
    </>
  )
}
