import type { Migration } from './migration.ts'

/** Which life of a station said hello last while the hub did not know it, and the ticket that it was given. */
export const openings: Migration = {
  number: 2,
  name: 'openings',
  sql: `
CREATE TABLE openings (
  warehouse_id text COLLATE "C" NOT NULL,
  station_id text COLLATE "C" NOT NULL,
  generation text COLLATE "C" NOT NULL,
  ticket text COLLATE "C" NOT NULL,
  PRIMARY KEY (warehouse_id, station_id)
);
`,
}
