import { Button } from 'antd'
import { countUpToMany } from '../data/count-up-to.ts'
import type { StationDatabase } from '../data/station-database.ts'
import { useLiveQuery } from '../data/use-live-query.ts'
import { lazy, type LazyExoticComponent, memo, type ReactElement, Suspense, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { stationSetting } from '../../shared/station/station-settings.ts'
import { CutOffChip } from '../features/orders/cut-off-chip.tsx'
import { PrintBar, PrintChip, PrintDialog } from '../features/printing/print-alert.tsx'
import { ImportChip } from '../features/imports/import-chip.tsx'
import { DebugDrawer } from '../features/sync/debug-drawer.tsx'
import { chooseLanguage, currentLanguage } from '../i18n/i18n.ts'
import { useStationStatus } from '../station/station-status.ts'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { type NavItem, Shell } from '../ui/shell.tsx'
import { ErrorPanel } from '../ui/states.tsx'
import { useFrameSlots } from './frame-slots.ts'
import { PersonDialog, usePersonDialog } from './person-dialog.tsx'
import { useStation } from './station-app.ts'
import { goTo, hashOfRoute, type RouteName, useRoute } from './use-route.ts'

/** Each screen is a file of its own, so that the first one is there at once; the others follow while nobody waits. */
const LOADERS = {
  archive: () =>
    import('../features/archive/archive-screen.tsx').then((file) => ({ default: file.ArchiveScreen })),
  catalogue: () =>
    import('../features/catalogue/catalogue-screen.tsx').then((file) => ({ default: file.CatalogueScreen })),
  handover: () =>
    import('../features/handover/handover-screen.tsx').then((file) => ({ default: file.HandoverScreen })),
  home: () => import('../features/home/home-screen.tsx').then((file) => ({ default: file.HomeScreen })),
  orders: () =>
    import('../features/orders/orders-screen.tsx').then((file) => ({ default: file.OrdersScreen })),
  pack: () => import('../features/pack/pack-screen.tsx').then((file) => ({ default: file.PackScreen })),
  pick: () => import('../features/pick/pick-screen.tsx').then((file) => ({ default: file.PickScreen })),
  putaway: () =>
    import('../features/putaway/putaway-screen.tsx').then((file) => ({ default: file.PutawayScreen })),
  receive: () =>
    import('../features/receive/receive-screen.tsx').then((file) => ({ default: file.ReceiveScreen })),
  settings: () =>
    import('../features/settings/settings-screen.tsx').then((file) => ({ default: file.SettingsScreen })),
  stock: () => import('../features/stock/stock-screen.tsx').then((file) => ({ default: file.StockScreen })),
  sync: () => import('../features/sync/sync-screen.tsx').then((file) => ({ default: file.SyncScreen })),
}

type Screen = keyof typeof LOADERS

/** The screens that exist; the other addresses of the house lead home until theirs are built. */
const SCREENS: Readonly<Record<Screen, LazyExoticComponent<() => ReactElement>>> = {
  home: lazy(LOADERS.home),
  receive: lazy(LOADERS.receive),
  putaway: lazy(LOADERS.putaway),
  orders: lazy(LOADERS.orders),
  pick: lazy(LOADERS.pick),
  pack: lazy(LOADERS.pack),
  handover: lazy(LOADERS.handover),
  archive: lazy(LOADERS.archive),
  stock: lazy(LOADERS.stock),
  catalogue: lazy(LOADERS.catalogue),
  settings: lazy(LOADERS.settings),
  sync: lazy(LOADERS.sync),
}

/** The host that serves the files may go away in the middle of the day; a screen must not be missing then. */
function loadAllScreens(): void {
  requestIdleCallback(() => void Promise.all(Object.values(LOADERS).map((load) => load())))
}

const isScreen = (name: RouteName): name is Screen => name in SCREENS

/** In the order of the work. */
const RAIL: readonly Screen[] = [
  'home',
  'receive',
  'putaway',
  'orders',
  'pick',
  'pack',
  'handover',
  'archive',
  'stock',
  'catalogue',
  'settings',
]
const GROUPS: readonly {
  readonly title: 'floor' | 'goods' | 'trade' | 'station'
  readonly screens: readonly Screen[]
}[] = [
  { title: 'floor', screens: ['receive', 'putaway', 'pick', 'pack', 'handover'] },
  { title: 'goods', screens: ['stock', 'catalogue'] },
  { title: 'trade', screens: ['orders', 'archive'] },
  { title: 'station', screens: ['home', 'sync', 'settings'] },
]

/** Events that the hub has not confirmed, a thousand at most; without a hub nobody is told and nothing is counted. */
function useWaitingForHub({ records }: StationDatabase, alone: boolean): number {
  const count = () => (alone ? 0 : countUpToMany(records.where('outboxCounter').above(0)))
  return useLiveQuery(count, [records, alone]) ?? 0
}

/** Head bar, rail and footer around the current screen. */
export function StationFrame({ dark, onDark }: { dark: boolean; onDark: () => void }): ReactElement {
  const { t } = useTranslation('shell')
  const station = useStation()
  const route = useRoute()
  const { keys, status } = useFrameSlots()
  const openPerson = usePersonDialog((dialog) => dialog.open)
  const { personId, journalLag, sync } = useStationStatus()
  const names = useLiveQuery(() => headNames(station, personId), [station, personId])
  const alone = station.space === 'demo' || sync.link?.tag === 'none'
  const waiting = useWaitingForHub(station.database, alone)
  const navItem = useMemo(
    () =>
      (name: Screen): NavItem => ({
        route: name,
        href: hashOfRoute(name),
        label: t(`nav.${name}`),
        icon: name,
      }),
    [t],
  )
  const screen: Screen = isScreen(route.name) ? route.name : 'home'
  useEffect(loadAllScreens, [])
  return (
    <Shell
      head={{
        shopName: names?.shop ?? '',
        stationName: names?.station ?? '',
        personName: names?.person ?? null,
        onPerson: openPerson,
        sync: { state: sync.phase, waiting, alone },
        onSync: () => goTo('sync'),
        journalLag,
        onLanguage: () => void chooseLanguage(currentLanguage() === 'en' ? 'zh-CN' : 'en'),
        dark,
        onDark,
        timeZone: 'Asia/Shanghai',
        children: (
          <>
            <CutOffChip />
            <PrintChip />
            <ImportChip />
          </>
        ),
      }}
      nav={RAIL.map(navItem)}
      allScreens={GROUPS.map((group) => ({
        title: t(`group.${group.title}`),
        items: group.screens.map(navItem),
      }))}
      currentRoute={screen}
      {...(station.space === 'demo'
        ? { banner: <DemoBanner onLeave={() => station.switchSpace('live')} /> }
        : {})}
      notice={<PrintBar />}
      keys={keys}
      status={status}
    >
      <CurrentScreen screen={screen} />
      <PersonDialog />
      <PrintDialog />
      <DebugDrawer />
    </Shell>
  )
}

/** Apart, so that a figure that changes in the head bar does not draw the whole screen anew. */
const CurrentScreen = memo(function CurrentScreen({ screen }: { readonly screen: Screen }): ReactElement {
  const Current = SCREENS[screen]
  return (
    <ErrorBoundary key={screen} fallback={(error) => <BrokenScreen error={error} />}>
      <Suspense fallback={null}>
        <Current />
      </Suspense>
    </ErrorBoundary>
  )
})

function BrokenScreen({ error }: { error: unknown }): ReactElement {
  const { t } = useTranslation('start')
  return (
    <ErrorPanel
      happened={t('broken.happened', { detail: String(error) })}
      kept={t('fault.kept')}
      todo={t('broken.todo')}
      action={
        <Button type="primary" data-action="reload" onClick={() => location.reload()}>
          {t('broken.reload')}
        </Button>
      }
    />
  )
}

function DemoBanner({ onLeave }: { onLeave: () => void }): ReactElement {
  const { t } = useTranslation(['shell', 'start'])
  return (
    <>
      <span>{t('shell:demo')}</span>
      <button type="button" className="head-button" data-action="leave-demo" onClick={onLeave}>
        {t('start:demo.leave')}
      </button>
    </>
  )
}

async function headNames(station: ReturnType<typeof useStation>, personId: string | null) {
  const { database } = station
  const [shop, name, person] = await Promise.all([
    database.settings.get('shopName'),
    database.settings.get(stationSetting(station.description.stationId, 'name')),
    personId === null ? undefined : database.people.get(personId),
  ])
  return { shop: String(shop?.value ?? ''), station: String(name?.value ?? ''), person: person?.name ?? null }
}
