/** The part of WebHID that a scale needs; browsers without it (Firefox, Safari) have serial scales through the host. */

export interface WebHidReport {
  readonly data: DataView
}

export interface WebHidDevice {
  readonly opened: boolean
  readonly productName: string
  readonly collections: readonly { readonly usagePage?: number }[]
  open(): Promise<void>
  close(): Promise<void>
  addEventListener(type: 'inputreport', listener: (report: WebHidReport) => void): void
  removeEventListener(type: 'inputreport', listener: (report: WebHidReport) => void): void
}

export interface WebHid {
  /** Devices that a person has chosen before and that are plugged in. */
  getDevices(): Promise<readonly WebHidDevice[]>
  /** Asks the person; must be called from a click. */
  requestDevice(options: {
    readonly filters: readonly { readonly usagePage: number }[]
  }): Promise<readonly WebHidDevice[]>
  addEventListener(type: 'connect' | 'disconnect', listener: (event: { device: WebHidDevice }) => void): void
  removeEventListener(
    type: 'connect' | 'disconnect',
    listener: (event: { device: WebHidDevice }) => void,
  ): void
}

/** This browser's WebHID; null where there is none. */
export function findWebHid(): WebHid | null {
  const { hid } = navigator as { readonly hid?: WebHid }
  return hid ?? null
}
