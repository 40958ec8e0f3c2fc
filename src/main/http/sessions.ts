import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { readJsonIfThere, writeFileDurably } from '../host/durable-file.ts'

const SessionsSchema = z.object({ hashes: z.array(z.string().length(64)) })
/** Browser profiles that a station remembers; the oldest gives way. */
const MAX_SESSIONS = 50

/** Who may talk to the loopback host. */
export interface Sessions {
  /** Goes into the address that is printed at the start. */
  readonly launchToken: string
  isLaunchToken(token: string): boolean
  isSession(secret: string): boolean
  /** A new secret for a browser's cookie; only its hash is kept. */
  open(): Promise<string>
}

/**
 * Sessions of a data directory, in `http-sessions.json`; they survive restarts, as the cookie does.
 *
 * The launch token is new at each start and stays valid until the process ends, not for one use only: a second browser
 * profile, or one whose cookies were cleared, must be able to come back while the floor is at work, without stopping
 * the station. It is known only to who can read the station's standard output.
 */
export async function openSessions(directory: string): Promise<Sessions> {
  const path = join(directory, 'http-sessions.json')
  const stored = SessionsSchema.safeParse(await readJsonIfThere(path))
  let hashes = stored.success ? stored.data.hashes : []
  const launchToken = randomBytes(32).toString('base64url')
  return {
    launchToken,
    isLaunchToken: (token) => equal(hash(token), hash(launchToken)),
    isSession: (secret) => {
      const wanted = hash(secret)
      return hashes.some((one) => equal(one, wanted))
    },
    open: async () => {
      const secret = randomBytes(32).toString('base64url')
      hashes = [...hashes, hash(secret)].slice(-MAX_SESSIONS)
      await writeFileDurably(path, `${JSON.stringify({ hashes })}\n`, 0o600)
      return secret
    },
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
