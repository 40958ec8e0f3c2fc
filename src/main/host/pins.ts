import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** Cost of one guess: some 50 ms and 32 MB, so that a stolen hash of a short PIN is not read off at once. */
const COST = { N: 32_768, r: 8, p: 1 }
const KEY_BYTES = 32
/** Hashes come back from the page; larger costs than these would be a way to stall the host. */
const MAX_MEMORY_BYTES = 128 * 1024 * 1024

/** Hashes a PIN with a salt of its own: `scrypt$N$r$p$salt$hash`, both in base64url (SEC-2). */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(pin, salt, COST)
  return `scrypt$${COST.N}$${COST.r}$${COST.p}$${salt.toString('base64url')}$${key.toString('base64url')}`
}

/** True when the PIN made this hash; false as well when it is no such hash or costs more than the host allows. */
export async function verifyPin(pin: string, hash: string): Promise<boolean> {
  const match = /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([\w-]{16,64})\$([\w-]{43})$/.exec(hash)
  if (match === null) return false
  const [, N, r, p, salt = '', key = ''] = match
  const wanted = Buffer.from(key, 'base64url')
  try {
    const cost = { N: Number(N), r: Number(r), p: Number(p) }
    return timingSafeEqual(await derive(pin, Buffer.from(salt, 'base64url'), cost), wanted)
  } catch {
    return false
  }
}

/** PINs typed under an input method in full-width digits are the same PIN. */
function derive(pin: string, salt: Uint8Array, cost: typeof COST): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin.normalize('NFKC'), salt, KEY_BYTES, { ...cost, maxmem: MAX_MEMORY_BYTES }, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}
