import type { Migration } from './migration.ts'

/**
 * Ids compare by their bytes (COLLATE "C"): that is what the rules do, and it is faster. Envelopes are text and not
 * jsonb, so that they go out as they came in. The row of a warehouse changes with every push; its page is left empty
 * enough for that.
 */
export const start: Migration = {
  number: 1,
  name: 'start',
  sql: `
CREATE TABLE hub (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  hub_id text NOT NULL
);

CREATE TABLE warehouses (
  warehouse_id text COLLATE "C" PRIMARY KEY,
  last_sequence bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);

CREATE TABLE events (
  warehouse_id text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  station_id text COLLATE "C" NOT NULL,
  generation text COLLATE "C" NOT NULL,
  counter bigint NOT NULL,
  people integer NOT NULL DEFAULT 0,
  envelope text NOT NULL,
  PRIMARY KEY (warehouse_id, sequence),
  UNIQUE (warehouse_id, station_id, generation, counter)
);

CREATE TABLE people (
  warehouse_id text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  ordinal integer NOT NULL,
  person_ref text COLLATE "C" NOT NULL,
  person text NOT NULL,
  PRIMARY KEY (warehouse_id, sequence, ordinal)
);
CREATE INDEX people_by_ref ON people (warehouse_id, person_ref);

CREATE TABLE generations (
  warehouse_id text COLLATE "C" NOT NULL,
  station_id text COLLATE "C" NOT NULL,
  generation text COLLATE "C" NOT NULL,
  opens_at bigint NOT NULL,
  last_counter bigint NOT NULL,
  closed boolean NOT NULL,
  PRIMARY KEY (warehouse_id, station_id, generation)
) WITH (fillfactor = 50);

CREATE TABLE quarantine (
  warehouse_id text COLLATE "C" NOT NULL,
  station_id text COLLATE "C" NOT NULL,
  generation text COLLATE "C" NOT NULL,
  counter bigint NOT NULL,
  content_hash text COLLATE "C" NOT NULL,
  reason text NOT NULL,
  consumed boolean NOT NULL,
  envelope text NOT NULL,
  people text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (warehouse_id, station_id, generation, counter, content_hash)
);

CREATE TABLE waybills (
  warehouse_id text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  courier text COLLATE "C" NOT NULL,
  position bigint,
  state text NOT NULL,
  holder text COLLATE "C",
  PRIMARY KEY (warehouse_id, key)
);
CREATE INDEX free_waybills ON waybills (warehouse_id, courier, position, key) WHERE state = 'free';

CREATE TABLE grants (
  warehouse_id text COLLATE "C" NOT NULL,
  station_id text COLLATE "C" NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  count integer NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (warehouse_id, station_id, request_id)
);

CREATE TABLE leases (
  warehouse_id text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  station_id text COLLATE "C" NOT NULL,
  station_name text NOT NULL,
  task_id text NOT NULL,
  token bigint NOT NULL,
  expires_at bigint NOT NULL,
  PRIMARY KEY (warehouse_id, order_id)
);

CREATE TABLE snapshots (
  warehouse_id text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  hash text NOT NULL,
  parts integer NOT NULL,
  station_id text COLLATE "C" NOT NULL,
  whole boolean NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (warehouse_id, sequence)
);

CREATE TABLE snapshot_parts (
  warehouse_id text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  part integer NOT NULL,
  rows text NOT NULL,
  PRIMARY KEY (warehouse_id, sequence, part)
);

CREATE TABLE snapshot_differences (
  warehouse_id text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  station_id text COLLATE "C" NOT NULL,
  hash text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (warehouse_id, sequence, station_id, hash)
);

CREATE TABLE codes (
  code_hash text COLLATE "C" PRIMARY KEY,
  warehouse_id text COLLATE "C" NOT NULL,
  expires_at bigint NOT NULL,
  used_by text COLLATE "C"
);

CREATE TABLE stations (
  station_id text COLLATE "C" PRIMARY KEY,
  warehouse_id text COLLATE "C" NOT NULL,
  name text NOT NULL,
  public_key text NOT NULL,
  app_version text NOT NULL,
  enrolled_at bigint NOT NULL,
  last_seen_at bigint,
  revoked_at bigint
);
`,
}
