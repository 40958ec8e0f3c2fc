import type { Person } from '../../shared/domain/people/person.ts'
import { badgeHash } from '../../shared/station/areas/scan-badge.ts'
import { stationSetting } from '../../shared/station/station-settings.ts'
import type { SetUpValues } from '../features/setup/set-up-values.ts'
import { hasClerk, tidySetUp } from '../features/setup/set-up-values.ts'
import { currentLanguage } from '../i18n/i18n.ts'
import { stationCodeOf } from '../station/station-environment.ts'
import type { StationApp } from './station-app.ts'

/**
 * First start: settings, the manager with every role, and the clerk where there is one; then the manager is signed in
 * (interface.md, first minutes of a newcomer).
 */
export async function beginStation(station: StationApp, raw: SetUpValues): Promise<void> {
  const values = tidySetUp(raw)
  const manager = await personOf(station, {
    name: values.managerName,
    pin: values.managerPin,
    badge: values.managerBadge,
    roles: ['manager'],
  })
  const clerk = hasClerk(values)
    ? await personOf(station, {
        name: values.clerkName,
        pin: values.clerkPin,
        badge: values.clerkBadge,
        roles: ['receivingClerk', 'picker', 'packer'],
      })
    : null
  // Nothing is written before the host has done its part; from here on it is this database alone.
  await station.run({ type: 'SavePerson', person: manager })
  await station.run({ type: 'SignIn', signIn: manager.personId })
  if (clerk) await station.run({ type: 'SavePerson', person: clerk })
  const { stationId } = station.description
  // Settings last: a station without them starts with the form again.
  await station.run({
    type: 'SaveSettings',
    settings: {
      shopName: values.shopName,
      [stationSetting(stationId, 'name')]: values.stationName,
      [stationSetting(stationId, 'code')]: stationCodeOf(values.stationName, stationId),
      shopPhone: '',
      shopAddress: '',
      cutOffHour: 16,
      language: currentLanguage(),
    },
  })
}

async function personOf(
  station: StationApp,
  input: { name: string; pin: string; badge: string; roles: Person['roles'] },
): Promise<Person> {
  const { hash } = await station.host.call('pin.hash', { pin: input.pin })
  return {
    personId: crypto.randomUUID(),
    name: input.name,
    roles: input.roles,
    badgeHash: badgeHash(input.badge),
    pinHash: hash,
    active: true,
  }
}

/** People, shop and goods of the demo; its badges are 1001 (manager) and 1002 (clerk). */
export async function beginDemo(
  station: StationApp,
  names: { shop: string; station: string; manager: string; clerk: string },
): Promise<void> {
  await beginStation(station, {
    shopName: names.shop,
    stationName: names.station,
    managerName: names.manager,
    managerPin: '0000',
    managerBadge: '1001',
    clerkName: names.clerk,
    clerkPin: '0000',
    clerkBadge: '1002',
  })
}
