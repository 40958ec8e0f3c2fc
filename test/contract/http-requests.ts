import { type IncomingHttpHeaders, request } from 'node:http'

/** An answer of the loopback host, as a socket saw it. */
export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Sends exactly these headers and this path: `fetch` would not let a test lie about Host, Origin or dots. */
export function sendRaw(options: {
  readonly port: number
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}): Promise<RawAnswer> {
  const { port, path, method = 'GET', headers = {}, body } = options
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, method, setHost: false, agent: false, headers },
      (answer) => {
        const parts: Uint8Array[] = []
        answer.on('data', (part: Uint8Array) => parts.push(part))
        answer.on('error', reject)
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text })
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** `name=value` of the cookie that an answer sets. */
export function cookieOf(answer: RawAnswer): string {
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
}
