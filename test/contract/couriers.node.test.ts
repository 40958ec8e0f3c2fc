import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAppendFile } from '../../src/main/host/append-file.ts'
import { type CourierPort, createCouriers } from '../../src/main/host/couriers/couriers.ts'
import { openMasterKeys } from '../../src/main/host/master-keys.ts'
import type { CourierAccount } from '../../src/shared/protocol/courier-contract.ts'
import type { EwaybillDouble, Mischief } from '../support/ewaybill-double.ts'
import { startKdniaoDouble } from '../support/kdniao-double.ts'
import { startKuaidi100Double } from '../support/kuaidi100-double.ts'

const PATIENCE = { timeoutMs: 700, lateMs: 2500, pausesMs: [5] }
const RECIPIENT = {
  name: '卢小明',
  company: '',
  phone: '17100003373',
  province: '江苏省',
  city: '苏州市',
  district: '昆山市',
  street: '和平路12号 3幢1单元201室',
  postcode: '215300',
}
const SENDER = { ...RECIPIENT, name: '样品铺', phone: '057112345678', street: '样品路1号' }
const SERVICES = {
  kuaidi100: { courier: 'STO', user: 'KEY100', secret: 'SECRET100', start: startKuaidi100Double },
  kdniao: { courier: 'YUNDA', user: '1237100', secret: 'APPKEY', start: startKdniaoDouble },
} as const
type Service = keyof typeof SERVICES

let directory: string
let double: EwaybillDouble
let port: CourierPort

const open = async (over: { openFile?: typeof openAppendFile } = {}): Promise<CourierPort> =>
  createCouriers({
    directory,
    masters: await openMasterKeys(directory, null),
    now: Date.now,
    patience: PATIENCE,
    dice: () => 0.5,
    ...over,
  })

function accountAt(service: Service, url: string, over: Partial<CourierAccount> = {}): CourierAccount {
  const { courier, user } = SERVICES[service]
  const contract = { partnerId: 'P1', net: '', partnerCode: '', payType: '', expType: '', active: true }
  return { accountId: 'a1', service, courier, url, user, ...contract, ...over }
}

async function begin(service: Service): Promise<void> {
  double = await SERVICES[service].start()
  port = await open()
  const secrets = { secret: SERVICES[service].secret, partnerKey: 'pw-of-partner' }
  await port.save({ account: accountAt(service, double.url), secrets })
}

const take = (parcelKey: string, over: object = {}) =>
  port.take({
    parcelKey,
    accountId: 'a1',
    recipient: RECIPIENT,
    sender: SENDER,
    goods: '牛仔裤',
    quantity: 1,
    weightGrams: 620,
    remark: '',
    ...over,
  })

/** These requests, in order, are met with these mischiefs; later ones with none. */
function meet(...mischiefs: Mischief[]): void {
  const queue = [...mischiefs]
  double.mischief = () => queue.shift() ?? 'none'
}

const reopen = async (): Promise<void> => {
  await port.close()
  port = await open()
}

const ledgerText = (): Promise<string> => readFile(join(directory, 'courier-ledger.jsonl'), 'utf8')
const until = async (reached: () => boolean | Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 30_000; !(await reached()); ) {
    expect(Date.now()).toBeLessThan(end)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'packbench-couriers-'))
})
afterEach(async () => {
  await port.close()
  await double.close()
  await rm(directory, { recursive: true })
})

