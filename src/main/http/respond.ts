import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HostFault, HostReply } from '../../shared/protocol/host-contract.ts'
import { COMMON_HEADERS } from '../page-files.ts'

type Headers = Readonly<Record<string, string>>

/** A file, or its headers alone for HEAD. */
export function sendBytes(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Uint8Array,
  headers: Headers,
  status = 200,
): void {
  response.writeHead(status, { ...COMMON_HEADERS, ...headers, 'Content-Length': bytes.length })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

/** Sends the browser to another address, once: such answers are never cached. */
export function redirect(response: ServerResponse, location: string, headers: Headers = {}): void {
  response.writeHead(302, { ...COMMON_HEADERS, 'Cache-Control': 'no-store', ...headers, Location: location })
  response.end()
}

/** A short plain answer. */
export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Headers = {},
): void {
  response.writeHead(status, {
    ...COMMON_HEADERS,
    ...headers,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Cache-Control': 'no-store',
  })
  response.end(text)
}

const STATUS_OF_FAULT: Readonly<Record<HostFault['tag'], number>> = {
  badRequest: 400,
  forbidden: 403,
  unknownMethod: 404,
  diskFull: 507,
  internal: 500,
  unreachable: 503,
}

/** The answer to a call. The page reads the body; the status is for whoever looks at the traffic. */
export function sendReply(response: ServerResponse, reply: HostReply, status?: number): void {
  response.writeHead(status ?? (reply.ok ? 200 : STATUS_OF_FAULT[reply.fault.tag]), {
    ...COMMON_HEADERS,
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  })
  response.end(JSON.stringify(reply))
}

/** Refuses a caller: a fault for calls, a page that says what to do for people. */
export function refuse(response: ServerResponse, api: boolean, reason: 'host' | 'origin' | 'session'): void {
  if (api) {
    sendReply(response, { ok: false, fault: { tag: 'forbidden', detail: reason } })
    return
  }
  response.writeHead(403, {
    ...COMMON_HEADERS,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'Cache-Control': 'no-store',
  })
  response.end(REFUSED_PAGE)
}

const REFUSED_PAGE = `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>Packbench</title>
<style>body{font:18px/1.6 system-ui,sans-serif;max-width:40em;margin:12vh auto;padding:0 1em}</style>
<h1>请从工作站给出的地址打开</h1>
<p>这个浏览器还没有获得此工作站的许可。请打开启动工作站时显示的完整地址（以 <code>Station ready:</code> 开头的一行，包含
<code>?token=</code>）。数据没有丢失。</p>
<h1 lang="en">Open the address that the station printed</h1>
<p lang="en">This browser has not been admitted to this station yet. Open the full address that was shown when the station
started (the line beginning with <code>Station ready:</code>, with its <code>?token=</code>). No data is lost.</p>
</html>
`
