import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bilingual } from './start-fault.ts'

const DEFAULT_PORT = 4400

/** Where the hub's data are: its own PostgreSQL in a directory, or a server's. */
export type HubDatabase =
  | { readonly tag: 'embedded'; readonly directory: string }
  | { readonly tag: 'server'; readonly url: string }

export interface HubRunArguments {
  readonly tag: 'run'
  readonly database: HubDatabase
  /** 0 takes any free port. */
  readonly port: number
  readonly host: string
  /** Paths of PEM files; null: plain HTTP. */
  readonly tls: { readonly certificate: string; readonly key: string } | null
  /** Plain HTTP beyond this computer, which somebody asked for by name. */
  readonly insecureLan: boolean
  /** Shows figures, health and metrics to every computer that reaches the hub. */
  readonly openFigures: boolean
}

/** What the hub was asked for on its command line. */
export type HubArguments =
  | HubRunArguments
  | { readonly tag: 'code'; readonly database: HubDatabase }
  | { readonly tag: 'wrong'; readonly text: Bilingual }

/**
 * Reads `[code] --port N --data DIR | --database URL [--host ADDR] [--tls-cert F --tls-key F] [--insecure-lan]
 * [--open-figures]`. Without TLS the hub keeps to loopback, because names and addresses of people pass through it
 * (decision 15); only `--insecure-lan` says otherwise.
 */
export function readHubArguments(args: readonly string[]): HubArguments {
  const read = parse(args)
  if (typeof read === 'string') return wrong(`不认识的参数：${read}`, `Unknown argument: ${read}`)
  const { values, positionals } = read
  const [command, ...more] = positionals
  if (more.length > 0 || (command !== undefined && command !== 'code')) {
    return wrong(`不认识的命令：${positionals.join(' ')}`, `Unknown command: ${positionals.join(' ')}`)
  }
  const database = readDatabase(values)
  if ('zh' in database) return { tag: 'wrong', text: database }
  if (command === 'code') return { tag: 'code', database }
  const port = values.port === undefined ? DEFAULT_PORT : readPort(values.port)
  if (port === null) {
    return wrong('--port 须为 0 到 65535 的数字。', '--port must be a number from 0 to 65535.')
  }
  return readReach(values, database, port)
}

type Values = NonNullable<Exclude<ReturnType<typeof parse>, string>>['values']

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        database: { type: 'string' },
        host: { type: 'string' },
        'tls-cert': { type: 'string' },
        'tls-key': { type: 'string' },
        'insecure-lan': { type: 'boolean' },
        'open-figures': { type: 'boolean' },
      },
    })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function readDatabase(values: Values): HubDatabase | Bilingual {
  if (values.database !== undefined) {
    if (/^postgres(ql)?:\/\/./.test(values.database)) return { tag: 'server', url: values.database }
    return {
      zh: '--database 须以 postgres:// 开头。',
      en: '--database must begin with postgres://.',
    }
  }
  if (values.data !== undefined && values.data !== '')
    return { tag: 'embedded', directory: resolve(values.data) }
  return {
    zh: '请用 --data 目录 指定数据目录，或用 --database postgres://… 指定数据库。',
    en: 'Name a data directory with --data DIR, or a database with --database postgres://…',
  }
}

function readReach(values: Values, database: HubDatabase, port: number): HubArguments {
  const certificate = values['tls-cert']
  const key = values['tls-key']
  if ((certificate === undefined) !== (key === undefined)) {
    return wrong('--tls-cert 与 --tls-key 须一起给出。', '--tls-cert and --tls-key go together.')
  }
  const tls = certificate === undefined || key === undefined ? null : { certificate, key }
  const insecureLan = values['insecure-lan'] === true && tls === null
  const host = values.host ?? (tls !== null || insecureLan ? '0.0.0.0' : '127.0.0.1')
  if (tls === null && !insecureLan && !isLoopbackAddress(host)) {
    return wrong(
      `没有 TLS 时中心只监听本机：请给出 --tls-cert 和 --tls-key，或明确使用 --insecure-lan。（--host ${host}）`,
      `Without TLS the hub listens on this computer alone: give --tls-cert and --tls-key, or say --insecure-lan. (--host ${host})`,
    )
  }
  return { tag: 'run', database, port, host, tls, insecureLan, openFigures: values['open-figures'] === true }
}

/** True for the addresses that no other computer can reach. */
export function isLoopbackAddress(address: string): boolean {
  return /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address) || address === '::1' || address === 'localhost'
}

function readPort(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1
  return port >= 0 && port <= 65_535 ? port : null
}

function wrong(zh: string, en: string): HubArguments {
  return { tag: 'wrong', text: { zh, en } }
}
