import { createHash } from 'node:crypto'
import { type EwaybillDouble, startEwaybillDouble } from './ewaybill-double.ts'

/** 快递鸟 with one customer, `1237100` and `APPKEY`; numbers look like 韵达's. */
export function startKdniaoDouble(): Promise<EwaybillDouble> {
  const data = (form: URLSearchParams): Record<string, unknown> => JSON.parse(form.get('RequestData') ?? '{}')
  return startEwaybillDouble({
    check: (form) => {
      const text = form.get('RequestData') ?? ''
      const hex = createHash('md5').update(`${text}APPKEY`).digest('hex')
      if (form.get('EBusinessID') !== '1237100') return answer('104', '商户ID不存在')
      if (form.get('DataSign') !== Buffer.from(hex).toString('base64'))
        return answer('105', '数据签名验证失败')
      if (form.get('DataType') !== '2') return answer('103', 'DataType')
      return form.get('RequestType') === '1007' ? wrongOrder(data(form)) : null
    },
    kind: (form) => {
      const type = form.get('RequestType')
      if (type === '1007') return 'take'
      if (type === '1147') return 'return'
      return type === '1127' ? 'balance' : 'other'
    },
    keyOf: (form) => String(data(form).OrderCode),
    numberOf: (form) => String(data(form).ExpNo),
    given: ({ key, number, repeated }) => ({
      EBusinessID: '1237100',
      Success: true,
      ResultCode: repeated ? '106' : '100',
      Reason: repeated ? '该订单号已下单成功' : '成功',
      Order: { OrderCode: key, ShipperCode: 'YD', LogisticCode: number, MarkDestination: '300-08 C2' },
      PrintTemplate: '<html>卢小明 17100003373</html>',
    }),
    returned: (known) =>
      known ? { Success: true, ResultCode: '100', Reason: '取消成功' } : answer('105', '订单不存在'),
    balance: (left) => ({ Success: true, ResultCode: '100', EorderBalance: { AvailableNum: left } }),
    busy: () => answer('105', '系统繁忙,请稍后再试'),
    noBalance: () => answer('105', '电子面单余额不足'),
    repeatUnnamed: () => answer('106', '该订单号已下单成功'),
    number: (index) => `4310${String(index).padStart(9, '0')}`,
  })
}

const answer = (code: string, reason: string) => ({ Success: false, ResultCode: code, Reason: reason })

function wrongOrder(order: Record<string, unknown>): unknown {
  const { OrderCode, Receiver, Sender } = order
  const to = Receiver as Record<string, string> | undefined
  const from = Sender as Record<string, string> | undefined
  const named = [to, from].every((man) => man?.Name && man.Mobile && man.ProvinceName && man.Address)
  if (!named || typeof OrderCode !== 'string' || OrderCode.length > 30) return answer('101', '缺少必要参数')
  const texts = Object.values({ ...to, ...from, remark: String(order.Remark ?? '') }).join('')
  return /['"#&+<>]/.test(texts) ? answer('103', '包含特殊字符') : null
}
