import type { ReactElement } from 'react'
import { countWords } from '../../data/count-up-to.ts'
import { useTranslation } from 'react-i18next'
import { BigNumber, DefinitionList, Panel } from '../../ui/small-parts.tsx'
import type { ReadyQueue } from './use-ready-queue.ts'

/** How many orders are ready, wait for stock, or wait for an answer about their size. */
export function QueuePanel({ queue }: { queue: ReadyQueue }): ReactElement {
  const { t } = useTranslation('floor')
  return (
    <Panel title={t('queue.title')}>
      <BigNumber value={countWords(queue.ready)} unit={t('unit.orders')} />
      <DefinitionList
        wide
        items={[
          { name: t('queue.short'), value: <b>{countWords(queue.short)}</b> },
          { name: t('queue.asking'), value: <b>{countWords(queue.asking)}</b> },
        ]}
      />
    </Panel>
  )
}