describe.each(['kuaidi100', 'kdniao'] as const)('%s', (service) => {
  beforeEach(() => begin(service))

  it('LBL-5 takes a number with its sort code, and the same key never takes a second one, also after a restart', async () => {
    const first = await take('K1')
    expect(first).toMatchObject({
      tag: 'taken',
      number: { parcelKey: 'K1', sortCode: service === 'kuaidi100' ? '571-01' : '300-08 C2' },
    })
    expect(await take('K1')).toEqual(first)
    await reopen()
    expect(await take('K1')).toEqual(first)
    expect(double.heard).toHaveLength(1)
    expect(await take('K2')).not.toMatchObject({
      number: { waybillNumber: first.tag === 'taken' && first.number.waybillNumber },
    })
  })

  it('LBL-5 two pages that ask for one key at once ask the service once', async () => {
    const answers = await Promise.all([take('K1'), take('K1'), take('K1')])
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(double.heard).toHaveLength(1)
  })

  it.each(['silent', 'reset', 'error500', 'html', 'truncated', 'doubled'] as const)(
    'LBL-5 after %s nobody is sure; asked again with the same key the first number comes',
    async (mischief) => {
      meet(mischief)
      expect(await take('K1')).toMatchObject({ tag: 'refused', again: true, unsure: true })
      expect((await port.accounts()).accounts[0]).toMatchObject({ unsure: 1 })
      await reopen()
      expect((await port.accounts()).accounts[0]).toMatchObject({ unsure: 1 })
      expect(await take('K1')).toMatchObject({
        tag: 'taken',
        number: { waybillNumber: double.given.get('K1')?.[0] },
      })
      expect(double.given.get('K1')).toHaveLength(1)
      expect((await port.accounts()).accounts[0]).toMatchObject({ unsure: 0 })
    },
  )

  it.each([
    ['wrongNumber', 'wrongNumber'],
    ['htmlNumber', 'wrongNumber'],
    ['emptyNumber', 'wrongNumber'],
    ['foreign', 'foreignNumber'],
  ] as const)('LBL-5 refuses %s, never uses it, and takes the right one later', async (mischief, trouble) => {
    const other = await take('K0')
    meet(mischief)
    expect(await take('K1')).toMatchObject({ tag: 'refused', trouble, unsure: true })
    const right = await take('K1')
    expect(right).toMatchObject({ tag: 'taken', number: { waybillNumber: double.given.get('K1')?.[0] } })
    expect(await take('K0')).toEqual(other)
  })

  it('LBL-5 a number that comes late is kept, and a doubled one later changes nothing', async () => {
    meet('late', 'late')
    double.lateMs = 1100
    expect(await take('K1')).toMatchObject({ tag: 'refused', trouble: 'timeout', unsure: true })
    await until(async () => (await port.accounts()).accounts[0]?.unsure === 0)
    const kept = await take('K1')
    expect(kept).toMatchObject({ tag: 'taken', number: { waybillNumber: double.given.get('K1')?.[0] } })
    expect(double.heard).toHaveLength(1)
  })

  it('LBL-5 a service that gives a second number: the first known one stays, the other is written down', async () => {
    meet('late', 'second')
    double.lateMs = 1100
    expect(await take('K1')).toMatchObject({ tag: 'refused', trouble: 'timeout' })
    const kept = await take('K1')
    const [early, second] = double.given.get('K1') ?? []
    expect(kept).toMatchObject({ tag: 'taken', number: { waybillNumber: second } })
    await until(async () => (await ledgerText()).includes('"did":"surplus"'))
    expect(await take('K1')).toEqual(kept)
    await reopen()
    expect(await take('K1')).toEqual(kept)
    expect(await take('K2')).toMatchObject({ tag: 'taken' })
    // Where a number goes back by itself it does, and never the one that the parcel has.
    if (service === 'kuaidi100') await until(() => double.returned.length > 0)
    expect(double.returned).toEqual(service === 'kuaidi100' ? [early] : [])
  })

  it.each([
    ['noBalance', { trouble: 'noBalance', again: true, unsure: false }],
    ['busy', { trouble: 'serviceDown', again: true, unsure: true }],
    ['error500Before', { trouble: 'serviceDown', again: true, unsure: true }],
  ] as const)('LBL-5 tells %s', async (mischief, expected) => {
    meet(mischief)
    expect(await take('K1')).toMatchObject({ tag: 'refused', ...expected })
    expect((await port.accounts()).accounts[0]).toMatchObject({ lastTrouble: expected.trouble })
    expect(await take('K1')).toMatchObject({ tag: 'taken' })
    expect((await port.accounts()).accounts[0]).toMatchObject({ lastTrouble: null })
  })

  it('LBL-5 a repeated order without its number stays unsure and asks for no other', async () => {
    meet('silent', 'repeatUnnamed', 'repeatUnnamed')
    await take('K1')
    expect(await take('K1')).toMatchObject({ tag: 'refused', trouble: 'other', again: true, unsure: true })
    expect(await take('K1')).toMatchObject({ tag: 'refused', unsure: true })
    expect(await take('K1')).toMatchObject({ tag: 'taken' })
    expect(double.given.get('K1')).toHaveLength(1)
  })

  it('LBL-5 refuses masked and incomplete people before anybody is asked', async () => {
    const masked = [{ name: '张*' }, { phone: '131****1907' }, { phone: '138xxxx1907' }]
    for (const over of masked)
      expect(await take('K1', { recipient: { ...RECIPIENT, ...over } })).toMatchObject({
        tag: 'refused',
        trouble: 'maskedRecipient',
        again: false,
        unsure: false,
      })
    const gone = { ...RECIPIENT, province: '', city: '', district: '', street: '' }
    expect(await take('K1', { recipient: gone })).toMatchObject({
      trouble: 'badParameters',
      detail: 'recipient',
    })
    expect(await take('K1', { sender: { ...SENDER, phone: '' } })).toMatchObject({ detail: 'sender' })
    expect(double.heard).toHaveLength(0)
  })

  it('LBL-5 gives a number back once and never uses it again', async () => {
    const number = await take('K1')
    const back = { parcelKey: 'K1', accountId: 'a1' }
    expect(await port.giveBack(back)).toEqual({ tag: 'returned' })
    expect(await port.giveBack(back)).toEqual({ tag: 'returned' })
    expect(double.returned).toEqual([number.tag === 'taken' && number.number.waybillNumber])
    await reopen()
    expect(await port.giveBack(back)).toEqual({ tag: 'returned' })
    expect(await take('K1')).toMatchObject({ tag: 'refused', detail: 'returned', again: false })
    expect(double.returned).toHaveLength(1)
    meet('silent')
    await take('K2')
    expect(await port.giveBack({ ...back, parcelKey: 'K2' })).toMatchObject({
      tag: 'refused',
      detail: 'unsure',
    })
    expect(await port.giveBack({ ...back, parcelKey: 'never-asked' })).toEqual({ tag: 'returned' })
  })

  it('SEC-3 a wrong secret is told as such and takes nothing', async () => {
    await port.save({
      account: accountAt(service, double.url),
      secrets: { secret: 'wrong', partnerKey: '' },
    })
    expect(await take('K1')).toMatchObject({ trouble: 'badSignature', again: false, unsure: false })
    await port.save({ account: accountAt(service, double.url, { user: 'nobody' }), secrets: null })
    // Secrets belong to whom they were given for.
    expect((await port.accounts()).accounts[0]).toMatchObject({ hasSecret: false })
    expect(await take('K1')).toMatchObject({ trouble: 'badAccount', detail: 'noSecret' })
    expect(double.given.size).toBe(0)
  })

  it('LBL-5 the ledger holds no name, no phone and no page of a label', async () => {
    const answer = await take('K1', { remark: '卢小明 的' })
    const text = await ledgerText()
    expect(text).toContain('"K1"')
    for (const word of ['卢小明', '17100003373', '和平路', '<svg>', '<html>'])
      expect(text + JSON.stringify(answer)).not.toContain(word)
  })

  it('SEC-3 keeps secrets sealed, and never in an answer', async () => {
    const path = join(directory, 'couriers.json')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const text = (await readFile(path, 'utf8')) + JSON.stringify(await port.accounts())
    for (const secret of [SERVICES[service].secret, 'pw-of-partner']) expect(text).not.toContain(secret)
    await reopen()
    expect(await take('K1')).toMatchObject({ tag: 'taken' })
  })

  it('LBL-5 tells that nobody listens, and takes no number for certain', async () => {
    const elsewhere = accountAt(service, 'http://127.0.0.1:9')
    await port.save({ account: elsewhere, secrets: { secret: 'x', partnerKey: '' } })
    expect(await take('K1')).toMatchObject({ trouble: 'serviceDown', again: true, unsure: false })
  })

  it('LBL-5 a full disk lets no request leave, and a number that could not be written down is asked for again', async () => {
    let full = 1
    const openFile: typeof openAppendFile = async (path) => {
      const file = await openAppendFile(path)
      return {
        ...file,
        write: async (bytes, position) => {
          if (full > 0 && --full === 0) {
            await file.write(bytes.subarray(0, 10), position)
            throw Object.assign(new Error('full'), { code: 'ENOSPC' })
          }
          return file.write(bytes, position)
        },
      }
    }
    await port.close()
    port = await open({ openFile })
    expect(await take('K1')).toMatchObject({ trouble: 'diskFull', again: true, unsure: false })
    expect(double.heard).toHaveLength(0)
    full = 2
    expect(await take('K1')).toMatchObject({ trouble: 'diskFull', again: true, unsure: true })
    const first = double.given.get('K1')?.[0]
    await reopen()
    expect(await take('K1')).toMatchObject({ tag: 'taken', number: { waybillNumber: first } })
    expect(double.given.get('K1')).toHaveLength(1)
  })

  it('LBL-5 cuts a torn line off, and opens nothing with a hole in its memory', async () => {
    const first = await take('K1')
    await port.close()
    const path = join(directory, 'courier-ledger.jsonl')
    const whole = await readFile(path, 'utf8')
    await writeFile(path, `${whole}{"did":"asked","at":1,"key":"K`)
    port = await open()
    expect(await take('K1')).toEqual(first)
    expect(await ledgerText()).toBe(whole)
    await port.close()
    await writeFile(path, whole.replace('"did":"given"', '"did":"gi'))
    port = await open()
    await expect(take('K1')).rejects.toThrow('damaged')
    expect(double.heard).toHaveLength(1)
  })

  it('SEC-3 takes https, and http to this PC alone', async () => {
    const refuse = [
      'http://api.example.com',
      'ftp://127.0.0.1',
      'https://a:b@api.example.com',
      'https://x/?k=1',
      'nonsense',
    ]
    for (const url of refuse)
      await expect(port.save({ account: accountAt(service, url), secrets: null })).rejects.toMatchObject({
        fault: { tag: 'badRequest', detail: 'url' },
      })
    const path = service === 'kuaidi100' ? '/label/order' : '/api/Eorderservice'
    for (const url of [
      'https://api.example.com',
      'http://localhost:1',
      'http://[::1]:1',
      `${double.url}${path}/`,
    ])
      await port.save({ account: accountAt(service, url), secrets: null })
    await port.save({
      account: accountAt(service, `${double.url}${path}/`),
      secrets: { secret: SERVICES[service].secret, partnerKey: '' },
    })
    expect(await take('K1')).toMatchObject({ tag: 'taken' })
  })

  it('LBL-5 the balance shows what is left', async () => {
    const net = service === 'kuaidi100' ? 'cainiao' : ''
    await port.save({ account: accountAt(service, double.url, { net }), secrets: null })
    double.left = 12
    expect(await port.balance({ accountId: 'a1' })).toMatchObject({ tag: 'balance', left: 12 })
    expect(await port.balance({ accountId: 'a2' })).toMatchObject({ tag: 'refused', trouble: 'noAccount' })
  })

  it('LBL-5 an account that is paused or gone takes nothing; numbers that are there stay', async () => {
    const first = await take('K1')
    await port.save({ account: accountAt(service, double.url, { active: false }), secrets: null })
    expect(await take('K2')).toMatchObject({ trouble: 'noAccount' })
    await port.remove({ accountId: 'a1' })
    expect((await port.accounts()).accounts).toEqual([])
    expect(await take('K2')).toMatchObject({ trouble: 'noAccount' })
    expect(await take('K1')).toEqual(first)
  })
})

