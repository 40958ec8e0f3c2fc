import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { MOST_BINS } from '../../../shared/formats/bin-pattern.ts'
import { hashOfRoute } from '../../app/use-route.ts'
import { DefinitionList, Panel } from '../../ui/small-parts.tsx'
import { MOST_FILE_BYTES, MOST_REFUSALS_KEPT } from '../imports/import-protocol.ts'
import { useDescription } from '../sync/sync-screen.tsx'

/** Where the files are, how the keys are kept, and what imports can take. */
export function StationFacts(): ReactElement {
  const { t, i18n } = useTranslation('data')
  const facts = useDescription()
  const figures = new Intl.NumberFormat(i18n.language)
  return (
    <Panel
      title={t('settings.section.facts')}
      extra={
        <a className="link-button" href={hashOfRoute('sync')}>
          {t('facts.more')}
        </a>
      }
    >
      <DefinitionList
        items={[
          { name: t('facts.directory'), value: facts.dataDirectory },
          {
            name: t('facts.journal'),
            value: t('facts.journalValue', {
              last: String(facts.journal.lastSeq),
              total: String(facts.journal.totalEntries),
            }),
          },
          { name: t('facts.keys'), value: t(facts.keysSealed ? 'facts.sealed' : 'facts.notSealed') },
          {
            name: t('facts.limits'),
            value: t('facts.limitsValue', {
              size: figures.format(MOST_FILE_BYTES / 1_048_576),
              refused: figures.format(MOST_REFUSALS_KEPT),
              bins: figures.format(MOST_BINS),
            }),
          },
        ]}
      />
    </Panel>
  )
}
