import { useLiveQuery } from 'dexie-react-hooks'
import { lazy, type ReactElement, type ReactNode, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ImportChip } from '../features/imports/import-chip.tsx'
import { DebugDrawer } from '../features/sync/debug-drawer.tsx'
import { chooseLanguage, currentLanguage } from '../i18n/i18n.ts'
import { useStationStatus } from '../station/station-status.ts'
import { type NavItem, Shell } from '../ui/shell.tsx'
import { useFrameSlots } from './frame-slots.ts'
import { PersonDialog, usePersonDialog } from './person-dialog.tsx'
import { useStation } from './station-app.ts'
import { goTo, hashOfRoute, type RouteName, useRoute } from './use-route.ts'

const ArchiveScreen = lazy(async () => ({
  default: (await import('../features/archive/archive-screen.tsx')).ArchiveScreen,
}))
const CatalogueScreen = lazy(async () => ({
  default: (await import('../features/catalogue/catalogue-screen.tsx')).CatalogueScreen,
}))
const HandoverScreen = lazy(async () => ({
  default: (await import('../features/handover/handover-screen.tsx')).HandoverScreen,
}))
const HomeScreen = lazy(async () => ({
  default: (await import('../features/home/home-screen.tsx')).HomeScreen,
}))
const OrdersScreen = lazy(async () => ({
  default: (await import('../features/orders/orders-screen.tsx')).OrdersScreen,
}))
const PackScreen = lazy(async () => ({
  default: (await import('../features/pack/pack-screen.tsx')).PackScreen,
}))
const PickScreen = lazy(async () => ({
  default: (await import('../features/pick/pick-screen.tsx')).PickScreen,
}))
const PutawayScreen = lazy(async () => ({
  default: (await import('../features/putaway/putaway-screen.tsx')).PutawayScreen,
}))
const ReceiveScreen = lazy(async () => ({
  default: (await import('../features/receive/receive-screen.tsx')).ReceiveScreen,
}))
const SettingsScreen = lazy(async () => ({
  default: (await import('../features/settings/settings-screen.tsx')).SettingsScreen,
}))
const StockScreen = lazy(async () => ({
  default: (await import('../features/stock/stock-screen.tsx')).StockScreen,
}))
const SyncScreen = lazy(async () => ({
  default: (await import('../features/sync/sync-screen.tsx')).SyncScreen,
}))

type Screen = Extract<
  RouteName,
  | 'home'
  | 'receive'
  | 'putaway'
  | 'orders'
  | 'pick'
  | 'pack'
  | 'handover'
  | 'archive'
  | 'stock'
  | 'catalogue'
  | 'settings'
  | 'sync'
>

/** The screens that exist; the other addresses of the house lead home until theirs are built. */
const SCREENS: Readonly<Record<Screen, ReactNode>> = {
  home: <HomeScreen />,
  receive: <ReceiveScreen />,
  putaway: <PutawayScreen />,
  orders: <OrdersScreen />,
  pick: <PickScreen />,
  pack: <PackScreen />,
  handover: <HandoverScreen />,
  archive: <ArchiveScreen />,
  stock: <StockScreen />,
  catalogue: <CatalogueScreen />,
  settings: <SettingsScreen />,
  sync: <SyncScreen />,
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

/** Head bar, rail and footer around the current screen. */
export function StationFrame({ dark, onDark }: { dark: boolean; onDark: () => void }): ReactElement {
  const { t } = useTranslation('shell')
  const station = useStation()
  const route = useRoute()
  const { keys, status } = useFrameSlots()
  const openPerson = usePersonDialog((dialog) => dialog.open)
  const { personId, journalLag } = useStationStatus()
  const names = useLiveQuery(() => headNames(station, personId), [station, personId])
  const waiting =
    useLiveQuery(() => station.database.records.where('outboxCounter').above(0).count(), [station]) ?? 0
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
  return (
    <Shell
      head={{
        shopName: names?.shop ?? '',
        stationName: names?.station ?? '',
        personName: names?.person ?? null,
        onPerson: openPerson,
        sync: { state: 'offline', waiting },
        onSync: () => goTo('sync'),
        journalLag,
        onLanguage: () => void chooseLanguage(currentLanguage() === 'en' ? 'zh-CN' : 'en'),
        dark,
        onDark,
        timeZone: 'Asia/Shanghai',
        children: <ImportChip />,
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
      keys={keys}
      status={status}
    >
      <Suspense fallback={null}>{SCREENS[screen]}</Suspense>
      <PersonDialog />
      <DebugDrawer />
    </Shell>
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
    database.settings.get('stationName'),
    personId === null ? undefined : database.people.get(personId),
  ])
  return { shop: String(shop?.value ?? ''), station: String(name?.value ?? ''), person: person?.name ?? null }
}