describe('kdniao', () => {
  beforeEach(() => begin('kdniao'))

  it('LBL-5 an answer to another order is not ours, and its number is not used', async () => {
    await take('K0')
    meet('otherAnswer')
    expect(await take('K1')).toMatchObject({ tag: 'refused', trouble: 'notOurs', unsure: true })
    expect(await take('K1')).toMatchObject({ number: { waybillNumber: double.given.get('K1')?.[0] } })
  })

  it('LBL-5 signs that the service forbids go in their wide form', async () => {
    const recipient = { ...RECIPIENT, street: `A&B <栋> "3" #5 'x' +1` }
    expect(await take('K1', { recipient, remark: '<轻放> & 快' })).toMatchObject({ tag: 'taken' })
    const sent = JSON.parse(double.heard[0]?.get('RequestData') ?? '{}')
    expect(sent.Receiver.Address).toBe('A＆B ＜栋＞ ”3” ＃5 ’x’ ＋1')
  })
})

describe('kuaidi100', () => {
  beforeEach(() => begin('kuaidi100'))

  it('LBL-5 the answer to another order names its number: it has an owner, and is not used', async () => {
    await take('K0')
    meet('otherAnswer')
    expect(await take('K1')).toMatchObject({ tag: 'refused', trouble: 'foreignNumber', unsure: true })
    expect(await take('K1')).toMatchObject({ number: { waybillNumber: double.given.get('K1')?.[0] } })
  })

  it('LBL-5 an unsure key is not asked for with another contract', async () => {
    const other = accountAt('kuaidi100', double.url, { accountId: 'a2' })
    await port.save({ account: other, secrets: { secret: 'SECRET100', partnerKey: '' } })
    meet('silent')
    await take('K1')
    expect(await take('K1', { accountId: 'a2' })).toMatchObject({ trouble: 'badAccount', unsure: true })
    expect(double.heard).toHaveLength(1)
  })
})
