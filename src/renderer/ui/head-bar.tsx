import { countWords } from '../data/count-up-to.ts'
import { type ReactElement, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon.tsx'

/** How the station stands to the hub (interface.md, Sync state). */
export type SyncState = 'offline' | 'pushing' | 'pulling' | 'current' | 'error'

/** What the head bar shows. */
export interface HeadBarProps {
  readonly shopName: string
  readonly stationName: string
  /** Who is signed in; null when nobody is. */
  readonly personName: string | null
  readonly onPerson?: () => void
  /** `alone`: there is no hub, and nobody waits for what stands in the outbox. */
  readonly sync: { readonly state: SyncState; readonly waiting: number; readonly alone?: boolean }
  readonly onSync?: () => void
  /** Events not yet in the journal file; 0 shows nothing. */
  readonly journalLag: number
  readonly onLanguage: () => void
  readonly dark: boolean
  readonly onDark: () => void
  /** The shop's time zone, e.g. `Asia/Shanghai`. */
  readonly timeZone?: string
  /** Chips of the screen (cut-off, orders left). */
  readonly children?: ReactNode
}

/** The bar on top: who, where, how in step, what time. */
export function HeadBar(props: HeadBarProps): ReactElement {
  const { shopName, stationName, personName, onPerson, sync, onSync, journalLag, dark } = props
  const { t } = useTranslation('shell')
  return (
    <header className="head-bar">
      <b className="brand">Packbench</b>
      <span className="chip chip-station">{t('station', { shop: shopName, station: stationName })}</span>
      <button
        type="button"
        className={personName === null ? 'chip chip-warn' : 'chip'}
        data-person={personName ?? ''}
        onClick={onPerson}
      >
        <Icon name="person" size={16} />
        <span>{personName ?? t('noPerson')}</span>
      </button>
      <span className="push" />
      {props.children}
      {journalLag > 0 && (
        <span className="chip chip-warn" data-journal-lag={journalLag}>
          {t('journalLag', { count: journalLag })}
        </span>
      )}
      <SyncChip {...sync} onSync={onSync} />
      <button
        type="button"
        className="head-button"
        data-action="language"
        aria-label={t('language')}
        onClick={props.onLanguage}
      >
        {t('otherLanguage')}
      </button>
      <button
        type="button"
        className="head-button"
        data-action="dark"
        aria-label={t(dark ? 'light' : 'dark')}
        aria-pressed={dark}
        onClick={props.onDark}
      >
        <Icon name={dark ? 'sun' : 'moon'} size={19} />
      </button>
      <Clock timeZone={props.timeZone} />
    </header>
  )
}

const syncTone: Readonly<Record<SyncState, string>> = {
  offline: 'chip chip-warn',
  pushing: 'chip',
  pulling: 'chip',
  current: 'chip chip-ok',
  error: 'chip chip-stop',
}

type SyncChipProps = HeadBarProps['sync'] & { readonly onSync: (() => void) | undefined }

/** The words stand in the chip itself, so that nothing hangs on its colour. */
function SyncChip({ state, waiting, alone = false, onSync }: SyncChipProps): ReactElement {
  const { t } = useTranslation('shell')
  const words = alone
    ? t('sync.alone')
    : waiting > 0
      ? `${t(`sync.${state}`)} · ${t('sync.waiting', { events: countWords(waiting) })}`
      : t(`sync.${state}`)
  return (
    <button
      type="button"
      className={alone ? 'chip' : syncTone[state]}
      data-sync={state}
      data-waiting={waiting}
      title={t(alone ? 'sync.aloneHint' : 'sync.hint')}
      onClick={onSync}
    >
      {words}
    </button>
  )
}

function Clock({ timeZone }: { timeZone: string | undefined }): ReactElement {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5000)
    return () => clearInterval(timer)
  }, [])
  const zone = timeZone === undefined ? {} : { timeZone }
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', ...zone })
  return (
    <time className="clock" dateTime={new Date(now).toISOString()}>
      {format.format(now)}
    </time>
  )
}
