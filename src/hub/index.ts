import packageJson from '../../package.json' with { type: 'json' }
import { type HubDatabase, type HubRunArguments, readHubArguments } from './command-line.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { type HubServer, startHubServer } from './http/hub-server.ts'
import { createNewsBoard, NEWS_TIMINGS } from './http/news-board.ts'
import { openNewsChannel } from './news-channel.ts'
import { type OpenedHub, openHubDatabase } from './open-database.ts'
import { postgresUrl, readPostgresAccess } from './postgres-directory.ts'
import { describeHubStartFault, HubStartError, tell } from './start-fault.ts'

/**
 * The hub: `node out/main/hub.js --port 4400 --data DIR` with a PostgreSQL of its own, or `--database postgres://…`
 * (SYN-3). Standard output gets one line, `Hub ready: http://127.0.0.1:4400/`; everything else goes to standard error.
 * `code --data DIR` prints a one-time enrolment code and ends. SIGTERM and SIGINT end it with 0, trouble with 1.
 */
async function main(): Promise<void> {
  const wanted = readHubArguments(process.argv.slice(2))
  try {
    if (wanted.tag === 'wrong') giveUp(wanted.text)
    else if (wanted.tag === 'code') await printCode(wanted.database)
    else await runHub(wanted)
  } catch (error) {
    if (error instanceof HubStartError) giveUp(describeHubStartFault(error.fault))
    else {
      console.error(error)
      process.exitCode = 1
    }
  }
  process.exit()
}

function giveUp(text: Parameters<typeof tell>[0]): void {
  tell(text)
  process.exitCode = 1
}

interface Ending {
  readonly wanted: Promise<void>
  asked(): boolean
  ask(): void
}

/** Signals are caught from the first moment, so that one during the start leaves no database behind. */
function watchSignals(): Ending {
  let asked = false
  let resolve: () => void = () => undefined
  const wanted = new Promise<void>((done) => {
    resolve = done
  })
  const ask = () => {
    asked = true
    resolve()
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, ask)
  return { wanted, asked: () => asked, ask }
}

async function runHub(wanted: HubRunArguments): Promise<void> {
  const ending = watchSignals()
  const embedded = await openEmbedded(wanted.database, ending)
  try {
    await serve(wanted, embedded?.url ?? serverUrl(wanted.database), ending)
  } finally {
    await embedded?.stop()
  }
}

async function openEmbedded(database: HubDatabase, ending: Ending): Promise<EmbeddedPostgres | null> {
  if (database.tag === 'server') return null
  return startEmbeddedPostgres(database.directory, (detail) => {
    giveUp(describeHubStartFault({ tag: 'databaseBroken', detail }))
    ending.ask()
  })
}

function serverUrl(database: HubDatabase): string {
  return database.tag === 'server' ? database.url : ''
}

/** Everything between the database's start and its stop. */
async function serve(wanted: HubRunArguments, url: string, ending: Ending): Promise<void> {
  const board = createNewsBoard(NEWS_TIMINGS, () => channel.isListening())
  const channel = openNewsChannel(url, board.tell)
  try {
    const database = await openHubDatabase(url, {
      hubVersion: packageJson.version,
      onNews: (warehouseId, sequence) => {
        board.tell(warehouseId, sequence)
        channel.announce(warehouseId, sequence)
      },
    })
    try {
      if (ending.asked()) return
      const server = await startHubServer({
        service: database.service,
        board,
        clock: Date.now,
        port: wanted.port,
        host: wanted.host,
        tls: wanted.tls,
        figures: { version: packageJson.version, stations: database.stations, open: wanted.openFigures },
      })
      await announce(wanted, server, database)
      await ending.wanted
      await server.close()
    } finally {
      await database.service.close()
    }
  } finally {
    await channel.close()
  }
}

async function announce(
  wanted: HubRunArguments,
  server: HubServer,
  { service, stations }: OpenedHub,
): Promise<void> {
  if (wanted.insecureLan) {
    tell({
      zh: '警告：没有 TLS，局域网里的任何人都能读到经过中心的数据，包括收件人。',
      en: 'Warning: without TLS, anybody on the local network can read what passes through, recipients included.',
    })
  }
  if ((await stations()).length === 0) sayCode(await service.createCode())
  console.log(`Hub ready: ${server.url}`)
}

function sayCode({ code, expiresAt }: { code: string; expiresAt: number }): void {
  const until = new Date(expiresAt).toISOString()
  tell({
    zh: `工作站注册码（只能用一次，${until} 前有效）：${code}`,
    en: `Enrolment code for a station (for one use, until ${until}): ${code}`,
  })
}

/** A new code, straight from the database: the hub may be running or not, a database must. */
async function printCode(database: HubDatabase): Promise<void> {
  const opened = await openHubDatabase(await urlForCode(database), {
    hubVersion: packageJson.version,
  })
  try {
    const made = await opened.service.createCode()
    sayCode(made)
    console.log(made.code)
  } finally {
    await opened.service.close()
  }
}

async function urlForCode(database: HubDatabase): Promise<string> {
  if (database.tag === 'server') return database.url
  const access = await readPostgresAccess(database.directory)
  if (access !== null) return postgresUrl(access)
  throw new HubStartError({ tag: 'databaseNeverStarted', directory: database.directory })
}

await main()
