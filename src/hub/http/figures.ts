import { createHash } from 'node:crypto'
import type { EnrolledStation } from '../../shared/protocol/sync-messages.ts'
import type { HubFigures } from '../hub-service.ts'

/** All that the hub shows of itself. */
export interface ShownFigures {
  readonly figures: HubFigures
  /** Null when the database does not tell. */
  readonly stations: readonly EnrolledStation[] | null
  readonly version: string
  readonly uptimeSeconds: number
  /** Web sockets open on this process. */
  readonly connections: number
  /** Milliseconds since 1970. */
  readonly now: number
}

/** `/health`: for whatever watches over the hub. */
export function healthOf({ figures, version, uptimeSeconds, connections, now }: ShownFigures) {
  return {
    ok: figures.databaseOk,
    version,
    database: figures.databaseOk ? 'ok' : 'unreachable',
    databaseRoundTripMs: figures.databaseRoundTripMs,
    sequence: figures.sequence,
    events: figures.events,
    stations: figures.stations,
    quarantined: figures.quarantined,
    connections,
    uptimeSeconds,
    hubTime: now,
  }
}

type Metric = readonly [name: string, type: 'gauge' | 'counter', help: string, value: number | null]

/** `/metrics`: the text format of Prometheus, version 0.0.4. */
export function metricsOf({ figures, uptimeSeconds, connections, version }: ShownFigures): string {
  const metrics: readonly Metric[] = [
    ['up', 'gauge', '1 while the database answers', figures.databaseOk ? 1 : 0],
    ['uptime_seconds', 'gauge', 'Since this process started', uptimeSeconds],
    ['database_round_trip_seconds', 'gauge', 'One round trip', seconds(figures.databaseRoundTripMs)],
    ['events', 'gauge', 'Events held', figures.events],
    ['sequence', 'gauge', 'Highest sequence of any warehouse', figures.sequence],
    ['stations', 'gauge', 'Stations enrolled and not revoked', figures.stations],
    ['quarantined', 'gauge', 'Events set aside for a person', figures.quarantined],
    ['free_waybill_numbers', 'gauge', 'Waybill numbers that could be granted', figures.freeNumbers],
    ['leases', 'gauge', 'Live leases', figures.leases],
    ['differing_snapshots', 'gauge', 'Snapshots that contradict another', figures.differingSnapshots],
    ['news_connections', 'gauge', 'Web sockets of this process', connections],
    ['ingest_batches_total', 'counter', 'Transactions of this process', figures.ingestBatches],
    ['ingest_pushes_total', 'counter', 'Pushes taken by this process', figures.ingestPushes],
    ['ingest_events_total', 'counter', 'Events taken by this process', figures.ingestEvents],
    ['ingest_largest_batch', 'gauge', 'Most pushes in one transaction', figures.ingestLargestBatch],
  ]
  const info = `# HELP packbench_hub_info Version\n# TYPE packbench_hub_info gauge\npackbench_hub_info{version="${version}"} 1\n`
  return info + metrics.map(metricText).join('')
}

function metricText([name, type, help, value]: Metric): string {
  if (value === null) return ''
  const full = `packbench_hub_${name}`
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${full} ${value}\n`
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000
}

/** `/`: the same for people, in two languages and without a script. */
export function pageOf(shown: ShownFigures): string {
  const { figures, now } = shown
  const state = figures.databaseOk ? '正常 · well' : '数据库无响应 · the database does not answer'
  const numbers: readonly (readonly [string, string])[] = [
    ['状态 · State', state],
    ['版本 · Version', shown.version],
    ['已运行 · Running for', durationText(shown.uptimeSeconds)],
    ['数据库往返 · Database round trip', msText(figures.databaseRoundTripMs)],
    ['事件 · Events', String(figures.events)],
    ['最新序号 · Last sequence', String(figures.sequence)],
    ['隔离 · Quarantined', String(figures.quarantined)],
    ['可发放单号 · Waybill numbers free', String(figures.freeNumbers)],
    ['有效租约 · Live leases', String(figures.leases)],
    ['快照不一致 · Differing snapshots', String(figures.differingSnapshots)],
    ['在线连接 · Open connections', String(shown.connections)],
    ['每次提交的推送 · Pushes per commit', perCommit(figures)],
  ]
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Packbench 中心 · Hub</title><style>${STYLE}</style></head><body>
<h1>Packbench 中心 · Hub</h1>
<p class="${figures.databaseOk ? 'well' : 'ill'}">${escapeHtml(state)}</p>
<table>${numbers.map(([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`).join('\n')}</table>
<h2>工作站 · Stations</h2>
${stationsTable(shown.stations, now)}
<p class="small">${escapeHtml(timeText(now))} · /health · /metrics</p>
</body></html>
`
}

function stationsTable(stations: readonly EnrolledStation[] | null, now: number): string {
  if (stations === null) return '<p class="ill">数据库无响应 · The database does not answer</p>'
  if (stations.length === 0) return '<p>还没有工作站 · No stations yet</p>'
  const names = [
    '名称 · Name',
    '编号 · Id',
    '版本 · Version',
    '最后联系 · Last seen',
    '事件 · Events',
    '状态 · State',
  ]
  const head = names.map((name) => `<th scope="col">${name}</th>`).join('')
  const rows = stations.map((station) => stationRow(station, now)).join('\n')
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`
}

function stationRow(station: EnrolledStation, now: number): string {
  const { lastSeenAt, revokedAt } = station
  const seen =
    lastSeenAt === null
      ? '从未 · never'
      : `${timeText(lastSeenAt)} (${durationText(Math.max(0, now - lastSeenAt) / 1000)})`
  const state = revokedAt === null ? '有效 · active' : `已吊销 · revoked ${timeText(revokedAt)}`
  const cells = [station.name, station.stationId, station.appVersion, seen, String(station.events), state]
  return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`
}

function perCommit({ ingestPushes, ingestBatches, ingestLargestBatch }: HubFigures): string {
  if (ingestBatches === 0) return '–'
  return `${(ingestPushes / ingestBatches).toFixed(1)} (≤ ${ingestLargestBatch})`
}

function msText(ms: number | null): string {
  return ms === null ? '–' : `${ms.toFixed(1)} ms`
}

function timeText(at: number): string {
  return Number.isFinite(at) && Math.abs(at) < 8.64e15
    ? new Date(at).toISOString().replace('T', ' ').replace(/\..*/, ' UTC')
    : '–'
}

function durationText(seconds: number): string {
  const whole = Math.floor(seconds)
  if (whole < 120) return `${whole} s`
  if (whole < 7200) return `${Math.floor(whole / 60)} min`
  if (whole < 172_800) return `${Math.floor(whole / 3600)} h`
  return `${Math.floor(whole / 86_400)} d`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}

const STYLE = `
body{font:16px/1.5 system-ui,"Noto Sans SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2328;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .8rem;border-bottom:1px solid #d0d7de;overflow-wrap:anywhere}
td{font-variant-numeric:tabular-nums}.wide{overflow-x:auto}
.well,.ill{display:inline-block;padding:.3rem .9rem;border-radius:.4rem;color:#fff;font-weight:600}
.well{background:#1a7f37}.ill{background:#b3261e}.small{color:#57606a;font-size:.85rem}
`

/** Lets the browser take this page's own style and nothing else, from nowhere. */
export const FIGURES_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
