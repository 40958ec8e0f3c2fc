import {
  type FoundScale,
  SCALE_BAUDS,
  type ScalePort,
  type ScaleSettings,
} from '../../../shared/protocol/scale-contract.ts'
import type { ScalePlace } from './scale-session.ts'

/**
 * The place where the scale was heard last, as far as the settings still allow it; null when they do not. Its dialect is
 * heard anew: another scale may stand at the same port.
 */
export function knownPlace(settings: ScaleSettings, found: FoundScale | null): ScalePlace | null {
  const { port, baud, dialect } = settings
  // Everything chosen by hand is as good as found.
  if (port !== null && baud !== null) return { port, baud, dialect }
  if (found === null) return null
  const allowed =
    (port ?? found.port) === found.port &&
    (baud ?? found.baud) === found.baud &&
    (dialect ?? found.dialect) === found.dialect
  return allowed ? { port: found.port, baud: found.baud, dialect } : null
}

/** True when nothing is left to be searched for. */
export function isFixed({ port, baud }: ScaleSettings): boolean {
  return port !== null && baud !== null
}

/**
 * Where a scale is looked for, in this order: the likeliest speed at every port, then the next one; ports that are new
 * since the last search first.
 */
export function placesToSearch(
  { port, baud, dialect }: ScaleSettings,
  ports: readonly ScalePort[],
  known: ReadonlySet<string>,
): readonly ScalePlace[] {
  const paths = port === null ? ports.map(({ path }) => path) : [port]
  const fresh = paths.filter((path) => !known.has(path))
  const ordered = [...fresh, ...paths.filter((path) => known.has(path))]
  const bauds = baud === null ? SCALE_BAUDS : [baud]
  return bauds.flatMap((speed) => ordered.map((path) => ({ port: path, baud: speed, dialect })))
}
