import { headerKey } from './columns.ts'

/** The fields that a mapping can fill. Everything but `number`, `skuCode` and `quantity` may be left out. */
export type MappedField =
  | 'number'
  | 'createdAt'
  | 'paidAt'
  | 'status'
  | 'buyer'
  | 'message'
  | 'memo'
  | 'name'
  | 'firstName'
  | 'lastName'
  | 'company'
  | 'phone'
  | 'country'
  | 'province'
  | 'city'
  | 'district'
  | 'street'
  | 'street2'
  | 'postcode'
  | 'fullAddress'
  | 'skuCode'
  | 'title'
  | 'attributes'
  | 'quantity'
  | 'price'
  | 'total'
  | 'currency'

/** field → header name of this file; confirmed once by a person, remembered by header fingerprint (formats.md). */
export type OrderMapping = Readonly<Partial<Record<MappedField, string>>>

/** Header names seen in WooCommerce exporters, Chinese platforms and hand-made tables. Earlier names are better. */
export const ORDER_HEADER_NAMES: Readonly<Record<MappedField, readonly string[]>> = {
  number: ['order_number', 'order number', '订单编号', '订单号', 'order_id', 'order id', 'order no', 'order'],
  createdAt: [
    'order_date',
    'order date',
    'date created',
    'created at',
    '下单时间',
    '订单创建时间',
    '创建时间',
    'date',
  ],
  paidAt: ['paid_date', 'date paid', 'paid at', '付款时间', '支付时间', '订单付款时间'],
  status: ['status', 'order_status', '订单状态', '状态'],
  buyer: ['billing_email', 'customer email', 'email', '买家会员名', '买家昵称', '买家', 'customer'],
  message: ['customer_note', 'customer message', 'notes', '买家留言', '留言'],
  memo: ['order_notes', 'seller note', '订单备注', '卖家备注', '备注'],
  name: ['shipping_name', 'recipient', 'ship to name', '收货人姓名', '收货人', '收件人', '姓名'],
  firstName: ['shipping_first_name', 'first name (shipping)'],
  lastName: ['shipping_last_name', 'last name (shipping)'],
  company: ['shipping_company', 'company (shipping)', 'company', '公司'],
  phone: [
    'shipping_phone',
    'billing_phone',
    'phone (billing)',
    'phone',
    '联系手机',
    '手机',
    '手机号',
    '联系电话',
    '电话',
  ],
  country: ['shipping_country', 'country code (shipping)', 'country', '国家'],
  province: ['shipping_state', 'state code (shipping)', 'state', 'province', '省', '省份'],
  city: ['shipping_city', 'city (shipping)', 'city', '市', '城市'],
  district: ['district', '区', '区县', '县区'],
  street: [
    'shipping_address_1',
    'address 1&2 (shipping)',
    'address 1',
    'street',
    'address',
    '详细地址',
    '街道',
  ],
  street2: ['shipping_address_2', 'address 2'],
  postcode: ['shipping_postcode', 'postcode (shipping)', 'postcode', 'zip', '邮编', '邮政编码'],
  fullAddress: ['收货地址', '收件地址', '地址'],
  skuCode: ['item_sku', 'sku', 'line item sku', '商家编码', 'sku编码', '商品编码', '规格编码'],
  title: ['item_name', 'item name', 'product name', 'product', '商品名称', '宝贝标题', '标题'],
  attributes: ['item_meta', 'product variation', 'variation', '商品属性', '规格', '销售属性'],
  quantity: ['item_quantity', 'quantity', 'qty', 'quantity (- refund)', '数量', '购买数量', '商品数量'],
  price: ['item_price', 'item cost', 'price', '单价', '价格'],
  total: ['order_total', 'order total amount', 'total', '订单金额', '总金额', '实付金额'],
  currency: ['order_currency', 'currency', '币种'],
}

/** Proposes a mapping from the header names; no column is used for two fields. */
export function suggestMapping(headers: readonly string[]): OrderMapping {
  const free = new Map<string, string>()
  for (const header of headers)
    if (header !== '' && !free.has(headerKey(header))) free.set(headerKey(header), header)
  const mapping: Partial<Record<MappedField, string>> = {}
  for (const field of Object.keys(ORDER_HEADER_NAMES) as MappedField[]) {
    const key = ORDER_HEADER_NAMES[field].map(headerKey).find((name) => free.has(name))
    const header = key === undefined ? undefined : free.get(key)
    if (key === undefined || header === undefined) continue
    mapping[field] = header
    free.delete(key)
  }
  return mapping
}
