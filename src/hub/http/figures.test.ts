import { describe, expect, it } from 'vitest'
import { healthOf, metricsOf, pageOf, type ShownFigures } from './figures.ts'

const TRICK = `<img src=x onerror="alert('1')">&`
const NOW = Date.UTC(2026, 10, 22, 6, 0, 0)

const SHOWN: ShownFigures = {
  figures: {
    databaseOk: true,
    databaseRoundTripMs: 1.25,
    events: 12,
    sequence: 9,
    stations: 1,
    quarantined: 3,
    freeNumbers: 40,
    leases: 2,
    differingSnapshots: 0,
    ingestBatches: 4,
    ingestPushes: 10,
    ingestEvents: 12,
    ingestLargestBatch: 5,
  },
  stations: [
    {
      stationId: 's1',
      name: TRICK,
      appVersion: TRICK,
      enrolledAt: 0,
      lastSeenAt: NOW - 90_000,
      revokedAt: null,
      events: 12,
    },
  ],
  version: '1.2.3',
  uptimeSeconds: 4000,
  connections: 2,
  now: NOW,
}

describe('figures of the hub', () => {
  it('SYN-3 shows stations with when they were last seen, and runs nothing that a station calls itself', () => {
    const page = pageOf(SHOWN)
    expect(page).not.toContain('<img')
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;')
    expect(page).toContain('2026-11-22 05:58:30 UTC (90 s)')
    expect(page).not.toMatch(/<script|https?:/)
    for (const word of ['工作站', 'Stations', '隔离', 'Quarantined', '可发放单号'])
      expect(page).toContain(word)
  })

  it('SYN-3 says that the database does not answer', () => {
    const ill = {
      ...SHOWN,
      stations: null,
      figures: { ...SHOWN.figures, databaseOk: false, databaseRoundTripMs: null },
    }
    expect(pageOf(ill)).toContain('does not answer')
    expect(healthOf(ill)).toMatchObject({ ok: false, database: 'unreachable' })
    expect(metricsOf(ill)).toContain('\npackbench_hub_up 0\n')
    expect(metricsOf(ill)).not.toContain('round_trip')
  })

  it('SYN-3 tells its figures in the text format of Prometheus', () => {
    const text = metricsOf(SHOWN)
    for (const line of text.trimEnd().split('\n')) {
      expect(line).toMatch(
        /^(# (HELP|TYPE) packbench_hub_\w+ .+|packbench_hub_\w+(\{version="1\.2\.3"\})? [\d.]+)$/,
      )
    }
    expect(text).toContain('\npackbench_hub_database_round_trip_seconds 0.00125\n')
    expect(text).toContain(
      '# TYPE packbench_hub_ingest_events_total counter\npackbench_hub_ingest_events_total 12\n',
    )
  })
})
