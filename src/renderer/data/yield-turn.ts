/**
 * Lets the screen have its turn. A window in the background may set a timer once a second only; a message comes at
 * once there too.
 */
export function yieldTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (!document.hidden) {
      setTimeout(resolve, 1)
      return
    }
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
