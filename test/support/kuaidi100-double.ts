import { createHash } from 'node:crypto'
import { type EwaybillDouble, startEwaybillDouble } from './ewaybill-double.ts'

/** 快递100 with one customer, `KEY100` and `SECRET100`; numbers look like 申通's. */
export function startKuaidi100Double(): Promise<EwaybillDouble> {
  const param = (form: URLSearchParams): Record<string, unknown> => JSON.parse(form.get('param') ?? '{}')
  return startEwaybillDouble({
    check: (form) => {
      const text = `${form.get('param')}${form.get('t')}KEY100SECRET100`
      const sign = createHash('md5').update(text).digest('hex').toUpperCase()
      if (form.get('key') !== 'KEY100') return answer(30003, '账号信息不正确')
      if (form.get('sign') !== sign) return answer(30002, '验证签名失败')
      if (!/^\d{13}$/.test(form.get('t') ?? '')) return answer(30001, 't')
      return form.get('method') === 'order' ? wrongOrder(param(form)) : null
    },
    kind: (form) => {
      const method = form.get('method')
      if (method === 'order') return 'take'
      if (method === 'cancel') return 'return'
      return method === 'getThirdInfo' ? 'balance' : 'other'
    },
    keyOf: (form) => String(param(form).orderId),
    numberOf: (form) => String(param(form).kuaidinum),
    given: ({ number, repeated }) => ({
      success: true,
      code: repeated ? 30011 : 200,
      message: 'success',
      data: { taskId: `T${number}`, kuaidinum: number, bulkpen: '571-01', label: '<svg>卢小明</svg>' },
    }),
    returned: (known) => (known ? { success: true, code: 200 } : answer(30009, '查无此单')),
    balance: (left) => ({
      result: true,
      status: '200',
      data: [
        { kuaidicom: 'shentong', branchAccounts: [{ branchCode: '1', quantity: left }] },
        { kuaidicom: 'yunda', branchAccounts: [{ branchCode: '2', quantity: 7 }] },
      ],
    }),
    busy: () => answer(-1, '服务器错误'),
    noBalance: () => answer(30004, '账号单量不足'),
    repeatUnnamed: () => answer(30011, '订单号重复'),
    number: (index) => `773${String(index).padStart(10, '0')}`,
  })
}

const answer = (code: number, message: string) => ({ success: false, code, message })

function wrongOrder(order: Record<string, unknown>): unknown {
  const { kuaidicom, recMan, sendMan, orderId } = order
  const to = recMan as { name?: string; mobile?: string; printAddr?: string } | undefined
  const from = sendMan as { name?: string; mobile?: string; printAddr?: string } | undefined
  const whole = [to, from].every((man) => man?.name && man.mobile && man.printAddr)
  if (!whole || kuaidicom !== 'shentong' || typeof orderId !== 'string') return answer(30001, '参数错误')
  return `${to?.name}${to?.mobile}`.includes('*') ? answer(30001, '收件人信息已脱敏') : null
}
