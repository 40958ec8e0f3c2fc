import { createStableWeight, type StableWeight } from '../../shared/domain/weighing/stable-weight.ts'
import { HID_SCALE_USAGE_PAGE, readHidReport } from '../../shared/formats/scale-frames-hid.ts'
import { NO_SCALE, type ScaleView, tellScaleLock, useScale } from './scale-view.ts'
import { findWebHid, type WebHidDevice, type WebHidReport } from './web-hid.ts'

/*
 * USB scales of usage page 0x8D, which the browser itself reads. As long as one is open it goes before a serial scale.
 * The rule by which a weight is taken is the same, and outlives an unplugged device.
 */

let wanted = false
let device: WebHidDevice | null = null
const stable: StableWeight = createStableWeight()

/** True while a HID scale is read, or was until its plug was pulled. */
export const hidIsOpen = (): boolean => device !== null

/** True where this browser can read HID scales. */
export const hidIsOffered = (): boolean => findWebHid() !== null

export function hidWeighAgain(): void {
  stable.weighAgain()
  useScale.setState({ locked: null })
}

/** Reads a scale that was chosen before, if there is one, and one that is plugged in later. Never rejects. */
export async function openHidScale(): Promise<void> {
  const hid = findWebHid()
  if (hid === null || wanted) return
  wanted = true
  hid.addEventListener('connect', onConnect)
  hid.addEventListener('disconnect', onDisconnect)
  const devices = await hid.getDevices().catch(() => [])
  const scale = devices.find(isScale)
  if (scale !== undefined && wanted) await read(scale)
}

/** Stops reading; the device stays chosen. */
export async function closeHidScale(): Promise<void> {
  const hid = findWebHid()
  wanted = false
  hid?.removeEventListener('connect', onConnect)
  hid?.removeEventListener('disconnect', onDisconnect)
  await letGo()
}

/** Lets the person choose a scale; to be called from a click. Answers whether one was chosen and can be read. */
export async function chooseHidScale(): Promise<boolean> {
  const hid = findWebHid()
  if (hid === null) return false
  const chosen = await hid
    .requestDevice({ filters: [{ usagePage: HID_SCALE_USAGE_PAGE }] })
    .catch((): readonly WebHidDevice[] => [])
  const scale = chosen.find(isScale)
  if (scale === undefined) return false
  await letGo()
  return read(scale)
}

const isScale = ({ collections }: WebHidDevice): boolean =>
  collections.some(({ usagePage }) => usagePage === HID_SCALE_USAGE_PAGE)

const onConnect = ({ device: found }: { device: WebHidDevice }): void => {
  if (wanted && isScale(found)) void letGo().then(() => read(found))
}

const onDisconnect = ({ device: gone }: { device: WebHidDevice }): void => {
  if (gone !== device) return
  const { locked } = useScale.getState()
  useScale.setState({ ...NO_SCALE, state: 'unplugged', detail: gone.productName, locked })
}

async function read(scale: WebHidDevice): Promise<boolean> {
  try {
    if (!scale.opened) await scale.open()
  } catch {
    return false
  }
  device = scale
  scale.addEventListener('inputreport', onReport)
  useScale.setState({ ...NO_SCALE, state: 'searching', detail: scale.productName })
  return true
}

async function letGo(): Promise<void> {
  const gone = device
  device = null
  gone?.removeEventListener('inputreport', onReport)
  await gone?.close().catch(() => undefined)
}

const onReport = ({ data }: WebHidReport): void => {
  const reading = readHidReport(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  if (reading === null || device === null) return
  const atMs = Math.round(performance.timeOrigin + performance.now())
  const taken = stable.take(reading, atMs)
  const { grams, state } = reading
  const told = state === 'stable' || state === 'moving' ? grams : null
  const before = useScale.getState().locked
  const locked = taken ? { ...taken, lockId: crypto.randomUUID(), atMs } : stable.armed() ? null : before
  const view: ScaleView = {
    state: state === 'stable' ? 'live' : state,
    detail: device.productName,
    grams: told,
    atMs,
    locked,
  }
  useScale.setState(view)
  if (taken && locked) tellScaleLock(locked)
}
