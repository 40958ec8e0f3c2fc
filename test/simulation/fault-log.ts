/** Everything that goes wrong on purpose, counted by kind. */
export const FAULTS = [
  'cut',
  'requestLost',
  'answerLost',
  'requestTwice',
  'lateRequest',
  'hubCrashBefore',
  'hubCrashAfter',
  'hubRestart',
  'stationCrash',
  'clockJump',
  'tornJournal',
  'rebuiltFromJournal',
  'restoredBackup',
  'rebuiltFromHub',
  'oldVersion',
  'updated',
  'repeatedCommand',
] as const
export type FaultKind = (typeof FAULTS)[number]

export interface FaultLog {
  note(kind: FaultKind): void
  readonly counts: Readonly<Record<FaultKind, number>>
}

export function createFaultLog(): FaultLog {
  const counts = Object.fromEntries(FAULTS.map((kind) => [kind, 0])) as Record<FaultKind, number>
  return {
    counts,
    note: (kind) => {
      counts[kind]++
    },
  }
}
