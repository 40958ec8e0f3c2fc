import type { HIDDevice, Session } from 'electron'
import { HID_SCALE_USAGE_PAGE } from '../../shared/formats/scale-frames-hid.ts'
import { isPageAddress } from './station-window.ts'

/**
 * Lets our own page have USB scales, and no other HID device: keyboards and scanners stay with the operating system. The
 * first scale there is counts as chosen, because a bench has one.
 */
export function allowHidScales(session: Session): void {
  session.on('select-hid-device', (event, { deviceList, frame }, choose) => {
    event.preventDefault()
    const own = frame !== null && isPageAddress(frame.origin)
    choose(own ? deviceList.find(isScale)?.deviceId : undefined)
  })
  session.setDevicePermissionHandler(({ deviceType, origin, device }) => {
    return deviceType === 'hid' && isPageAddress(origin) && isScale(device)
  })
}

function isScale(device: object): boolean {
  if (!('collections' in device)) return false
  const { collections } = device as HIDDevice
  return collections.some(({ usagePage }) => usagePage === HID_SCALE_USAGE_PAGE)
}
