/** `00:18`, `1:02:05`: a length in hours, minutes and seconds. */
export function clockOfMs(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `${hours > 0 ? `${hours}:` : ''}${two(minutes)}:${two(rest)}`
}
