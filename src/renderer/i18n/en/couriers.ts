/** Accounts of e-waybill services, and how fetching ahead goes. */
export const couriers = {
  title: 'E-waybills',
  what: 'While online, the station fetches numbers from 快递100 or 快递鸟 ahead of time for orders that may be packed, so that packing goes on without a network. One order, one number; numbers that are not needed go back.',
  demo: 'Demo data fetches no numbers. Leave the demo to set this up.',
  loading: 'Reading accounts…',
  notRead: 'The accounts could not be read: {{detail}}',
  empty: {
    title: 'No e-waybill account yet',
    words:
      'Packing works without one, with the numbers of the pools above. To have numbers fetched, open e-waybills at 快递100 or 快递鸟 first, then enter the account that the courier gave you.',
  },
  add: 'Add account',
  edit: 'Edit',
  test: 'Test',
  remove: 'Remove',
  removeSure: 'Remove the account "{{name}}"?',
  removeWords:
    'No more numbers are fetched with it. The {{ahead}} numbers in hand can still be used; the secret is deleted from this computer.',
  removeUnsure:
    'Of {{count}} requests nobody knows whether they got a number; after this nobody can ask any more.',
  managerWanted: "Accounts are the manager's: let a manager scan their badge first.",
  service: { kuaidi100: '快递100', kdniao: '快递鸟' },
  state: {
    ok: 'working',
    paused: 'paused',
    noSecret: 'no secret',
    trouble: 'trouble',
    unsure: 'to check',
  },
  figure: {
    ahead: 'in hand',
    unsure: 'to check',
    waiting: 'waiting',
  },
  unsureWords:
    '{{count}} requests were not answered; a number may have been given. The station asks again with the same order code and takes no second one.',
  balance: {
    left: 'The account works, {{left}} numbers left.',
    unknown:
      'What is left on this kind of account only the courier can tell; the first number will show whether the secret is right.',
    refused: 'The test failed: {{what}}',
  },
  warn: {
    waiting: '{{count}} orders may be packed and have no number yet.',
    waitingWhy: '{{count}} orders may be packed and have no number yet: {{what}}',
    masked:
      'The platform has hidden the recipients of {{count}} orders (131****1907); e-waybill services refuse them. Use the platform’s own waybills, or import full addresses.',
    noRecipient:
      '{{count}} orders lack the name, phone or address of the recipient; no number was asked for.',
    sender:
      'The sender is incomplete: fill in name, phone and address of the shop above, or no number can be had.',
    notUsed:
      'Parcels usually go with {{courier}}, for which there is no working account: no numbers are fetched ahead for them.',
  },
  trouble: {
    noNetwork: {
      what: 'no network',
      todo: 'nothing to do: it goes on by itself; numbers in hand and pools work',
    },
    timeout: {
      what: 'the service did not answer in time',
      todo: 'it is asked again with the same order code',
    },
    serviceDown: { what: 'the service is down', todo: 'it is asked again soon; meanwhile use a pool' },
    badSignature: { what: 'wrong signature', todo: 'compare secret / AppKey and enter it again' },
    badAccount: {
      what: 'wrong account',
      todo: 'compare key / merchant id and courier account; enter the secret again',
    },
    noBalance: { what: 'no numbers left', todo: 'top up, or ask the courier; then it goes on by itself' },
    badParameters: {
      what: 'the service finds the data wrong',
      todo: 'see its words below; check sender address and courier account',
    },
    maskedRecipient: {
      what: 'the recipient is hidden',
      todo: 'use the platform’s own waybill, or import the full address',
    },
    wrongNumber: {
      what: 'the number does not look like a waybill number',
      todo: 'it is not used; check whether the courier is right',
    },
    foreignNumber: { what: 'the number belongs to another parcel', todo: 'it is not used; tell the service' },
    notOurs: {
      what: 'the answer was to another order',
      todo: 'it is not used; tell the service if it goes on',
    },
    noAccount: { what: 'the account is paused or gone', todo: 'switch it on, or add one' },
    diskFull: { what: 'the disk is full; nothing was asked', todo: 'free some room' },
    other: { what: 'the service refused', todo: 'see its words below' },
  },
  form: {
    add: 'Add an e-waybill account',
    edit: 'Edit the e-waybill account',
    service: 'Service',
    courier: 'Courier',
    user: { kuaidi100: 'Key', kdniao: 'Merchant id (EBusinessID)' },
    secret: { kuaidi100: 'Secret', kdniao: 'AppKey' },
    secretNew: 'kept on this computer alone, sealed, and never shown again',
    secretKeep: 'empty: leave as it is',
    partnerId: { kuaidi100: 'Courier account (partnerId)', kdniao: 'Customer (CustomerName)' },
    partnerKey: { kuaidi100: 'Courier password (partnerKey)', kdniao: 'Password (CustomerPwd)' },
    partnerHint: 'from the courier; some want none',
    net: { kuaidi100: 'Branch (net)', kdniao: 'Branch (SendSite)' },
    partnerCode: { kuaidi100: 'Carrier code (code)', kdniao: 'Branch code (StationCode)' },
    payType: 'Postage',
    expType: 'Kind of parcel',
    expTypeHint: { kuaidi100: 'empty: 标准快递', kdniao: 'empty: 1, standard' },
    url: 'Address of the service',
    urlHint: 'seldom to be changed',
    urlWrong: 'an https:// address is wanted (http to this computer only)',
    active: 'In use',
    wanted: 'to be filled in',
    notSaved: 'Not saved: {{detail}}',
    pay: { monthly: 'monthly', sender: 'sender pays', recipient: 'recipient pays' },
  },
} as const
