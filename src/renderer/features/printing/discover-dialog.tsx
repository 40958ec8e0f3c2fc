import { Button, Modal, Spin } from 'antd'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FoundPrinter, Printer } from '../../../shared/protocol/print-contract.ts'
import { useStation } from '../../app/station-app.ts'
import { Note, Tag } from '../../ui/small-parts.tsx'
import { pathText } from './printer-values.ts'
import { faultWords } from './use-printers.ts'

interface DiscoverDialogProps {
  readonly known: readonly Printer[]
  readonly onUse: (found: FoundPrinter) => void
  readonly onClose: () => void
}

type Search =
  | { readonly tag: 'looking' }
  | { readonly tag: 'found'; readonly found: readonly FoundPrinter[] }
  | { readonly tag: 'failed'; readonly detail: string }

/** What the operating system knows and what answers nearby; looking takes seconds. */
export function DiscoverDialog({ known, onUse, onClose }: DiscoverDialogProps): ReactElement {
  const { t } = useTranslation(['printing', 'common'])
  const { host } = useStation()
  const [search, setSearch] = useState<Search>({ tag: 'looking' })
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round looks again
  useEffect(() => {
    let current = true
    setSearch({ tag: 'looking' })
    host.call('printer.discover', {}).then(
      ({ found }) => current && setSearch({ tag: 'found', found }),
      (error: unknown) => current && setSearch({ tag: 'failed', detail: faultWords(error) }),
    )
    return () => {
      current = false
    }
  }, [host, round])
  return (
    <Modal
      open
      centered
      width={720}
      title={t('discover.title')}
      onCancel={onClose}
      footer={
        <>
          <Button
            data-action="discover-again"
            disabled={search.tag === 'looking'}
            onClick={() => setRound(round + 1)}
          >
            {t('discover.again')}
          </Button>
          <Button onClick={onClose}>{t('common:action.close')}</Button>
        </>
      }
    >
      {search.tag === 'looking' && (
        <div className="discover-looking">
          <Spin /> {t('discover.looking')}
        </div>
      )}
      {search.tag === 'failed' && <Note tone="stop">{t('printers.notDone', { detail: search.detail })}</Note>}
      {search.tag === 'found' && search.found.length === 0 && (
        <div className="discover-none">
          <b>{t('discover.none')}</b>
          <p>{t('discover.noneWords')}</p>
        </div>
      )}
      {search.tag === 'found' && (
        <ul className="discover-list" data-found={search.found.length}>
          {search.found.map((found) => (
            <Found
              key={`${found.path.via} ${pathText(found.path)}`}
              found={found}
              known={known}
              onUse={onUse}
            />
          ))}
        </ul>
      )}
    </Modal>
  )
}

function Found({
  found,
  known,
  onUse,
}: Omit<DiscoverDialogProps, 'onClose'> & { found: FoundPrinter }): ReactElement {
  const { t } = useTranslation('printing')
  const added = known.some(
    ({ path }) => path.via === found.path.via && pathText(path) === pathText(found.path),
  )
  return (
    <li data-found-printer={pathText(found.path)}>
      <span>
        <b>{found.name}</b>
        <small>
          {t(`via.${found.path.via}`)} · {found.language.toUpperCase()} · {pathText(found.path)}
        </small>
        {found.detail !== '' && <small>{found.detail}</small>}
      </span>
      {found.isDefault && <Tag>{t('discover.isDefault')}</Tag>}
      {found.path.via === 'windows' && <Tag tone="warn">{t('printers.untried')}</Tag>}
      {added ? (
        <Tag tone="ok">{t('discover.known')}</Tag>
      ) : (
        <Button type="primary" data-action="use-found" onClick={() => onUse(found)}>
          {t('discover.use')}
        </Button>
      )}
    </li>
  )
}
