/** Offers bytes as a download of the browser, under a name. */
export function saveBytes(name: string, bytes: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads the bytes after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
