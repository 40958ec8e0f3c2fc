import type { StationStore } from '../../shared/station/store.ts'
import { turns } from './turns.ts'

/** A store for whatever is not a person's own step: a scan never waits behind it ({@link turns}). */
export const patientStore = (store: StationStore): StationStore => ({
  read: (tables, body) => turns.later(() => store.read(tables, body)),
  write: (tables, body) => turns.later(() => store.write(tables, body)),
})
