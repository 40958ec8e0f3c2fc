import type { CourierAccount, EwaybillService } from '../../../shared/protocol/courier-contract.ts'
import { DEFAULT_COURIER } from '../../../shared/domain/shipping/couriers.ts'

/** The form of an account. The secrets come from it and never go into it. */
export interface AccountValues {
  readonly service: EwaybillService
  readonly courier: string
  readonly user: string
  readonly secret?: string
  readonly partnerId?: string
  readonly partnerKey?: string
  readonly net?: string
  readonly partnerCode?: string
  readonly payType: string
  readonly expType?: string
  readonly url: string
  readonly active: boolean
}

/** Where the services are. */
export const SERVICE_URLS: Readonly<Record<EwaybillService, string>> = {
  kuaidi100: 'https://api.kuaidi100.com',
  kdniao: 'https://api.kdniao.com',
}

/** Who pays the postage, in each service's own code. */
export const PAY_TYPES = {
  kuaidi100: { monthly: 'MONTHLY', sender: 'SHIPPER', recipient: 'CONSIGNEE' },
  kdniao: { monthly: '3', sender: '1', recipient: '2' },
} as const

export const NEW_ACCOUNT: AccountValues = {
  service: 'kuaidi100',
  courier: DEFAULT_COURIER,
  user: '',
  payType: PAY_TYPES.kuaidi100.monthly,
  url: SERVICE_URLS.kuaidi100,
  active: true,
}

/** What stays of the other fields when a person chooses another service: its own address and code of payment. */
export function ofService(service: EwaybillService): Pick<AccountValues, 'url' | 'payType'> {
  return { url: SERVICE_URLS[service], payType: PAY_TYPES[service].monthly }
}

/** The account that a filled-in form stands for. */
export function accountOf(values: AccountValues, accountId: string): CourierAccount {
  const text = (value: string | undefined): string => (value ?? '').trim()
  return {
    accountId,
    service: values.service,
    courier: values.courier,
    url: text(values.url),
    user: text(values.user),
    partnerId: text(values.partnerId),
    net: text(values.net),
    partnerCode: text(values.partnerCode),
    payType: values.payType,
    expType: text(values.expType),
    active: values.active,
  }
}

/** Null when no secret was typed: those that are there stay. */
export function secretsOf(values: AccountValues): { secret: string; partnerKey: string } | null {
  const secret = (values.secret ?? '').trim()
  const partnerKey = (values.partnerKey ?? '').trim()
  return secret === '' && partnerKey === '' ? null : { secret, partnerKey }
}
