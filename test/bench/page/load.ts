/** Work of the station that goes on beside the scans until it is stopped. */
export interface Load {
  /** What it has done so far, in a unit of its own; also counts what it did before it was asked for. */
  done(): number
  /** Resolves when its last transaction has ended. */
  stop(): Promise<void>
}
